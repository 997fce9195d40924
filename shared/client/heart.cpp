// SPDX-License-Identifier: MIT
#include "client/heart.h"

#include <algorithm>

namespace parley::client {
namespace {

// Whatever a server says.
constexpr milliseconds ShortestInterval{10};
constexpr milliseconds LongestInterval = std::chrono::hours(1);
constexpr milliseconds LongestTimeout = std::chrono::hours(24);

} // namespace

Heart::Heart(const Clock &clock, QObject *parent)
    : QObject(parent)
    , m_clock(clock)
{
    connect(&m_timer, &QTimer::timeout, this, &Heart::tick);
}

void Heart::start(milliseconds interval, milliseconds timeout)
{
    interval = std::clamp(interval, ShortestInterval, LongestInterval);
    m_timeout = std::clamp(timeout, 2 * interval, LongestTimeout);
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
