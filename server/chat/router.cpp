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
    , m_delivery(*this, newId())
    , m_presence(directory, clock)
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
    m_delivery.asked(operation.action);
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
    m_delivery.opened(connection);
    addAsker(connection.id(), connection);
    m_directory.opened(connection.identity().user, connection.id());
}

void Router::closed(Connection &connection)
{
    const UserId user = connection.identity().user;
    submit(); // what it asked comes before its end
    m_presence.watch(connection, {});
    removeAsker(connection.id(), connection);
    m_connections.erase(connection.id());
    m_delivery.closed(connection);
    m_directory.closed(user, connection.id());
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
    m_delivery.ask();
    wakeWaiting();
}

void Router::applyFacts(const coordinator::Facts &facts)
{
    for (const auto &[message, unread, isWhole] : facts.stored) {
        const auto &[receiver, seq, sender, clientId, body, sentAt, receipt] = message;
        if (isWhole)
            m_delivery.deliver(receiver, {{seq, sender, body, sentAt, clientId}, unread});
        else
            m_delivery.heardOf(receiver, seq);
    }
    for (const auto &[receiver, at, messages] : facts.removed)
        noteConfirmed(receiver, messages, at);
    m_presence.noteChanged(facts.presence);
    for (const auto &[user, connection] : facts.replaced)
        m_directory.replace(user, connection);
    sendReceipts();
    askPresence();
    m_delivery.ask();
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
        return notePresence(operation, outcome, batch); // the directory's, not the asker's
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
    if (isMine(operation.asker))
        m_delivery.answered(operation, outcome);
}

void Router::noteOther(const storage::Operation &operation, const storage::Outcome &outcome)
{
    if (const auto *changes = std::get_if<storage::AccountChanges>(&outcome)) {
        for (const storage::AccountChange &change : changes->changes)
            noteAccountChange(change);
    } else if (const auto *ended = std::get_if<storage::EndedSession>(&outcome)) {
        noteAccountChange({ended->user, storage::AccountChange::Scope::Session,
            std::get<storage::EndSession>(operation.action).sessionHash, 0});
    } else if (const auto *beaten = std::get_if<storage::Beaten>(&outcome)) {
        m_presence.noteChanged(beaten->changed);
    } else if (const auto *found = std::get_if<storage::FoundPresence>(&outcome);
               found && operation.asker == m_ownId) {
        m_presence.tell(*found);
    }
}

void Router::deliver(const storage::StoreMessage &message, const storage::Stored &stored)
{
#ifndef NDEBUG
    checkIndex(message.receiver, m_delivery.connectionsOf(message.receiver));
#endif
    m_delivery.deliver(message, stored);
}

void Router::noteConfirmed(UserId receiver, const std::vector<storage::Message> &removed, Time at)
{
    for (Connection *connection : connectionsOf(receiver))
        connection->confirmed(removed);
    for (const storage::Message &message : removed) {
        if (message.receipt && !connectionsOf(message.sender).empty())
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

void Router::notePresence(const storage::Operation &operation, const storage::Outcome &outcome,
    const storage::Batch &batch)
{
    const auto &presence = std::get<storage::WritePresence>(operation.action);
    const auto *written = std::get_if<storage::WrittenPresence>(&outcome);
    if (!written) {
        if (isMine(operation.asker) && operation.asker != ConnectionId())
            m_presence.noteRefused(presence, operation.asker);
        return;
    }
    for (const auto &[user, node, connection] : written->replaced) {
        if (node == batch.mark.writer)
            m_directory.replace(user, connection);
    }
    m_presence.noteWritten(presence, *written);
}

void Router::askPresence()
{
    if (auto changed = m_presence.takeChanged(); !changed.empty())
        ask({storage::ReadPresence{std::move(changed)}, m_ownId, {}});
}

void Router::sweep()
{
    m_delivery.sweep();
    m_presence.sweep();
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

const Delivery::Connections &Router::connectionsOf(UserId user) const
{
    const auto &connections = m_delivery.connectionsOf(user);
#ifndef NDEBUG
    checkIndex(user, connections);
#endif
    return connections;
}

// The index must say what a plain scan of everything connected says.
void Router::checkIndex(UserId user, const Delivery::Connections &indexed) const
{
    Delivery::Connections scanned;
    for (const auto &[id, connection] : m_connections) {
        if (connection->identity().user == user)
            scanned.push_back(connection);
    }
    Q_ASSERT(std::ranges::is_permutation(scanned, indexed));
}

} // namespace parley::chat
