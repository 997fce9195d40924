// SPDX-License-Identifier: MIT
// What one commit did: the unit that travels between threads.
#pragma once

#include "storage/store.h"

#include <QMetaType>

#include <memory>
#include <vector>

namespace parley::storage {

// outcomes[i] belongs to operations[i]; the effect is that of this order.
struct Batch {
    std::vector<Operation> operations;
    std::vector<Outcome> outcomes;
    Time at;
    CommitMark mark = {}; // all that its writer committed up to here has been told
};
using BatchPtr = std::shared_ptr<const Batch>;

} // namespace parley::storage

Q_DECLARE_METATYPE(parley::storage::BatchPtr)
