// SPDX-License-Identifier: MIT
// Which users are connected to this process, over all gateways. Presence and the limit of
// connections per user are decided here.
#pragma once

#include "storage/asyncstore.h"

#include <QObject>

#include <mutex>
#include <unordered_map>

namespace parley::chat {

// All functions: any thread. Presence goes to the store in the order in which it changed here.
class Directory : public QObject {
    Q_OBJECT

public:
    // `isShared`: by several nodes; then the store knows each connection.
    Directory(storage::AsyncStore &, const Clock &, int connectionsPerUser, bool isShared = false);

    void opened(UserId, ConnectionId);
    void closed(UserId, ConnectionId);
    // The user has newer ones at other nodes, as many as they may have.
    void replace(UserId, ConnectionId);
    // Tells the store of all who are connected, for it has forgotten them.
    void assertAll();
    // The store refused to write the user's presence: writes it again, as it is now, with the
    // moment at which they were seen. `asker` gets the outcome.
    void reassert(UserId, ConnectionId asker, std::optional<Time> lastSeen);

Q_SIGNALS:
    // The user's oldest connection has to make room for their newest.
    void replaced(parley::ConnectionId);

private:
    void write(UserId, std::optional<Time> lastSeen, ConnectionId asker);

    storage::AsyncStore &m_store;
    const Clock &m_clock;
    const size_t m_connectionsPerUser;
    const bool m_isShared;
    std::mutex m_mutex;
    std::unordered_map<UserId, std::vector<ConnectionId>> m_connections; // oldest first
};

} // namespace parley::chat
