// SPDX-License-Identifier: MIT
#pragma once

#include "siege/horde.h"
#include "siege/pairs.h"
#include "siege/round.h"

namespace parley::siege {

// Stops the server and lets it go on, moves its database away and back, as planned, and knows what
// the pairs may suffer meanwhile.
class Disturber {
public:
    Disturber(std::vector<Disturbance> planned, ServerUnder &, Pairs &, const Horde &, Findings &);
    // To be called all the time.
    void turn(bench::Moment now);
    bool isOver() const { return m_next == m_planned.size() && m_phase == Phase::Idle; }
    // Nothing more is begun, and what was begun is made good at once.
    void finish();

private:
    enum class Phase { Idle, Stopped, Calming, Away, Recovering };
    void begin(const Disturbance &, bench::Moment now);
    bool isNoticed() const;
    void moveBack(bench::Moment now);

    const std::vector<Disturbance> m_planned;
    ServerUnder &m_server;
    Pairs &m_pairs;
    const Horde &m_horde;
    Findings &m_findings;
    const bench::Moment m_start = bench::Ticks::now();
    std::size_t m_next = 0;
    Phase m_phase = Phase::Idle;
    bench::Moment m_until; // of the phase
    bench::Moment m_giveUp; // the latest that it may last
    milliseconds m_length = 0ms;
    qint64 m_refusals = 0; // when the database went away; later, at the last look
    int m_unready = 0; // when it went away
};

} // namespace parley::siege
