// SPDX-License-Identifier: MIT
// The bytes that the commands in work of one gateway's connections use: for each command itself and
// its largest possible answer. They are taken before a command begins, and given back when its
// outcome has come, even if the connection has ended meanwhile.
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

    // Whether a connection that holds so much may take so much more. When half of the budget is
    // taken, a connection may hold only a little, so that all get some.
    bool fits(qint64 bytes, qint64 held) const
    {
        const bool isEnough = m_taken + bytes <= m_most / 2;
        const bool isLittle = held == 0 || held + bytes <= limits::FairBytes;
        return m_taken + bytes <= m_most && (isEnough || isLittle);
    }
    void take(qint64 bytes) { m_taken += bytes; }
    void giveBack(qint64 bytes) { m_taken -= bytes; }
    qint64 taken() const { return m_taken; }
    // So little is left that only small commands fit.
    bool isFull() const { return m_taken + limits::FairBytes > m_most; }

    // The connections that wait for room, in turn; each is there once.
    void wait(ConnectionId id)
    {
        if (m_isWaiting.insert(id).second)
            m_waiting.push_back(id);
    }
    size_t waiting() const { return m_waiting.size(); }
    // The first of those that wait, to try again. There must be one.
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
