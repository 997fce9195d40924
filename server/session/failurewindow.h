// SPDX-License-Identifier: MIT
// How many failures each key had in the last limits::ThrottleWindow, exactly.
#pragma once

#include "core/clock.h"

#include <deque>
#include <optional>
#include <unordered_map>
#include <vector>

namespace parley::session {

// One thread at a time.
class FailureWindow {
public:
    // More than `limit` failures within the window block a key. At most `capacity` failures of all
    // keys together are remembered; beyond that the oldest is forgotten before its time, which
    // may unblock a key early and never blocks one.
    FailureWindow(int limit, size_t capacity);

    // Unset, or how long the key stays blocked.
    std::optional<milliseconds> blocked(quint64 key, Instant now) const;
    void add(quint64 key, Instant now);

private:
    struct Failure {
        quint64 key;
        Instant at;
    };
    void forgetOldest();

    const size_t m_limit;
    const size_t m_capacity;
    std::deque<Failure> m_failures; // of all keys, the oldest first
    // The newest limit + 1 of each key: whether it is blocked, the oldest of these says.
    std::unordered_map<quint64, std::vector<Instant>> m_newest;
};

} // namespace parley::session
