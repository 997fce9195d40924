// SPDX-License-Identifier: MIT
// MemoryStore: users, sessions, presence, and what is forgotten.
#include "storage/memorydata.h"

#include <set>
#include <utility>

namespace parley::storage {

namespace {

// Gives what is dated ahead the date of now; returns by how much it was ahead.
milliseconds correct(Time &time, Time now)
{
    if (time <= now + limits::ClockTolerance)
        return 0ms;
    return std::exchange(time, now) - now;
}

// Erases at most `limit` entries that are over their time; returns how many.
template <class Map, class Over> qint64 pruneMap(Map &map, int limit, Over over)
{
    qint64 erased = 0;
    for (auto it = map.begin(); it != map.end() && erased < limit;) {
        if (over(it->second)) {
            it = map.erase(it);
            ++erased;
        } else {
            ++it;
        }
    }
    return erased;
}

} // namespace

// --- users and sessions

Outcome MemoryStore::Data::perform(const FindUsers &action, Time)
{
    FoundUsers found;
    for (const auto &[id, user] : users) {
        if (action.name.isNull() || user.name == action.name)
            found.users.push_back(user);
    }
    return found;
}

Outcome MemoryStore::Data::perform(const AddUser &action, Time)
{
    User user = action.user;
    if (user.id == UserId())
        user.id = nextUser();
    if (users.contains(user.id) || userNamed(user.name) || user.id.value() > MaxInteger)
        return AddedUser{{}, true};
    users[user.id] = user;
    return AddedUser{user.id, false};
}

Outcome MemoryStore::Data::perform(const ChangeUser &action, Time now)
{
    User *const user = userNamed(action.name);
    if (!user)
        return ChangedUser{false};
    if (action.passwordHash) {
        user->passwordHash = *action.passwordHash;
        endLoginSessions(user->id);
        logChange({user->id, AccountChange::Scope::LoginSessions, {}}, now);
    }
    if (action.enabled)
        user->enabled = *action.enabled;
    if (action.kick || (action.enabled && !*action.enabled)) {
        endLoginSessions(user->id);
        logChange({user->id, AccountChange::Scope::All, {}}, now);
    }
    return ChangedUser{true};
}

Outcome MemoryStore::Data::perform(const AddSession &action, Time now)
{
    const auto user = users.find(action.user);
    if (user == users.end() || !user->second.enabled
        || (action.passwordHash && user->second.passwordHash != *action.passwordHash))
        return AddedSession{false};
    sessions[action.sessionHash] = {action.user, action.expiresAt, now};
    endExcessSessions(action.user, action.sessionHash, now);
    return AddedSession{true};
}

void MemoryStore::Data::endExcessSessions(UserId user, const QByteArray &newest, Time now)
{
    std::set<std::tuple<Time, Time, QByteArray>> byAge;
    for (const auto &[hash, session] : sessions) {
        if (session.user == user && hash != newest && now < session.expiresAt)
            byAge.insert({session.madeAt, session.expiresAt, hash});
    }
    while (qint64(byAge.size()) >= limits.sessionsPerUser) {
        const QByteArray hash = std::get<QByteArray>(*byAge.begin());
        byAge.erase(byAge.begin());
        sessions.erase(hash);
        logChange({user, AccountChange::Scope::Session, hash}, now);
    }
}

Outcome MemoryStore::Data::perform(const CheckSession &action, Time now)
{
    if (!isEnabled(action.user))
        return CheckedSession{false};
    if (action.sessionHash.isNull())
        return CheckedSession{true, lastChange};
    const auto it = sessions.find(action.sessionHash);
    if (it == sessions.end() || it->second.user != action.user || now >= it->second.expiresAt)
        return CheckedSession{false};
    return CheckedSession{true, lastChange};
}

Outcome MemoryStore::Data::perform(const EndSession &action, Time now)
{
    const auto it = sessions.find(action.sessionHash);
    if (it == sessions.end() || now >= it->second.expiresAt)
        return EndedSession();
    const UserId user = it->second.user;
    sessions.erase(it);
    logChange({user, AccountChange::Scope::Session, action.sessionHash}, now);
    return EndedSession{user};
}

Outcome MemoryStore::Data::perform(const ReadAccountChanges &action, Time)
{
    AccountChanges found{lastChange, {}};
    if (action.after >= 0) {
        for (auto it = changes.upper_bound(action.after); it != changes.end(); ++it)
            found.changes.push_back(it->second.change);
    }
    return found;
}

// --- presence

Outcome MemoryStore::Data::perform(const WritePresence &action, Time now)
{
    for (const PresenceChange &change : action.changes) {
        PresenceRow &row = presence[change.user];
        row.user = change.user;
        if (change.lastSeen)
            row.lastSeen = std::max(row.lastSeen.value_or(*change.lastSeen), *change.lastSeen);
        if (change.online) {
            row.online = *change.online;
            if (row.online && !row.lastSeen)
                row.lastSeen = now;
        }
    }
    return WrittenPresence();
}

Outcome MemoryStore::Data::perform(const ResetPresence &, Time)
{
    for (auto &[user, row] : presence)
        row.online = false;
    return WrittenPresence();
}

Outcome MemoryStore::Data::perform(const ReadPresence &action, Time)
{
    FoundPresence found;
    for (const UserId user : action.users) {
        const auto it = presence.find(user);
        found.rows.push_back(it == presence.end() ? PresenceRow{user, false, {}} : it->second);
    }
    return found;
}

// --- what is forgotten

bool MemoryStore::Data::confirmTime(const Prune &action, Time now)
{
    if (!action.timeIsConfirmed && confirmedTime
        && std::chrono::abs(now - *confirmedTime) > limits::ClockTolerance)
        return false;
    if (!confirmedTime || now > *confirmedTime || now < *confirmedTime - limits::ClockTolerance)
        confirmedTime = now;
    return true;
}

void MemoryStore::Data::correctTimes(Time now)
{
    for (auto &[user, row] : presence) {
        if (row.lastSeen)
            correct(*row.lastSeen, now);
    }
    for (auto &[hash, session] : sessions)
        session.expiresAt -= correct(session.madeAt, now);
}

qint64 MemoryStore::Data::pruneKeys(int limit, Time now)
{
    std::map<qint64, decltype(keys)::iterator> byAge;
    for (auto it = keys.begin(); it != keys.end(); ++it)
        byAge[it->second.number] = it;
    qint64 erased = 0;
    Time youngest = Time::min();
    for (const auto &[number, it] : byAge) {
        if (limit-- <= 0)
            break;
        correct(it->second.sentAt, now);
        youngest = std::max(youngest, it->second.sentAt);
        if (youngest < now - limits::ClockTolerance - limits.idempotency) {
            keys.erase(it);
            ++erased;
        }
    }
    return erased;
}

Outcome MemoryStore::Data::perform(const Prune &action, Time now)
{
    if (!confirmTime(action, now))
        return Pruned{0, true};
    if (action.correctsAll)
        correctTimes(now);
    const Time certain = now - limits::ClockTolerance;
    qint64 rows = pruneKeys(action.limit, now);
    rows += pruneMap(sessions, action.limit,
        [&](const Session &session) { return session.expiresAt <= certain; });
    rows += pruneMap(changes, action.limit, [&](LoggedChange &change) {
        correct(change.at, now);
        return change.at < certain - ChangesKept;
    });
    return Pruned{rows};
}

} // namespace parley::storage
