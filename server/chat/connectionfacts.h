// SPDX-License-Identifier: MIT
// What an operator may know of a connection.
#pragma once

#include "core/clock.h"
#include "core/ids.h"

#include <QByteArray>

#include <vector>

namespace parley::chat {

struct ConnectionFacts {
    ConnectionId id;
    UserId user;
    QByteArray address; // of the peer; only its gateway knows it
    Time since;
    Time lastHeard;
    enum class Feed { Greeting, Live, Behind } feed = Feed::Greeting; // Greeting: before HELLO
    qint64 waitingBytes = 0; // written, and not on their way to the peer yet
};

struct ListedConnections {
    std::vector<ConnectionFacts> connections;
    size_t omitted = 0; // how many more there are
};

} // namespace parley::chat
