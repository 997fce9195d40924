// SPDX-License-Identifier: MIT
#include "siege/disturber.h"

#include <cstdio>

namespace parley::siege {

namespace {

constexpr auto Calm = 3s; // without a refusal: the store is back
constexpr auto Recovery = 30s;
constexpr auto Notice = 30s; // for the server to see that its database is gone

} // namespace

Disturber::Disturber(std::vector<Disturbance> planned, ServerUnder &server, Pairs &pairs,
    const Horde &horde, Findings &findings)
    : m_planned(std::move(planned))
    , m_server(server)
    , m_pairs(pairs)
    , m_horde(horde)
    , m_findings(findings)
{
}

void Disturber::turn(bench::Moment now)
{
    switch (m_phase) {
    case Phase::Idle:
        if (m_next < m_planned.size() && now - m_start >= m_planned[m_next].at)
            begin(m_planned[m_next++], now);
        return;
    case Phase::Stopped:
        if (now < m_until)
            return;
        m_server.goOn();
        m_pairs.excuse(false);
        m_phase = Phase::Idle;
        return;
    case Phase::Calming:
        if (!m_pairs.isGentle() && now < m_until)
            return;
        m_refusals = m_pairs.refusals();
        m_unready = m_horde.unready();
        if (!m_server.moveDatabaseAway())
            m_findings.add("the database could not be moved away");
        m_phase = Phase::Away;
        m_until = now + m_length;
        m_giveUp = now + Notice;
        return;
    case Phase::Away:
        if (now >= m_until && (isNoticed() || now >= m_giveUp))
            moveBack(now);
        return;
    case Phase::Recovering:
        if (m_pairs.refusals() != m_refusals) {
            m_refusals = m_pairs.refusals();
            m_until = now + Calm;
        }
        if (now < m_until && now < m_giveUp)
            return;
        m_pairs.expectRefusals(false);
        m_phase = Phase::Idle;
        return;
    }
}

void Disturber::begin(const Disturbance &disturbance, bench::Moment now)
{
    m_length = disturbance.length;
    if (disturbance.kind == Disturbance::Kind::Stop) {
        std::printf("  the server is stopped for %g s\n", double(m_length.count()) / 1000);
        m_pairs.excuse(true);
        m_server.pause();
        m_phase = Phase::Stopped;
        m_until = now + m_length;
    } else {
        std::printf("  its database is moved away for %g s\n", double(m_length.count()) / 1000);
        m_pairs.expectRefusals(true);
        m_phase = Phase::Calming;
        m_until = now + Calm;
    }
    std::fflush(stdout);
}

bool Disturber::isNoticed() const
{
    return m_pairs.refusals() > m_refusals && m_horde.unready() > m_unready;
}

void Disturber::moveBack(bench::Moment now)
{
    if (m_pairs.refusals() == m_refusals)
        m_findings.add("the database was moved away, and messages were still answered with SENT");
    if (m_horde.unready() == m_unready)
        m_findings.add("the database was moved away, and /readyz did not report it");
    if (!m_server.moveDatabaseBack())
        m_findings.add("the database could not be moved back");
    m_refusals = m_pairs.refusals();
    m_phase = Phase::Recovering;
    m_until = now + Calm;
    m_giveUp = now + Recovery;
}

void Disturber::finish()
{
    if (m_phase == Phase::Stopped) {
        m_server.goOn();
        m_pairs.excuse(false);
    } else if (m_phase == Phase::Away) {
        m_server.moveDatabaseBack();
    }
    m_next = m_planned.size();
    m_phase = Phase::Idle;
}

} // namespace parley::siege
