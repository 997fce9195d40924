// SPDX-License-Identifier: MIT
// What is done with users' presence: operations and their outcomes.
#pragma once

#include "core/clock.h"
#include "core/ids.h"

#include <optional>
#include <vector>

namespace parley::storage {

// One fact about a user's presence. `online` unset: as it was; `lastSeen` unset: as it was, but now
// for a user who comes online and has none.
struct PresenceChange {
    UserId user;
    std::optional<bool> online;
    std::optional<Time> lastSeen;
};
// Several changes of one user take effect in their order; lastSeen never goes back.
struct WritePresence {
    std::vector<PresenceChange> changes;
};
struct WrittenPresence { };

// Everybody is offline: the start of the only server that this store has. lastSeen stays.
struct ResetPresence { };

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
