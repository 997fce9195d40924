// SPDX-License-Identifier: MIT
// What waits for the storage thread, in order. Not for several threads: its owner locks.
#pragma once

#include "storage/store.h"

#include <vector>

namespace parley::storage {

class OperationQueue {
public:
    void add(std::vector<Operation>);
    // Before all others.
    void putBack(std::vector<Operation>);
    // As many as a batch may hold by limits::BatchBytes, but at least one if there is one. What
    // stays then is waited for.
    std::vector<Operation> takeBatch();

    bool isEmpty() const { return m_operations.empty(); }
    // Some of it is: the rest may wait a little for company.
    bool isWaitedFor() const { return m_isWaitedFor; }

private:
    size_t batchSize() const;

    std::vector<Operation> m_operations;
    qint64 m_bytes = 0; // theirs
    bool m_isWaitedFor = false;
};

} // namespace parley::storage
