// SPDX-License-Identifier: MIT
#include "client/backoff.h"

#include <algorithm>

namespace parley::client {

Backoff::Backoff(Settings settings, Chance chance)
    : m_settings(settings)
    , m_chance(std::move(chance))
    , m_next(settings.first)
{
}

void Backoff::connected(Instant now)
{
    m_since = now;
}

milliseconds Backoff::ended(Instant now, milliseconds atLeast)
{
    if (m_since && now - *m_since >= m_settings.stableAfter)
        m_next = m_settings.first;
    m_since.reset();

    const auto part = [chance = m_chance()](milliseconds whole) {
        return milliseconds(qint64(chance * double(whole.count())));
    };
    const milliseconds own = m_next / 2 + part(m_next / 2);
    m_next = std::min(m_next * 2, m_settings.most);
    if (atLeast <= milliseconds::zero())
        return own;
    return std::max(own, std::min(atLeast, MostWished) + part(m_settings.first));
}

} // namespace parley::client
