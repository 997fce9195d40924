// SPDX-License-Identifier: MIT
#include "gateway/handshakes.h"

#include "core/limits.h"

#include <algorithm>

namespace parley::gateway {

bool Handshakes::mayGoOn(ConnectionId id, Instant now)
{
    if (m_underWay.contains(id))
        return true;
    if (m_underWay.size() < m_most) {
        m_underWay.emplace(id, now);
        return true;
    }
    m_waiting.push_back(id);
    return false;
}

void Handshakes::end(ConnectionId id)
{
    if (m_underWay.erase(id) == 0 && !m_waiting.empty())
        std::erase(m_waiting, id);
}

std::optional<ConnectionId> Handshakes::next(Instant now)
{
    if (m_waiting.empty() || m_underWay.size() >= m_most)
        return std::nullopt;
    const ConnectionId id = m_waiting.front();
    m_waiting.pop_front();
    m_underWay.emplace(id, now);
    return id;
}

bool Handshakes::isOverdue(ConnectionId id, Instant now) const
{
    const auto found = m_underWay.find(id);
    return !m_waiting.empty() && found != m_underWay.end()
        && now - found->second >= limits::HandshakeTimeout;
}

} // namespace parley::gateway
