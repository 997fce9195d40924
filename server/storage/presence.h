// SPDX-License-Identifier: MIT
// What is done with users' presence: operations and their outcomes.
#pragma once

#include "core/clock.h"
#include "core/ids.h"

#include <QByteArray>

#include <optional>
#include <vector>

namespace parley::storage {

// Of several servers that share a store: how often each says that it is alive, and after what time
// without that it is dead for the others.
inline constexpr milliseconds NodeBeat{2000};
inline constexpr milliseconds NodeTimeout{10'000};

// One fact about a user's presence. `online` unset: as it was; `lastSeen` unset: as it was, but now
// for a user who comes online and has none.
struct PresenceChange {
    UserId user;
    std::optional<bool> online;
    std::optional<Time> lastSeen;
    // Where several nodes share the store and `online` is set: the connections that the user has at
    // this one. The user is online as long as some node has one. (None: one that has no number.)
    std::vector<ConnectionId> connections = {};
};
// Several changes of one user take effect in their order; lastSeen never goes back.
struct WritePresence {
    std::vector<PresenceChange> changes;
};
struct WrittenPresence {
    // Where several nodes share the store.
    struct Replaced {
        UserId user;
        QByteArray node; // a CommitMark's writer
        ConnectionId connection;
    };
    // Who is online or offline by it, and was not before. nullopt: whoever the change is of.
    std::optional<std::vector<UserId>> changed = {};
    // Connections that have to end, of this node or another: their users have newer ones, as many
    // as they may have (Limits::connectionsPerUser).
    std::vector<Replaced> replaced = {};
};

// This server begins, and nobody is connected to it. The only one that the store has: everybody is
// offline. One of several: it joins them. lastSeen stays.
struct ResetPresence {
    QByteArray nodeName = {}; // for people
    QByteArray version = {};
};
// One of several nodes says that it is alive. The users of one that has not done so for
// NodeTimeout are offline, if this one may decide that. For the only one it does nothing.
struct Beat {
    bool mayForgetOthers = false;
    QByteArray nodeName = {};
    QByteArray version = {};
};
struct Beaten {
    // Others decided that it was dead. It has joined again, and none of its connections is known.
    bool wasForgotten = false;
    std::vector<UserId> changed = {}; // who is offline by it
};
// One of several nodes goes: none of its connections is there any more.
struct LeaveNode { };

struct ReadPresence {
    std::vector<UserId> users;
};
struct PresenceRow {
    UserId user;
    bool online = false;
    std::optional<Time> lastSeen;
};
struct FoundPresence {
    std::vector<PresenceRow> rows; // one for each asked, in that order; unknown ones: never seen
};

} // namespace parley::storage
