// SPDX-License-Identifier: MIT
// What the suite must know of a kind of store to test it.
#pragma once

#include "storage/store.h"

namespace parley::test {

class Backend {
public:
    virtual ~Backend() = default;

    // An opened store with nothing in it.
    virtual Result<std::unique_ptr<storage::Store>> fresh(const Limits &) = 0;
    // Ends with this store, then opens the same data again; in a new object if the data allow it.
    virtual Result<std::unique_ptr<storage::Store>> reopened(
        std::unique_ptr<storage::Store>, const Limits &) = 0;
};

} // namespace parley::test
