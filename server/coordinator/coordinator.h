// SPDX-License-Identifier: MIT
// The COORDINATOR: broadcasts each committed batch to all gateways. Each gateway keeps what is for
// its own connections, by receiveUserId.
#pragma once

#include "storage/batch.h"

#include <QObject>

namespace parley::coordinator {

// Within one process the broadcast is this signal. It is emitted on the storage thread, once per
// commit and in commit order; a listener in another thread gets one event per batch.
class Coordinator : public QObject {
    Q_OBJECT

public:
    void publish(const storage::BatchPtr &batch) { Q_EMIT committed(batch); }

Q_SIGNALS:
    void committed(const parley::storage::BatchPtr &batch);
};

} // namespace parley::coordinator
