// SPDX-License-Identifier: MIT
// What a MemoryStore holds.
#pragma once

#include "storage/memorystore.h"

#include <QUuid>

#include <algorithm>
#include <map>

namespace parley::storage {

// One perform() for each action: its effect, and the outcome that belongs to it.
struct MemoryStore::Data {
    // A mailbox with its messages; ReadMailbox answers with the plain Mailbox.
    struct Box {
        Seq lastSeq;
        std::map<Seq, Message> unread;
        qint64 bytes = 0; // of the bodies in it
    };

    // What is remembered of a clientId.
    struct Key {
        UserId receiver;
        Seq seq;
        Time sentAt;
        std::optional<Time> confirmedAt;
        qint64 number = 0; // in the order in which they were stored
    };

    struct Session {
        UserId user;
        Time expiresAt;
        Time madeAt;
    };

    struct LoggedChange {
        AccountChange change;
        Time at;
    };

    Limits limits;
    const QByteArray epoch = QUuid::createUuid().toByteArray(QUuid::Id128);
    bool open = false;
    std::map<UserId, Box> boxes;
    std::map<std::pair<UserId, QByteArray>, Key> keys; // by sender and clientId
    qint64 lastKey = 0;
    std::map<UserId, User> users;
    std::map<QByteArray, Session> sessions; // by hash
    std::map<qint64, LoggedChange> changes; // by number
    qint64 lastChange = 0;
    std::map<UserId, PresenceRow> presence;
    std::optional<Time> confirmedTime; // the last that was believed

    bool isEnabled(UserId id) const
    {
        const auto it = users.find(id);
        return it != users.end() && it->second.enabled;
    }
    // Above all that have a free one above them.
    UserId nextUser() const
    {
        for (auto it = users.rbegin(); it != users.rend(); ++it) {
            const UserId next = it->first.next();
            if (next.value() <= MaxInteger && !users.contains(next))
                return next;
        }
        return UserId(1);
    }
    User *userNamed(const QByteArray &name)
    {
        const auto it = std::find_if(users.begin(), users.end(),
            [&](const auto &entry) { return entry.second.name == name; });
        return it == users.end() ? nullptr : &it->second;
    }
    void logChange(AccountChange change, Time now)
    {
        change.number = ++lastChange;
        changes[lastChange] = {change, now};
    }
    void endExcessSessions(UserId user, const QByteArray &newest, Time now);
    bool confirmTime(const Prune &, Time now);
    void correctTimes(Time now);
    qint64 pruneKeys(int limit, Time now);
    void endLoginSessions(UserId user)
    {
        std::erase_if(sessions, [&](const auto &entry) { return entry.second.user == user; });
    }

    Outcome perform(const StoreMessage &, Time now);
    Outcome perform(const Confirm &, Time now);
    Outcome perform(const Fetch &, Time now);
    Outcome perform(const Track &, Time now);
    Outcome perform(const ReadMailbox &, Time now);
    Outcome perform(const FindUsers &, Time now);
    Outcome perform(const AddUser &, Time now);
    Outcome perform(const ChangeUser &, Time now);
    Outcome perform(const AddSession &, Time now);
    Outcome perform(const CheckSession &, Time now);
    Outcome perform(const EndSession &, Time now);
    Outcome perform(const ReadAccountChanges &, Time now);
    Outcome perform(const WritePresence &, Time now);
    Outcome perform(const ResetPresence &, Time now);
    Outcome perform(const Beat &, Time) { return Beaten(); }
    Outcome perform(const LeaveNode &, Time) { return WrittenPresence(); }
    Outcome perform(const ReadPresence &, Time now);
    Outcome perform(const Prune &, Time now);
    Outcome perform(const Survey &, Time now);
};

} // namespace parley::storage
