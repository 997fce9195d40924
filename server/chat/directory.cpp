// SPDX-License-Identifier: MIT
#include "chat/directory.h"

#include <algorithm>

namespace parley::chat {

Directory::Directory(
    storage::AsyncStore &store, const Clock &clock, int connectionsPerUser, bool isShared)
    : m_store(store)
    , m_clock(clock)
    , m_connectionsPerUser(size_t(connectionsPerUser))
    , m_isShared(isShared)
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
        if (connections.size() > m_connectionsPerUser) {
            oldest = connections.front();
            connections.erase(connections.begin());
        }
        if (connections.size() == 1 || m_isShared)
            write(user, std::nullopt, connection);
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
    const bool wasLast = found->second.empty();
    if (wasLast)
        m_connections.erase(found);
    if (wasLast || m_isShared)
        write(user, wasLast ? std::optional(m_clock.now()) : std::nullopt, connection);
}

void Directory::replace(UserId user, ConnectionId connection)
{
    {
        std::lock_guard lock(m_mutex);
        const auto found = m_connections.find(user);
        if (found == m_connections.end() || std::erase(found->second, connection) == 0)
            return;
        if (found->second.empty())
            m_connections.erase(found);
    }
    Q_EMIT replaced(connection);
}

void Directory::assertAll()
{
    std::lock_guard lock(m_mutex);
    for (const auto &[user, connections] : m_connections)
        write(user, std::nullopt, connections.front());
}

void Directory::reassert(UserId user, ConnectionId asker, std::optional<Time> lastSeen)
{
    std::lock_guard lock(m_mutex);
    write(user, lastSeen, asker);
}

// Under the lock: the store's queue then has the changes in the order of the book's. Nobody waits
// for it: who reads presence waits for that.
void Directory::write(UserId user, std::optional<Time> lastSeen, ConnectionId asker)
{
    const auto found = m_connections.find(user);
    storage::PresenceChange change{user, found != m_connections.end(), lastSeen};
    if (m_isShared && *change.online)
        change.connections = found->second;
    storage::Operation operation{storage::WritePresence{{std::move(change)}}, asker, {}};
    operation.isAwaited = false;
    m_store.submit({std::move(operation)});
}

} // namespace parley::chat
