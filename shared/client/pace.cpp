// SPDX-License-Identifier: MIT
#include "client/pace.h"

#include <algorithm>
#include <cmath>

namespace parley::client {

void Pace::start(int perSecond, int burst, Instant now)
{
    m_perSecond = std::max(0, perSecond);
    m_burst = std::max(1, burst);
    m_tokens = m_burst;
    m_updated = now;
    m_heldUntil = now;
}

bool Pace::take(Instant now)
{
    if (wait(now) > milliseconds::zero())
        return false;
    spend(now);
    return true;
}

void Pace::spend(Instant now)
{
    if (m_perSecond == 0)
        return;
    m_tokens = tokensAt(now) - 1;
    m_updated = now;
}

void Pace::hold(Instant until)
{
    m_heldUntil = std::max(m_heldUntil, until);
}

milliseconds Pace::wait(Instant now) const
{
    milliseconds wait = std::max(milliseconds::zero(), m_heldUntil - now);
    if (m_perSecond > 0) {
        const double missing = 1 - tokensAt(now);
        if (missing > 0)
            wait = std::max(wait, milliseconds(qint64(std::ceil(missing * 1000 / m_perSecond))));
    }
    return wait;
}

double Pace::tokensAt(Instant now) const
{
    const double gained = double((now - m_updated).count()) * m_perSecond / 1000;
    return std::min(double(m_burst), m_tokens + gained);
}

} // namespace parley::client
