// SPDX-License-Identifier: MIT
#pragma once

#include "core/clock.h"

#include <atomic>

namespace parley::test {

// Stands still until it is told to go on. Any thread.
class FakeClock final : public Clock {
public:
    Time now() const override
    {
        return fromMs(1'800'000'000'000) + milliseconds(m_passed + m_wrong);
    }
    Instant instant() const override { return Instant(milliseconds(1'000'000 + m_passed)); }
    void advance(milliseconds by) { m_passed += by.count(); }
    // Somebody sets the wall clock.
    void set(milliseconds by) { m_wrong += by.count(); }

private:
    std::atomic<qint64> m_passed = 0;
    std::atomic<qint64> m_wrong = 0;
};

} // namespace parley::test
