// SPDX-License-Identifier: MIT
// What is done with users and their sessions: operations and their outcomes.
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

// id 0: the next above the last one that has a free one above it, which is the last of all until
// somebody has the largest there can be. Taken is set, and nothing added, when name or id is in
// use.
struct AddUser {
    User user;
};
struct AddedUser {
    UserId id;
    bool taken = false;
};

// A new password ends the user's login sessions; disabling them, or a kick, does so, too, and ends
// all their connections. Each leaves an AccountChange. Fields that are unset stay as they are.
struct ChangeUser {
    QByteArray name;
    std::optional<QByteArray> passwordHash;
    std::optional<bool> enabled;
    bool kick = false; // they may come again at once
};
struct ChangedUser {
    bool found = false;
};

// Sessions are known to the store by their hash only (SHA-256, 32 bytes). Added only if the user is
// enabled at that moment and, where a password's hash is named, still has that: what was checked
// before must hold when it is written. Beyond Limits::sessionsPerUser the oldest sessions end, each
// leaving an AccountChange.
struct AddSession {
    UserId user;
    QByteArray sessionHash;
    Time expiresAt;
    std::optional<QByteArray> passwordHash = {}; // as it was checked
};
struct AddedSession {
    bool added = false;
};

// Whether the user exists and is enabled and, when a hash is given, has that session, not expired.
struct CheckSession {
    UserId user;
    QByteArray sessionHash; // null: only the user is checked
};
struct CheckedSession {
    bool valid = false;
    // The number of the newest AccountChange at that moment: those after it concern the connection
    // that this check admits, those up to it do not. Unset when not valid.
    qint64 lastAccountChange = 0;
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

} // namespace parley::storage
