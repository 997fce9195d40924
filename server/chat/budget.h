// SPDX-License-Identifier: MIT
// What the commands of one gateway's connections hold while they are in work, in bytes: themselves,
// and the largest answers that they can have. It is taken before a command begins, and given back
// when its outcome has come, also to a connection that has gone meanwhile.
#pragma once

#include "core/ids.h"
#include "core/limits.h"

#include <deque>
#include <unordered_set>

namespace parley::chat {

// Lives on its gateway's thread.
class Budget {
public:
    explicit Budget(qint64 most)
        : m_most(most)
    {
    }

    // Whether so much more may be taken by a connection that holds so much. When half of it is
    // gone, nobody has more than a little, and so everybody has some.
    bool fits(qint64 bytes, qint64 held) const
    {
        const bool isEnough = m_taken + bytes <= m_most / 2;
        const bool isLittle = held == 0 || held + bytes <= limits::FairBytes;
        return m_taken + bytes <= m_most && (isEnough || isLittle);
    }
    void take(qint64 bytes) { m_taken += bytes; }
    void giveBack(qint64 bytes) { m_taken -= bytes; }
    qint64 taken() const { return m_taken; }
    // It has no room for anything but small things.
    bool isFull() const { return m_taken + limits::FairBytes > m_most; }

    // Who waits for it to fit, in turn; each stands there once.
    void wait(ConnectionId id)
    {
        if (m_isWaiting.insert(id).second)
            m_waiting.push_back(id);
    }
    size_t waiting() const { return m_waiting.size(); }
    // The first of those who wait, to try again; there is one.
    ConnectionId takeFirst()
    {
        const ConnectionId first = m_waiting.front();
        m_waiting.pop_front();
        m_isWaiting.erase(first);
        return first;
    }

private:
    const qint64 m_most;
    qint64 m_taken = 0;
    std::deque<ConnectionId> m_waiting;
    std::unordered_set<ConnectionId> m_isWaiting;
};

} // namespace parley::chat
