// SPDX-License-Identifier: MIT
// A memory store that breaks its word when it is told to: for tests of who should notice.
#pragma once

#include "storage/store.h"

#include <atomic>

namespace parley::test {

// What a BrokenStore does wrong. Any thread; outlives the store.
struct Breakage {
    std::atomic<bool> losesRows = false; // says Stored, and the row is gone
    std::atomic<bool> forgetsBatches = false; // says Stored, and commits nothing
    std::atomic<bool> dropsAtConfirm = false; // a CONFIRM also removes the oldest it did not name
};

std::unique_ptr<storage::Store> makeBrokenStore(Breakage &);

} // namespace parley::test
