// SPDX-License-Identifier: MIT
// The operations that wait for the storage thread, in order. Not thread-safe: its owner locks.
#pragma once

#include "storage/store.h"

#include <vector>

namespace parley::storage {

// What waits.
struct Queued {
    qint64 operations = 0;
    qint64 bytes = 0; // reserved by their askers
    Ticks oldest{}; // when the first one was asked that somebody asked; unset: there is none
};

class OperationQueue {
public:
    void add(std::vector<Operation>);
    // Before all others.
    void putBack(std::vector<Operation>);
    // As many as fit into limits::BatchBytes, but at least one if there is one. The rest is then
    // awaited.
    std::vector<Operation> takeBatch();

    Queued queued() const;
    bool isEmpty() const { return m_operations.empty(); }
    // Somebody waits for an outcome. Else the queue may wait a little for further operations.
    bool isWaitedFor() const { return m_isWaitedFor; }

private:
    size_t batchSize() const;

    std::vector<Operation> m_operations;
    qint64 m_bytes = 0; // theirs
    bool m_isWaitedFor = false;
};

} // namespace parley::storage
