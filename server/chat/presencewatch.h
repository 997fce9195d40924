// SPDX-License-Identifier: MIT
// Which connections of a gateway watch whose presence, what they are told of it, and what is
// written again because the store refused it.
#pragma once

#include "storage/presence.h"

#include <set>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace parley::chat {

class Connection;
class Directory;

class PresenceWatch {
public:
    PresenceWatch(Directory &, const Clock &);

    // The connection watches these, and no others.
    void watch(Connection &, const std::vector<UserId> &users);

    // This was written, here or at another gateway.
    void noteWritten(const storage::WritePresence &, const storage::WrittenPresence &);
    // These came or went.
    void noteChanged(const std::vector<UserId> &);
    // Whose presence is to be read, to be told to who watches them. Once.
    std::vector<UserId> takeChanged();
    // This was read for that. What they are told is what the store says.
    void tell(const storage::FoundPresence &) const;

    // It was not written: a lost "offline" would show the user online for ever. `asker` gets the
    // outcome of the next try.
    void noteRefused(const storage::WritePresence &, ConnectionId asker);
    // Now and then: writes again what was refused a while ago, all together.
    void sweep();

private:
    struct Refused {
        ConnectionId asker;
        std::optional<Time> lastSeen; // the latest
    };
    bool isWatched(UserId) const;

    Directory &m_directory;
    const Clock &m_clock;
    std::set<std::pair<UserId, Connection *>> m_watchers; // limits::WatchBytes each
    std::unordered_set<UserId> m_changed;
    std::unordered_map<UserId, Refused> m_refused;
    Instant m_writeAgainAt{};
};

} // namespace parley::chat
