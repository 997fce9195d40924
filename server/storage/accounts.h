// SPDX-License-Identifier: MIT
// What is done with users, their sessions and their presence: operations and their outcomes.
#pragma once

#include "core/clock.h"
#include "core/ids.h"

#include <QByteArray>

#include <optional>
#include <vector>

namespace parley::storage {

struct User {
    UserId id;
    QByteArray name;
    QByteArray passwordHash; // Argon2id in libsodium's text form; empty: cannot log in
    bool enabled = true;
};

// By name; or all users, ascending by id, when the name is null.
struct FindUsers {
    QByteArray name;
};
struct FoundUsers {
    std::vector<User> users;
};

// id 0: the next free one above all. Taken is set, and nothing added, when name or id is in use.
struct AddUser {
    User user;
};
struct AddedUser {
    UserId id;
    bool taken = false;
};

// A new password ends the user's login sessions; disabling does so, too. Both leave an
// AccountChange. Fields that are unset stay as they are.
struct ChangeUser {
    QByteArray name;
    std::optional<QByteArray> passwordHash;
    std::optional<bool> enabled;
};
struct ChangedUser {
    bool found = false;
};

// Sessions are known to the store by their hash only (SHA-256, 32 bytes).
struct AddSession {
    UserId user;
    QByteArray sessionHash;
    Time expiresAt;
};
struct AddedSession { };

// Whether the user exists and is enabled and, when a hash is given, has that session, not expired.
struct CheckSession {
    UserId user;
    QByteArray sessionHash; // null: only the user is checked
};
struct CheckedSession {
    bool valid = false;
    qint64 lastAccountChange = 0; // the newest one's number at that moment
};

// Logout. `user` is 0 when there is no such session, or it has expired. Leaves an AccountChange.
struct EndSession {
    QByteArray sessionHash;
};
struct EndedSession {
    UserId user;
};

// What was changed, by whichever process, since the change numbered `after`; -1 asks only for the
// number of the newest change.
struct ReadAccountChanges {
    qint64 after = -1;
};
struct AccountChange {
    UserId user;
    // Which connections of the user end with it.
    enum class Scope { Session, LoginSessions, All } scope = Scope::All;
    QByteArray sessionHash; // of Scope::Session
    qint64 number = 0; // they rise in the order of the commits
};
struct AccountChanges {
    qint64 last = 0; // the number to ask with next
    std::vector<AccountChange> changes; // in order
};

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

// Forgets at most `limit` rows of each kind that are over their time: clientIds older than
// Limits::idempotency, expired sessions, account changes older than a day.
struct Prune {
    int limit = 0;
};
struct Pruned {
    qint64 rows = 0;
};

} // namespace parley::storage
