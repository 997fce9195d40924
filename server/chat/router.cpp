// SPDX-License-Identifier: MIT
#include "chat/router.h"

#include "chat/connection.h"
#include "core/log.h"

#include <algorithm>

namespace parley::chat {
namespace {

const QByteArray LookRef = QByteArrayLiteral("look");

} // namespace

Router::Router(int gateway, storage::AsyncStore &store, Directory &directory, trace::Tracer &tracer,
    const Clock &clock, const Limits &limits, qint64 workBytes)
    : m_gateway(gateway)
    , m_store(store)
    , m_directory(directory)
    , m_tracer(tracer)
    , m_clock(clock)
    , m_limits(limits)
    , m_ownId(newId())
    , m_budget(workBytes)
{
    connect(&directory, &Directory::replaced, this, &Router::replace);
}

Router::~Router() = default;

ConnectionId Router::newId()
{
    return ConnectionId((qint64(m_gateway) << 48) | ++m_lastId);
}

void Router::ask(storage::Operation &&operation)
{
    if (m_asked.empty()) {
        m_askedAt = Ticks::clock::now();
        Q_EMIT turnBegan();
    }
    // From before the mailbox is read: of what comes meanwhile, nothing is missed.
    if (const auto *reading = std::get_if<storage::ReadMailbox>(&operation.action))
        ++m_users[reading->user].readings;
    operation.askedAt = m_askedAt;
    m_asked.push_back(std::move(operation));
}

void Router::addAsker(ConnectionId id, Asker &asker)
{
    m_askers[id] = &asker;
}

void Router::removeAsker(ConnectionId id, const Asker &asker)
{
    const auto found = m_askers.find(id);
    if (found != m_askers.end() && found->second == &asker)
        m_askers.erase(found);
}

void Router::submit()
{
    if (!m_heard.empty()) {
        m_store.noteHeartbeats(m_heard);
        m_heard.clear();
    }
    if (!m_asked.empty())
        m_store.submit(std::exchange(m_asked, {}));
}

void Router::opened(Connection &connection)
{
    m_connections.emplace(connection.id(), &connection);
    m_users[connection.identity().user].connections.push_back(&connection);
    addAsker(connection.id(), connection);
    m_directory.opened(connection.identity().user, connection.id());
}

void Router::closed(Connection &connection)
{
    const UserId user = connection.identity().user;
    submit(); // what it asked comes before its end
    watch(connection, {});
    removeAsker(connection.id(), connection);
    m_connections.erase(connection.id());
    std::erase(m_users[user].connections, &connection);
    unfollow(user);
    forgetIdle(m_users.find(user));
    m_directory.closed(user, connection.id());
}

void Router::forgetIdle(Members::iterator member)
{
    if (member->second.connections.empty() && member->second.readings == 0)
        m_users.erase(member);
}

void Router::follow(UserId user, Seq next)
{
    Sequence &sequence = m_users[user].sequence;
    sequence.follow(next);
    if (sequence.isMissing())
        m_missing.insert(user);
}

void Router::unfollow(UserId user)
{
    Member &member = m_users[user];
    if (std::ranges::none_of(member.connections, &Connection::isLive))
        member.sequence.stop();
}

void Router::watch(Connection &connection, const std::vector<UserId> &users)
{
    for (UserId user : connection.watched())
        m_watchers.erase({user, &connection});
    for (UserId user : users)
        m_watchers.emplace(user, &connection);
    connection.setWatched(users);
}

ListedConnections Router::list(UserId user, size_t most) const
{
    ListedConnections listed;
    const auto add = [&](const Connection &connection) {
        if (listed.connections.size() < most)
            listed.connections.push_back(connection.facts());
        else
            ++listed.omitted;
    };
    if (user != UserId()) {
        for (const Connection *connection : connectionsOf(user))
            add(*connection);
        return listed;
    }
    for (const auto &[id, connection] : m_connections)
        add(*connection);
    return listed;
}

bool Router::isWatched(UserId user) const
{
    const auto first = m_watchers.lower_bound({user, nullptr});
    return first != m_watchers.end() && first->first == user;
}

void Router::heard(UserId user, Time at)
{
    if (m_heard.empty())
        Q_EMIT turnBegan();
    m_heard.push_back({user, std::nullopt, at});
}

void Router::applyBatch(const storage::BatchPtr &batch)
{
    m_batchAt = {};
    for (size_t i = 0; i < batch->operations.size(); ++i)
        apply(batch->operations[i], batch->outcomes[i], *batch);
    sendReceipts();
    askPresence();
    askLooks();
    wakeWaiting();
}

void Router::applyFacts(const coordinator::Facts &facts)
{
    for (const coordinator::Facts::Stored &stored : facts.stored) {
        const auto found = m_users.find(stored.message.receiver);
        if (found == m_users.end())
            continue;
        const auto &[receiver, seq, sender, clientId, body, sentAt, receipt] = stored.message;
        if (stored.isWhole) {
            deliver(
                receiver, found->second, {{seq, sender, body, sentAt, clientId}, stored.unread});
        } else {
            found->second.sequence.heardOf(seq);
            if (found->second.sequence.isMissing())
                m_missing.insert(receiver);
        }
    }
    for (const auto &[receiver, at, messages] : facts.removed)
        noteConfirmed(receiver, messages, at);
    for (const UserId user : facts.presence) {
        if (isWatched(user))
            m_changedPresence.insert(user);
    }
    sendReceipts();
    askPresence();
    askLooks();
}

void Router::checkAll()
{
    m_unchecked.clear();
    for (const auto &[user, member] : m_users) {
        if (member.sequence.isFollowed())
            m_unchecked.push_back(user);
    }
    askChecks();
}

// As many as one statement reads without holding up others for long.
void Router::askChecks()
{
    if (m_checks > 0)
        return;
    for (; m_checks < limits::Checks && !m_unchecked.empty(); ++m_checks) {
        ask({storage::ReadMailbox{m_unchecked.back()}, m_ownId, {}});
        m_unchecked.pop_back();
    }
}

// All of them at once, which is one statement.
void Router::askLooks()
{
    if (!m_mayLook)
        return;
    for (auto user = m_missing.begin(); user != m_missing.end() && m_looks < limits::Looks;) {
        const auto found = m_users.find(*user);
        if (found != m_users.end() && found->second.sequence.isLooking()) {
            ++user; // it is looked at again when that has ended
            continue;
        }
        if (found != m_users.end() && found->second.sequence.isMissing())
            look(*user, found->second.sequence);
        user = m_missing.erase(user);
    }
}

void Router::look(UserId user, Sequence &sequence)
{
    ++m_looks;
    m_tally->looks.add();
    const qint64 bytes = limits::LookBytes + m_limits.bodyBytes;
    m_budget.take(bytes);
    ask({storage::ReadMailbox{user}, m_ownId, LookRef});
    ask({storage::Fetch{user, sequence.beginLook(), limits::FetchDefault, limits::LookBytes},
        m_ownId, {}, bytes});
}

void Router::measureSent(Ticks askedAt)
{
    if (m_batchAt == Ticks())
        m_batchAt = Ticks::clock::now();
    m_tally->sent.add(microseconds(m_batchAt - askedAt));
}

void Router::wakeWaiting()
{
    for (size_t count = m_budget.waiting(); count > 0 && !m_budget.isFull(); --count) {
        const auto found = m_connections.find(m_budget.takeFirst());
        if (found != m_connections.end())
            found->second->retry(); // and perhaps stand at the end again
    }
}

void Router::apply(const storage::Operation &operation, const storage::Outcome &outcome,
    const storage::Batch &batch)
{
    if (std::holds_alternative<storage::WritePresence>(operation.action))
        return notePresence(operation, outcome); // the directory's, not the asker's
    if (isMine(operation.asker)) {
        m_budget.giveBack(operation.bytes);
        if (const auto asker = m_askers.find(operation.asker); asker != m_askers.end())
            asker->second->answered(operation, outcome, batch.at);
    }
    if (const auto *stored = std::get_if<storage::Stored>(&outcome)) {
        if (isMine(operation.asker))
            measureSent(operation.askedAt);
        if (!stored->duplicate)
            deliver(std::get<storage::StoreMessage>(operation.action), *stored);
    } else if (const auto *confirmed = std::get_if<storage::Confirmed>(&outcome)) {
        noteConfirmed(
            std::get<storage::Confirm>(operation.action).user, confirmed->removed, batch.at);
    } else {
        noteOther(operation, outcome);
    }
    if (isMine(operation.asker) && std::holds_alternative<storage::ReadMailbox>(operation.action))
        noteMailbox(operation, outcome);
    else if (operation.asker == m_ownId && std::holds_alternative<storage::Fetch>(operation.action))
        noteLook(operation, outcome);
}

void Router::noteOther(const storage::Operation &operation, const storage::Outcome &outcome)
{
    if (const auto *changes = std::get_if<storage::AccountChanges>(&outcome)) {
        for (const storage::AccountChange &change : changes->changes)
            noteAccountChange(change);
    } else if (const auto *ended = std::get_if<storage::EndedSession>(&outcome)) {
        noteAccountChange({ended->user, storage::AccountChange::Scope::Session,
            std::get<storage::EndSession>(operation.action).sessionHash, 0});
    } else if (const auto *found = std::get_if<storage::FoundPresence>(&outcome);
               found && operation.asker == m_ownId) {
        sendPresence(*found);
    }
}

void Router::deliver(const storage::StoreMessage &message, const storage::Stored &stored)
{
    const auto found = m_users.find(message.receiver);
    if (found == m_users.end())
        return;
#ifndef NDEBUG
    checkIndex(message.receiver, found->second.connections);
#endif
    deliver(message.receiver, found->second,
        {{stored.seq, message.sender, message.body, stored.sentAt, message.clientId},
            stored.unread});
}

void Router::deliver(UserId receiver, Member &member, NewMessage &&message)
{
    switch (member.sequence.offer(message.message.seq)) {
    case Sequence::Verdict::Deliver:
        push(member, message);
        return pushHeld(member);
    case Sequence::Verdict::Hold:
        m_missing.insert(receiver);
        return member.sequence.hold(std::move(message), m_heldBytes);
    case Sequence::Verdict::Drop:
        return;
    }
}

void Router::push(const Member &member, const NewMessage &message)
{
    QByteArray payload;
    for (Connection *connection : member.connections) {
        if (!connection->isReady())
            continue;
        if (payload.isNull())
            protocol::append(payload, message.message);
        connection->offer(message.message, message.unread, payload);
    }
}

void Router::pushHeld(Member &member)
{
    while (const auto held = member.sequence.takeNext())
        push(member, *held);
}

// The outcome of a question of the router's own, or of one that makes a connection.
void Router::noteMailbox(const storage::Operation &operation, const storage::Outcome &outcome)
{
    const UserId user = std::get<storage::ReadMailbox>(operation.action).user;
    const auto member = m_users.find(user);
    --member->second.readings;
    if (operation.asker == m_ownId) {
        const auto *mailbox = std::get_if<storage::Mailbox>(&outcome);
        const bool isCheck = operation.ref != LookRef;
        if (mailbox && isCheck) {
            member->second.sequence.heardOf(mailbox->lastSeq);
            if (member->second.sequence.isMissing())
                m_missing.insert(user);
        } else if (mailbox) {
            m_found = {user, mailbox->count};
        } else if (isCheck) {
            m_unchecked.push_back(user); // at the next sweep
        }
        if (isCheck && --m_checks == 0 && mailbox)
            askChecks();
    }
    forgetIdle(member);
}

void Router::noteLook(const storage::Operation &operation, const storage::Outcome &outcome)
{
    --m_looks;
    const UserId user = std::get<storage::Fetch>(operation.action).user;
    const auto member = m_users.find(user);
    if (member == m_users.end())
        return;
    Sequence &sequence = member->second.sequence;
    if (!sequence.isLooking())
        return; // of who was here before
    const auto *found = std::get_if<storage::Fetched>(&outcome);
    if (found && sequence.isLookGood()) {
        noteFound(user, member->second, *found);
        sequence.endLook(!found->more);
    } else {
        sequence.endLook(false);
    }
    pushHeld(member->second);
    if (sequence.isMissing())
        m_missing.insert(user);
    if (!found)
        m_mayLook = false; // before the next sweep
}

void Router::noteFound(UserId user, Member &member, const storage::Fetched &found)
{
    const qint64 unread = m_found.first == user ? m_found.second : qint64(found.messages.size());
    const auto skipTo = [&member](Seq seq) {
        for (Connection *connection : member.connections)
            connection->skipTo(seq);
    };
    for (const storage::Message &message : found.messages) {
        if (!member.sequence.isFollowed() || !member.sequence.find(message.seq))
            continue;
        skipTo(message.seq);
        push(member,
            {{message.seq, message.sender, message.body, message.sentAt, message.clientId},
                unread});
    }
    if (found.more || !member.sequence.isFollowed())
        return;
    member.sequence.skipTo(found.lastSeq);
    skipTo(found.lastSeq.next());
}

void Router::noteConfirmed(UserId receiver, const std::vector<storage::Message> &removed, Time at)
{
    for (Connection *connection : connectionsOf(receiver))
        connection->confirmed(removed);
    for (const storage::Message &message : removed) {
        if (message.receipt && m_users.contains(message.sender))
            m_receipts[message.sender].push_back(
                {message.clientId, message.receiver, message.seq, at});
    }
}

void Router::sendReceipts()
{
    for (auto &[sender, receipts] : m_receipts) {
        for (size_t first = 0; first < receipts.size(); first += limits::Fetch) {
            const size_t end = std::min(first + limits::Fetch, receipts.size());
            const Frame frame = frameOf(protocol::Receipts{
                {receipts.begin() + qsizetype(first), receipts.begin() + qsizetype(end)}});
            for (Connection *connection : connectionsOf(sender)) {
                if (connection->isReady())
                    connection->send(frame);
            }
        }
    }
    m_receipts.clear();
}

void Router::notePresence(const storage::Operation &operation, const storage::Outcome &outcome)
{
    if (std::holds_alternative<storage::Refused>(outcome))
        return notePresenceRefused(operation);
    for (const auto &change : std::get<storage::WritePresence>(operation.action).changes) {
        if (change.online && isWatched(change.user))
            m_changedPresence.insert(change.user);
    }
}

// What the watchers are told is what the database then says.
void Router::askPresence()
{
    if (m_changedPresence.empty())
        return;
    ask({storage::ReadPresence{{m_changedPresence.begin(), m_changedPresence.end()}}, m_ownId, {}});
    m_changedPresence.clear();
}

void Router::sendPresence(const storage::FoundPresence &found)
{
    std::unordered_map<Connection *, protocol::StatusReply> notices;
    for (const storage::PresenceRow &row : found.rows) {
        for (auto watcher = m_watchers.lower_bound({row.user, nullptr});
             watcher != m_watchers.end() && watcher->first == row.user; ++watcher)
            notices[watcher->second].users.push_back({row.user, row.online, row.lastSeen});
    }
    for (const auto &[connection, notice] : notices)
        connection->send(notice);
}

// A lost "offline" would show the user online for ever, so it is written again until it is.
void Router::notePresenceRefused(const storage::Operation &operation)
{
    if (!isMine(operation.asker) || operation.asker == ConnectionId())
        return;
    if (m_refusedPresence.empty())
        m_reassertPresenceAt = m_clock.instant() + limits::RetryAfter;
    for (const auto &change : std::get<storage::WritePresence>(operation.action).changes) {
        Refused &refused = m_refusedPresence[change.user];
        refused = {operation.asker, std::max(refused.lastSeen, change.lastSeen)};
    }
}

void Router::sweep()
{
    m_mayLook = true;
    askLooks();
    askChecks();
    if (m_clock.instant() < m_reassertPresenceAt)
        return;
    for (const auto &[user, refused] : std::exchange(m_refusedPresence, {}))
        m_directory.reassert(user, refused.asker, refused.lastSeen);
}

void Router::noteAccountChange(const storage::AccountChange &change)
{
    using Scope = storage::AccountChange::Scope;
    for (Connection *connection : connectionsOf(change.user)) {
        const Identity &identity = connection->identity();
        // What was changed before its session was checked does not concern it.
        const bool isOld = change.number > 0 && change.number <= identity.lastAccountChange;
        if (isOld)
            continue;
        const bool ends = change.scope == Scope::All
            || (change.scope == Scope::LoginSessions && !identity.sessionHash.isNull())
            || (change.scope == Scope::Session && identity.sessionHash == change.sessionHash);
        if (ends)
            connection->close(CloseCode::SessionEnded);
    }
}

void Router::replace(ConnectionId id)
{
    if (const auto found = m_connections.find(id); found != m_connections.end())
        found->second->closeInTurn(CloseCode::Replaced);
}

const Router::Connections &Router::connectionsOf(UserId user) const
{
    static const Connections None;
    const auto found = m_users.find(user);
    const Connections &connections = found == m_users.end() ? None : found->second.connections;
#ifndef NDEBUG
    checkIndex(user, connections);
#endif
    return connections;
}

// The index must say what a plain scan of everything connected says.
void Router::checkIndex(UserId user, const Connections &indexed) const
{
    Connections scanned;
    for (const auto &[id, connection] : m_connections) {
        if (connection->identity().user == user)
            scanned.push_back(connection);
    }
    Q_ASSERT(std::ranges::is_permutation(scanned, indexed));
}

} // namespace parley::chat
