// SPDX-License-Identifier: MIT
#include "chat/directory.h"

#include <algorithm>

namespace parley::chat {

Directory::Directory(storage::AsyncStore &store, const Clock &clock, int connectionsPerUser)
    : m_store(store)
    , m_clock(clock)
    , m_connectionsPerUser(size_t(connectionsPerUser))
{
    qRegisterMetaType<ConnectionId>();
}

void Directory::opened(UserId user, ConnectionId connection)
{
    ConnectionId oldest;
    {
        std::lock_guard lock(m_mutex);
        auto &connections = m_connections[user];
        connections.push_back(connection);
        if (connections.size() == 1)
            write(user, true, std::nullopt, connection);
        if (connections.size() > m_connectionsPerUser) {
            oldest = connections.front();
            connections.erase(connections.begin());
        }
    }
    if (oldest != ConnectionId())
        Q_EMIT replaced(oldest);
}

void Directory::closed(UserId user, ConnectionId connection)
{
    std::lock_guard lock(m_mutex);
    const auto found = m_connections.find(user);
    if (found == m_connections.end() || std::erase(found->second, connection) == 0)
        return; // it was replaced
    if (found->second.empty()) {
        m_connections.erase(found);
        write(user, false, m_clock.now(), connection);
    }
}

void Directory::reassert(UserId user, ConnectionId asker, std::optional<Time> lastSeen)
{
    std::lock_guard lock(m_mutex);
    write(user, m_connections.contains(user), lastSeen, asker);
}

// Under the lock: the store's queue then has the changes in the order of the book's. Nobody waits
// for it: who reads presence waits for that.
void Directory::write(UserId user, bool online, std::optional<Time> lastSeen, ConnectionId asker)
{
    storage::Operation operation{storage::WritePresence{{{user, online, lastSeen}}}, asker, {}};
    operation.isAwaited = false;
    m_store.submit({std::move(operation)});
}

} // namespace parley::chat
