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
    Directory(storage::AsyncStore &, const Clock &, int connectionsPerUser);

    void opened(UserId, ConnectionId);
    void closed(UserId, ConnectionId);
    // The store refused to write the user's presence: writes it again, as it is now, with the
    // moment at which they were seen. `asker` gets the outcome.
    void reassert(UserId, ConnectionId asker, std::optional<Time> lastSeen);

Q_SIGNALS:
    // The user's oldest connection has to make room for their newest.
    void replaced(parley::ConnectionId);

private:
    void write(UserId, bool online, std::optional<Time> lastSeen, ConnectionId asker);

    storage::AsyncStore &m_store;
    const Clock &m_clock;
    const size_t m_connectionsPerUser;
    std::mutex m_mutex;
    std::unordered_map<UserId, std::vector<ConnectionId>> m_connections; // oldest first
};

} // namespace parley::chat
