// SPDX-License-Identifier: MIT
#pragma once

#include "core/clock.h"

namespace parley::client {

// A token bucket like the server's: keeps a connection under its command rate. Every command
// counts.
class Pace {
public:
    // A new connection with a full bucket. perSecond 0: no limit.
    void start(int perSecond, int burst, Instant now);
    // Whether one more command may go now, and if so, counts it.
    [[nodiscard]] bool take(Instant now);
    // Counts a command that cannot wait.
    void spend(Instant now);
    // The server asked for a pause: nothing goes before `until`.
    void hold(Instant until);
    // How long until take() may succeed.
    milliseconds wait(Instant now) const;

private:
    double tokensAt(Instant) const;

    int m_perSecond = 0;
    int m_burst = 1;
    double m_tokens = 0;
    Instant m_updated{};
    Instant m_heldUntil{};
};

} // namespace parley::client
