// SPDX-License-Identifier: MIT
#include "chat/ratelimiter.h"

#include <algorithm>
#include <cmath>

namespace parley::chat {

using namespace std::chrono_literals;

RateLimiter::RateLimiter(int perSecond, int burst, Instant now)
    : m_perSecond(perSecond)
    , m_burst(std::max(burst, 1))
    , m_tokens(m_burst)
    , m_filledAt(now)
    , m_lastRefusal(now - 1h)
{
}

bool RateLimiter::take(Instant now)
{
    if (m_perSecond == 0)
        return true;
    const double passed = std::chrono::duration<double>(now - m_filledAt).count();
    m_tokens = std::min(m_burst, m_tokens + passed * m_perSecond);
    m_filledAt = now;
    if (m_tokens >= 1) {
        m_tokens -= 1;
        return true;
    }
    if (now - m_lastRefusal > 1s)
        m_refusedSince = now;
    m_lastRefusal = now;
    return false;
}

milliseconds RateLimiter::retryAfter() const
{
    return milliseconds(std::max(1, int(std::ceil((1 - m_tokens) * 1000 / m_perSecond))));
}

} // namespace parley::chat
