// SPDX-License-Identifier: MIT
#include "session/sessionbinding.h"

#include "session/sodium.h"

#include <cstring>

#include <sodium.h>

namespace parley::session {

SessionBindings::SessionBindings(milliseconds lifetime, size_t capacity)
    : m_lifetime(lifetime)
    , m_capacity(capacity)
{
    Q_ASSERT(capacity > 0);
    useSodium();
}

bool SessionBindings::bind(QByteArrayView session, QByteArrayView address, Instant now)
{
    const Digest key = digest(session);
    const Digest owner = digest(address);
    const std::scoped_lock lock(m_mutex);
    while (!m_expiries.empty() && m_expiries.front().at <= now) {
        m_addresses.erase(m_expiries.front().session);
        m_expiries.pop_front();
    }
    const auto [bound, isFirst] = m_addresses.try_emplace(key, owner);
    if (!isFirst)
        return bound->second == owner;
    m_expiries.push_back({key, now + m_lifetime});
    if (m_expiries.size() > m_capacity) {
        m_addresses.erase(m_expiries.front().session);
        m_expiries.pop_front();
    }
    return true;
}

SessionBindings::Digest SessionBindings::digest(QByteArrayView bytes)
{
    Digest digest;
    crypto_generichash(reinterpret_cast<unsigned char *>(digest.data()), digest.size(),
        reinterpret_cast<const unsigned char *>(bytes.data()), size_t(bytes.size()), nullptr, 0);
    return digest;
}

size_t SessionBindings::DigestHash::operator()(const Digest &digest) const noexcept
{
    size_t hash;
    std::memcpy(&hash, digest.data(), sizeof hash);
    return hash;
}

} // namespace parley::session
