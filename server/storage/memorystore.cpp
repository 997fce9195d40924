// SPDX-License-Identifier: MIT
#include "storage/memorystore.h"

#include <algorithm>
#include <map>
#include <set>

namespace parley::storage {

namespace {

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
};

struct Session {
    UserId user;
    Time expiresAt;
};

struct LoggedChange {
    AccountChange change;
    Time at;
};

constexpr auto ChangesKept = std::chrono::hours(24);

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

// One perform() for each action: its effect, and the outcome that belongs to it.
struct MemoryStore::Data {
    Limits limits;
    bool open = false;
    std::map<UserId, Box> boxes;
    std::map<std::pair<UserId, QByteArray>, Key> keys; // by sender and clientId
    std::map<UserId, User> users;
    std::map<QByteArray, Session> sessions; // by hash
    std::map<qint64, LoggedChange> changes; // by number
    qint64 lastChange = 0;
    std::map<UserId, PresenceRow> presence;

    bool isEnabled(UserId id) const
    {
        const auto it = users.find(id);
        return it != users.end() && it->second.enabled;
    }
    User *userNamed(const QByteArray &name)
    {
        const auto it = std::find_if(users.begin(), users.end(),
            [&](const auto &entry) { return entry.second.name == name; });
        return it == users.end() ? nullptr : &it->second;
    }
    void logChange(const AccountChange &change, Time now) { changes[++lastChange] = {change, now}; }
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
    Outcome perform(const ReadPresence &, Time now);
    Outcome perform(const Prune &, Time now);
};

// --- messages

Outcome MemoryStore::Data::perform(const StoreMessage &action, Time now)
{
    const std::pair key(action.sender, action.clientId);
    if (!action.clientId.isNull()) {
        if (const auto known = keys.find(key); known != keys.end()) {
            const Key &first = known->second;
            if (first.receiver != action.receiver)
                return Refused{ErrorCode::IdReused, {}};
            return Stored{first.seq, first.sentAt, true, 0};
        }
    }
    if (action.refusal)
        return Refused{*action.refusal, {}};
    if (!isEnabled(action.receiver))
        return Refused{ErrorCode::UnknownUser, {}};
    Box &box = boxes[action.receiver];
    if (qint64(box.unread.size()) >= limits.mailboxMessages
        || box.bytes + action.body.size() > limits.mailboxBytes)
        return Refused{ErrorCode::MailboxFull, {}};

    box.lastSeq = box.lastSeq.next();
    box.unread[box.lastSeq] = {action.receiver, box.lastSeq, action.sender, action.clientId,
        action.body.isNull() ? QByteArray("") : action.body, now, action.receipt};
    box.bytes += action.body.size();
    if (!action.clientId.isNull())
        keys[key] = {action.receiver, box.lastSeq, now, std::nullopt};
    return Stored{box.lastSeq, now, false, qint64(box.unread.size())};
}

Outcome MemoryStore::Data::perform(const Confirm &action, Time now)
{
    const std::set<Seq> seqs(action.seqs.begin(), action.seqs.end());
    Box &box = boxes[action.user];
    Confirmed confirmed;
    for (auto it = box.unread.begin(); it != box.unread.end();) {
        const auto &[seq, message] = *it;
        if (!seqs.contains(seq) && !(action.upTo && seq <= *action.upTo)) {
            ++it;
            continue;
        }
        // The key may have been forgotten meanwhile, and even used again.
        const auto key = keys.find({message.sender, message.clientId});
        if (key != keys.end() && key->second.receiver == action.user && key->second.seq == seq)
            key->second.confirmedAt = now;
        confirmed.removed.push_back(message);
        confirmed.removed.back().body = {};
        box.bytes -= message.body.size();
        it = box.unread.erase(it);
    }
    return confirmed;
}

Outcome MemoryStore::Data::perform(const Fetch &action, Time)
{
    const Box &box = boxes[action.user];
    Fetched fetched;
    fetched.lastSeq = box.lastSeq;
    qint64 bytes = 0;
    for (auto it = box.unread.upper_bound(action.after); it != box.unread.end(); ++it) {
        const Message &message = it->second;
        bytes += message.body.size();
        const bool fits = fetched.messages.empty() || bytes <= action.maxBytes;
        if (!fits || qint64(fetched.messages.size()) >= action.limit) {
            fetched.more = true;
            break;
        }
        fetched.messages.push_back(message);
    }
    return fetched;
}

Outcome MemoryStore::Data::perform(const Track &action, Time)
{
    const auto it = keys.find({action.sender, action.clientId});
    if (it == keys.end())
        return Tracked();
    const Key &key = it->second;
    return Tracked{true, key.receiver, key.seq, key.sentAt, key.confirmedAt};
}

Outcome MemoryStore::Data::perform(const ReadMailbox &action, Time)
{
    const Box &box = boxes[action.user];
    const Seq first = box.unread.empty() ? Seq() : box.unread.begin()->first;
    return Mailbox{qint64(box.unread.size()), first, box.lastSeq};
}

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
        user.id = users.empty() ? UserId(1) : users.rbegin()->first.next();
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
    if (action.enabled) {
        user->enabled = *action.enabled;
        if (!user->enabled) {
            endLoginSessions(user->id);
            logChange({user->id, AccountChange::Scope::All, {}}, now);
        }
    }
    return ChangedUser{true};
}

Outcome MemoryStore::Data::perform(const AddSession &action, Time)
{
    sessions[action.sessionHash] = {action.user, action.expiresAt};
    return AddedSession();
}

Outcome MemoryStore::Data::perform(const CheckSession &action, Time now)
{
    if (!isEnabled(action.user))
        return CheckedSession{false};
    if (action.sessionHash.isNull())
        return CheckedSession{true};
    const auto it = sessions.find(action.sessionHash);
    return CheckedSession{
        it != sessions.end() && it->second.user == action.user && now < it->second.expiresAt};
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

Outcome MemoryStore::Data::perform(const Prune &action, Time now)
{
    qint64 rows = 0;
    rows += pruneMap(
        keys, action.limit, [&](const Key &key) { return key.sentAt < now - limits.idempotency; });
    rows += pruneMap(
        sessions, action.limit, [&](const Session &session) { return session.expiresAt <= now; });
    rows += pruneMap(changes, action.limit,
        [&](const LoggedChange &change) { return change.at < now - ChangesKept; });
    return Pruned{rows};
}

// --- the store

MemoryStore::MemoryStore(const Limits &limits)
    : m_data(std::make_unique<Data>())
{
    m_data->limits = limits;
}

MemoryStore::~MemoryStore() = default;

Done MemoryStore::open()
{
    m_data->open = true;
    return done();
}

Result<std::vector<Outcome>> MemoryStore::apply(std::span<const Operation> operations, Time now)
{
    if (!m_data->open)
        return Failure{QStringLiteral("the store is not open"), true};
    std::vector<Outcome> outcomes;
    outcomes.reserve(operations.size());
    for (const Operation &operation : operations) {
        outcomes.push_back(std::visit(
            [&](const auto &action) { return m_data->perform(action, now); }, operation.action));
    }
    return outcomes;
}

bool MemoryStore::isOpen() const
{
    return m_data->open;
}

Done MemoryStore::check()
{
    return done();
}

void MemoryStore::close()
{
    m_data->open = false;
}

} // namespace parley::storage
