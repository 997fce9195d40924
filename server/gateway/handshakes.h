// SPDX-License-Identifier: MIT
#pragma once

#include "core/clock.h"
#include "core/ids.h"

#include <deque>
#include <optional>
#include <unordered_map>

namespace parley::gateway {

// The TLS handshakes of one gateway: so many at once, for each holds a multiple of what an open
// connection does. Others wait for a place, in the order in which they came.
class Handshakes {
public:
    explicit Handshakes(size_t most)
        : m_most(most)
    {
    }

    // Whether it has a place, or gets one; else it waits, and is named by next() later.
    bool mayGoOn(ConnectionId, Instant now);
    // It is done, or over; also when it never began.
    void end(ConnectionId);
    // Who has waited for longest gets a place, if there is one.
    std::optional<ConnectionId> next(Instant now);
    // It has had its place for so long that whoever waits should have it.
    bool isOverdue(ConnectionId, Instant now) const;
    size_t underWay() const { return m_underWay.size(); }
    size_t waiting() const { return m_waiting.size(); }

private:
    const size_t m_most;
    std::unordered_map<ConnectionId, Instant> m_underWay; // since when
    std::deque<ConnectionId> m_waiting;
};

} // namespace parley::gateway
