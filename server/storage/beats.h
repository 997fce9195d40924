// SPDX-License-Identifier: MIT
// When a node says that it is alive, and whether it may decide that others are not.
#pragma once

#include "storage/presence.h"

namespace parley::storage {

class Beats {
public:
    void begin(Instant now) { m_next = now + NodeBeat; }
    // Whether the next one is due; it is then taken.
    bool take(Instant now)
    {
        if (now < m_next)
            return false;
        m_next = now + NodeBeat;
        return true;
    }
    // With fewer of its own it may be this node whose beats do not come through, or the store that
    // was away from all.
    bool mayForgetOthers() const { return m_good >= 3; }
    // What came of one. Null: the store did not take it.
    void note(const Beaten *beaten, Instant now)
    {
        const bool isInTime = now - m_last < NodeTimeout / 2;
        m_last = now;
        if (!beaten || beaten->wasForgotten)
            m_good = 0;
        else
            m_good = isInTime ? m_good + 1 : 1;
    }

private:
    Instant m_next{};
    Instant m_last{};
    int m_good = 0; // in a row
};

} // namespace parley::storage
