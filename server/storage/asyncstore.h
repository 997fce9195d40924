// SPDX-License-Identifier: MIT
// The store as those know it who may not wait for it.
#pragma once

#include "storage/store.h"

#include <span>
#include <vector>

namespace parley::storage {

// Takes questions from any thread, and returns at once. What comes of them is told later, batch by
// batch (storage::Batch), by whoever was set up to tell it; never within one of these calls.
class AsyncStore {
public:
    virtual ~AsyncStore() = default;

    // The operations of one call stay in order, with nothing between them, and so do the calls of
    // one thread. Each has one outcome, in a later batch or in several. Nothing is refused for lack
    // of room: who asks has reserved it before (Operation::bytes), until the answer.
    virtual void submit(std::vector<Operation>) = 0;
    // Notes that these users were heard of; written at most once a second, for all users together,
    // or before somebody reads presence. Has no outcome.
    virtual void noteHeartbeats(std::span<const PresenceChange>) = 0;
};

} // namespace parley::storage
