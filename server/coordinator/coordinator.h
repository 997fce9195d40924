// SPDX-License-Identifier: MIT
// The COORDINATOR: broadcasts each committed batch to all gateways. Each gateway keeps what is for
// its own connections, by receiveUserId.
#pragma once

#include "coordinator/facts.h"
#include "core/counters.h"
#include "storage/batch.h"

#include <QObject>

namespace parley::coordinator {

// What goes between the nodes of a store; for the metrics.
struct NodeCounts {
    Count told; // notices
    Count heard; // of others
    Count missed; // times that something was found to be missed
    Count lag; // commits that were not heard of when the marks were read last
    Count renewed; // times that it began to listen
};

// Within one process the broadcast is this signal. It is emitted on the storage thread, once per
// commit and in commit order; a listener in another thread gets one event per batch.
class Coordinator : public QObject {
    Q_OBJECT

public:
    // Before the first connection.
    virtual void start() { }
    virtual void publish(const storage::BatchPtr &batch) { Q_EMIT committed(batch); }
    // What was committed up to here and is not published concerns nobody.
    virtual void note(const storage::CommitMark &) { }
    // There may be other nodes.
    virtual bool isShared() const { return false; }
    // Any thread.
    const NodeCounts &counts() const { return m_counts; }

Q_SIGNALS:
    void committed(const parley::storage::BatchPtr &batch);
    // Another node committed this. Some of it may come twice, out of order, or not at all; of what
    // did not come missed() is emitted soon after. On threads of the coordinator's own.
    void heard(const parley::coordinator::FactsPtr &facts);
    void missed();

protected:
    NodeCounts m_counts;
};

} // namespace parley::coordinator
