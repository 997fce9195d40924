// SPDX-License-Identifier: MIT
#pragma once

#include "bench/moment.h"

#include <QtGlobal>

#include <algorithm>

namespace parley::bench {

// Keeps a sender under the server's command rate, with a fifth to spare for CONFIRM, FETCH and
// HEARTBEAT.
class Pacer {
public:
    Pacer() = default;
    // commandsPerSecond 0: no limit
    Pacer(qint64 commandsPerSecond, qint64 burst)
    {
        if (commandsPerSecond <= 0)
            return;
        m_step = std::chrono::nanoseconds(1'250'000'000 / commandsPerSecond);
        m_ahead = m_step * std::clamp(burst / 2 - 1, qint64(0), qint64(15));
    }
    bool limited() const { return m_step.count() > 0; }
    // Whether one command may go now; if so, it is counted.
    bool take(Moment now)
    {
        if (!limited())
            return true;
        if (m_next > now + m_ahead)
            return false;
        m_next = std::max(m_next, now) + m_step;
        return true;
    }

private:
    std::chrono::nanoseconds m_step{};
    std::chrono::nanoseconds m_ahead{};
    Moment m_next;
};

} // namespace parley::bench
