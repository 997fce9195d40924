// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <chrono>

namespace parley::storage::sql {

// How long an answer is waited for, piece by piece. A piece counts at most as long as it was meant
// to last: what passes while this process stands still (it was stopped, or got no processor) is
// nobody's silence.
class Patience {
public:
    using Duration = std::chrono::nanoseconds;

    explicit Patience(Duration whole)
        : m_left(whole)
    {
    }
    // How long to wait next; 0: it is over, and only what is there already is taken.
    Duration piece() const { return std::min(m_left, Longest); }
    void waited(Duration passed) { m_left -= std::min(passed, piece()); }

private:
    static constexpr Duration Longest = std::chrono::milliseconds(500);
    Duration m_left;
};

} // namespace parley::storage::sql
