// SPDX-License-Identifier: MIT
// Which addresses and names had too many failures (docs/protocol.md 1, status 429).
#pragma once

#include "core/limits.h"
#include "session/failurewindow.h"

#include <QByteArrayView>

#include <array>
#include <mutex>
#include <unordered_set>

namespace parley::session {

// Counts failures in sliding windows of limits::ThrottleWindow:
//  - of logins by address: over limits::FailedLoginsPerAddress, the address cannot log in;
//  - of logins by name: over limits::FailedLoginsPerName, only addresses that logged in as that
//    name before can log in as it;
//  - of sessions by address: over limits::FailedSessionsPerAddress, its sessions are not checked.
// A value returned is the Retry-After of a 429, which is then the answer; unset: go on.
//
// Ask ...Blocked() before the costly check, and tell the outcome after it. What was being checked
// while others failed is refused by the second answer, right or wrong, so that guessing in
// parallel tells no more than guessing in turn; and right logins, however many at once, never
// count.
//
// Memory: keyed hashes of names and addresses, at most `capacity` failures for each rule and
// `capacity` pairs of name and address that logged in. Beyond it the oldest are forgotten, so that
// nobody is refused for lack of room; at least the `capacity` / 2 latest pairs are always known. A
// restart forgets everything. What was blocked is not counted: a block ends by itself.
//
// May be called from any thread. Names and addresses are compared as bytes: bring them into one
// form first. Moments of several threads may be slightly out of order.
class Throttle {
public:
    using RetryAfter = std::optional<milliseconds>;

    explicit Throttle(size_t capacity = limits::ThrottleMemory);

    RetryAfter loginBlocked(QByteArrayView address, QByteArrayView name, Instant now) const;
    // The name is unknown, or the password wrong.
    [[nodiscard]] RetryAfter loginFailed(QByteArrayView address, QByteArrayView name, Instant now);
    // The password is right. They are logged in only if no value is returned.
    [[nodiscard]] RetryAfter loginSucceeded(
        QByteArrayView address, QByteArrayView name, Instant now);

    RetryAfter sessionBlocked(QByteArrayView address, Instant now) const;
    [[nodiscard]] RetryAfter sessionFailed(QByteArrayView address, Instant now);

private:
    struct Login {
        quint64 address;
        quint64 name;
        quint64 pair;
    };
    Login login(QByteArrayView address, QByteArrayView name) const;
    RetryAfter blocked(const Login &, Instant now) const; // with the mutex held
    quint64 hash(QByteArrayView) const;

    const size_t m_capacity;
    // Random, so that nobody can choose names or addresses that collide.
    std::array<unsigned char, 16> m_hashKey;
    mutable std::mutex m_mutex;
    FailureWindow m_logins; // by address
    FailureWindow m_names; // by name
    FailureWindow m_sessions; // by address
    // Pairs that logged in. When the newer set has half the capacity, it becomes the older one.
    std::unordered_set<quint64> m_newerPairs;
    std::unordered_set<quint64> m_olderPairs;
};

} // namespace parley::session
