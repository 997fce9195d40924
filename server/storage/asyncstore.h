// SPDX-License-Identifier: MIT
// The store, for threads that may not wait for it.
#pragma once

#include "storage/store.h"

#include <span>
#include <vector>

namespace parley::storage {

// Takes operations from any thread, and returns at once. Their outcomes come later, batch by batch
// (storage::Batch), by the means of the implementation; never within one of these calls.
class AsyncStore {
public:
    virtual ~AsyncStore() = default;

    // The operations of one call stay in order, with nothing between them, and so do the calls of
    // one thread. Each has one outcome, in a later batch or in several. Nothing is refused for lack
    // of room: the asker has reserved it before (Operation::bytes), until the outcome.
    virtual void submit(std::vector<Operation>) = 0;
    // Notes that these users sent a heartbeat; written at most once a second, for all users
    // together, or before somebody reads presence. Has no outcome.
    virtual void noteHeartbeats(std::span<const PresenceChange>) = 0;
};

} // namespace parley::storage
