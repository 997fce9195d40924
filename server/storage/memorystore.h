// SPDX-License-Identifier: MIT
// A Store that forgets everything when it is destroyed: for tests, and the plainest statement of
// what each operation means.
#pragma once

#include "storage/store.h"

namespace parley::storage {

class MemoryStore final : public Store {
public:
    explicit MemoryStore(const Limits &);
    ~MemoryStore() override;

    Done open() override;
    Result<std::vector<Outcome>> apply(std::span<const Operation>, Time now) override;
    bool isOpen() const override;
    Done check() override;
    void close() override;

private:
    struct Data;
    std::unique_ptr<Data> m_data;
};

} // namespace parley::storage
