// SPDX-License-Identifier: MIT
#include "client/heart.h"

#include <algorithm>

namespace parley::client {
namespace {

constexpr milliseconds ShortestInterval{10}; // whatever a server says

} // namespace

Heart::Heart(const Clock &clock, QObject *parent)
    : QObject(parent)
    , m_clock(clock)
{
    connect(&m_timer, &QTimer::timeout, this, &Heart::tick);
}

void Heart::start(milliseconds interval, milliseconds timeout)
{
    interval = std::max(interval, ShortestInterval);
    m_timeout = std::max(timeout, 2 * interval);
    heard();
    m_timer.start(interval);
}

std::optional<milliseconds> Heart::answered(const protocol::Ref &ref)
{
    if (ref.isNull() || ref != m_ref)
        return {};
    m_ref = {};
    return m_clock.instant() - m_lastBeat;
}

void Heart::tick()
{
    const Instant now = m_clock.instant();
    if (now - m_lastHeard >= m_timeout) {
        stop();
        Q_EMIT fellSilent();
        return;
    }
    m_lastBeat = now;
    m_ref = "\"h" + QByteArray::number(++m_beats) + '"';
    Q_EMIT beat(m_ref);
}

} // namespace parley::client
