// SPDX-License-Identifier: MIT
#include "chat/router.h"

#include "chat/connection.h"
#include "core/log.h"

#include <algorithm>

namespace parley::chat {

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
    m_users[connection.identity().user].push_back(&connection);
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
    const auto found = m_users.find(user);
    std::erase(found->second, &connection);
    if (found->second.empty())
        m_users.erase(found);
    m_directory.closed(user, connection.id());
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
    wakeWaiting();
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
        noteConfirmed(std::get<storage::Confirm>(operation.action), *confirmed, batch.at);
    } else {
        noteOther(operation, outcome);
    }
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
    const Connections &connections = connectionsOf(message.receiver);
    if (connections.empty())
        return;
    const protocol::Message pushed{
        stored.seq, message.sender, message.body, stored.sentAt, message.clientId};
    QByteArray payload;
    protocol::append(payload, pushed);
    for (Connection *connection : connections) {
        if (connection->isReady())
            connection->offer(pushed, stored.unread, payload);
    }
}

void Router::noteConfirmed(
    const storage::Confirm &confirm, const storage::Confirmed &confirmed, Time at)
{
    for (Connection *connection : connectionsOf(confirm.user))
        connection->confirmed(confirmed.removed);
    for (const storage::Message &message : confirmed.removed) {
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
    const Connections &connections = found == m_users.end() ? None : found->second;
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
