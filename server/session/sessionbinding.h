// SPDX-License-Identifier: MIT
// Time sessions belong to the first network address that uses them (docs/protocol.md 3a).
#pragma once

#include "core/clock.h"
#include "core/limits.h"

#include <QByteArrayView>

#include <array>
#include <deque>
#include <mutex>
#include <unordered_map>

namespace parley::session {

// Remembers which address used which session, in memory and as hashes only. Any thread.
class SessionBindings {
public:
    // `lifetime`: how long a session can be valid at most, so how long a binding matters. Over
    // `capacity` bindings the oldest is forgotten: its session may then be bound once more.
    explicit SessionBindings(milliseconds lifetime, size_t capacity = limits::SessionBindings);

    // Whether this address may use the session: it is the first to do so, or the same again. Only
    // for sessions that are valid; others would fill the memory. Addresses are compared as bytes.
    [[nodiscard]] bool bind(QByteArrayView session, QByteArrayView address, Instant now);

private:
    using Digest = std::array<char, 16>;
    struct DigestHash {
        size_t operator()(const Digest &) const noexcept;
    };
    struct Expiry {
        Digest session;
        Instant at;
    };
    static Digest digest(QByteArrayView);

    const milliseconds m_lifetime;
    const size_t m_capacity;
    std::mutex m_mutex;
    std::unordered_map<Digest, Digest, DigestHash> m_addresses; // by session
    std::deque<Expiry> m_expiries; // of all, the oldest first
};

} // namespace parley::session
