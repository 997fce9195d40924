// SPDX-License-Identifier: MIT
#include "session/throttle.h"

#include "session/sodium.h"

#include <algorithm>
#include <utility>

#include <sodium.h>

namespace parley::session {

Throttle::Throttle(size_t capacity)
    : m_capacity(capacity)
    , m_logins(limits::FailedLoginsPerAddress, capacity)
    , m_names(limits::FailedLoginsPerName, capacity)
    , m_sessions(limits::FailedSessionsPerAddress, capacity)
{
    static_assert(sizeof m_hashKey == crypto_shorthash_KEYBYTES);
    useSodium();
    crypto_shorthash_keygen(m_hashKey.data());
}

Throttle::RetryAfter Throttle::loginBlocked(
    QByteArrayView address, QByteArrayView name, Instant now) const
{
    const Login attempt = login(address, name);
    const std::scoped_lock lock(m_mutex);
    return blocked(attempt, now);
}

Throttle::RetryAfter Throttle::loginFailed(QByteArrayView address, QByteArrayView name, Instant now)
{
    const Login attempt = login(address, name);
    const std::scoped_lock lock(m_mutex);
    m_logins.add(attempt.address, now);
    m_names.add(attempt.name, now);
    return blocked(attempt, now);
}

Throttle::RetryAfter Throttle::loginSucceeded(
    QByteArrayView address, QByteArrayView name, Instant now)
{
    const Login attempt = login(address, name);
    const std::scoped_lock lock(m_mutex);
    if (const RetryAfter wait = blocked(attempt, now))
        return wait;
    m_newerPairs.insert(attempt.pair);
    if (m_newerPairs.size() >= m_capacity / 2)
        m_olderPairs = std::exchange(m_newerPairs, {});
    return {};
}

Throttle::RetryAfter Throttle::sessionBlocked(QByteArrayView address, Instant now) const
{
    const quint64 key = hash(address);
    const std::scoped_lock lock(m_mutex);
    return m_sessions.blocked(key, now);
}

Throttle::RetryAfter Throttle::sessionFailed(QByteArrayView address, Instant now)
{
    const quint64 key = hash(address);
    const std::scoped_lock lock(m_mutex);
    m_sessions.add(key, now);
    return m_sessions.blocked(key, now);
}

Throttle::Login Throttle::login(QByteArrayView address, QByteArrayView name) const
{
    const std::array parts = {hash(address), hash(name)};
    return {parts[0], parts[1],
        hash(QByteArrayView(reinterpret_cast<const char *>(parts.data()), sizeof parts))};
}

Throttle::RetryAfter Throttle::blocked(const Login &attempt, Instant now) const
{
    const RetryAfter byAddress = m_logins.blocked(attempt.address, now);
    if (m_newerPairs.contains(attempt.pair) || m_olderPairs.contains(attempt.pair))
        return byAddress;
    return std::max(byAddress, m_names.blocked(attempt.name, now)); // unset is less than any
}

quint64 Throttle::hash(QByteArrayView bytes) const
{
    quint64 hash;
    static_assert(sizeof hash == crypto_shorthash_BYTES);
    crypto_shorthash(reinterpret_cast<unsigned char *>(&hash),
        reinterpret_cast<const unsigned char *>(bytes.data()), size_t(bytes.size()),
        m_hashKey.data());
    return hash;
}

} // namespace parley::session
