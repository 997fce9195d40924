// SPDX-License-Identifier: MIT
// Routes within one gateway: questions go from its connections to the store, facts come back
// through the coordinator, and each message goes to the connections of its receiver.
#pragma once

#include "chat/budget.h"
#include "chat/connectionfacts.h"
#include "chat/delivery.h"
#include "chat/directory.h"
#include "chat/outlet.h"
#include "chat/presencewatch.h"
#include "chat/tally.h"
#include "coordinator/facts.h"
#include "storage/batch.h"
#include "trace/tracer.h"

#include <QObject>

#include <functional>
#include <set>
#include <unordered_map>

namespace parley::chat {

class Connection;

// Lives on its gateway's thread; every call is made there.
class Router : public QObject {
    Q_OBJECT

public:
    // `gateway` (0 ... 255) is part of every ConnectionId given out here.
    // `workBytes`: what its connections' commands may hold together.
    Router(int gateway, storage::AsyncStore &, Directory &, trace::Tracer &, const Clock &,
        const Limits &, qint64 workBytes = limits::WorkBytes);
    ~Router() override;

    ConnectionId newId();
    // Asks the store; the operations of one turn of the event loop go together. Their bytes have
    // been taken of the budget, and are given back with the outcome.
    void ask(storage::Operation &&);
    // From now on outcomes for this id go to it.
    void addAsker(ConnectionId, Asker &);
    // Outcomes that still come for it are dropped. Does nothing if another asker has taken its
    // place.
    void removeAsker(ConnectionId, const Asker &);
    // Hands over what was asked; called at the end of each turn.
    void submit();

    // A connection is here from its beginning to its end, whatever its state.
    void opened(Connection &);
    void closed(Connection &);
    void heard(UserId, Time);

    void applyBatch(const storage::BatchPtr &);
    // What other nodes committed; in any order, and not all of it.
    void applyFacts(const coordinator::Facts &);
    // Now and then, limits::SweepInterval apart: asks again what was refused a while ago.
    void sweep();

    const Limits &limits() const { return m_limits; }
    const Clock &clock() const { return m_clock; }
    // The current moment, less all the time in which this process was stopped. Heartbeat timeouts
    // count by it.
    Instant now() const { return m_clock.instant() - m_slept; }
    void sleptFor(milliseconds duration) { m_slept += duration; }
    Delivery &delivery() { return m_delivery; }
    PresenceWatch &presence() { return m_presence; }
    Budget &budget() { return m_budget; }
    Tally &tally() { return *m_tally; }
    // For the metrics, which may outlive this.
    std::shared_ptr<const Tally> sharedTally() const { return m_tally; }
    trace::Tracer &tracer() { return m_tracer; }
    size_t connectionCount() const { return m_connections.size(); }
    // Of this user, or of all when it is 0, at most so many.
    ListedConnections list(UserId, size_t most) const;
    template <class Function> void forEach(Function function)
    {
        for (const auto &[id, connection] : m_connections)
            function(*connection);
    }

Q_SIGNALS:
    // There is something to submit() and perhaps to flush: once per turn.
    void turnBegan();

private:
    void apply(const storage::Operation &, const storage::Outcome &, const storage::Batch &);
    void measureSent(Ticks askedAt);
    void deliver(const storage::StoreMessage &, const storage::Stored &);
    void noteConfirmed(UserId, const std::vector<storage::Message> &removed, Time at);
    void noteOther(const storage::Operation &, const storage::Outcome &);
    void notePresence(const storage::Operation &, const storage::Outcome &, const storage::Batch &);
    void noteAccountChange(const storage::AccountChange &);
    void wakeWaiting();
    void sendReceipts();
    void askPresence();
    void replace(ConnectionId);
    bool isMine(ConnectionId id) const { return int(id.value() >> 48) == m_gateway; }
    const Delivery::Connections &connectionsOf(UserId) const;
    void checkIndex(UserId, const Delivery::Connections &) const;

    const int m_gateway;
    storage::AsyncStore &m_store;
    Directory &m_directory;
    trace::Tracer &m_tracer;
    const Clock &m_clock;
    const Limits m_limits;
    qint64 m_lastId = 0;
    const ConnectionId m_ownId; // the router's questions on behalf of watchers
    Budget m_budget;
    Delivery m_delivery;
    PresenceWatch m_presence;
    const std::shared_ptr<Tally> m_tally = std::make_shared<Tally>();
    Ticks m_askedAt{}; // of all that is in m_asked
    Ticks m_batchAt{}; // the moment of the batch at hand; unset: nobody asked yet
    milliseconds m_slept{};
    std::vector<storage::Operation> m_asked;
    std::vector<storage::PresenceChange> m_heard;
    std::unordered_map<ConnectionId, Asker *> m_askers;
    std::unordered_map<ConnectionId, Connection *> m_connections;
    // What the batch at hand has to tell, gathered so that several share a frame.
    std::unordered_map<UserId, std::vector<protocol::Receipt>> m_receipts;
};

} // namespace parley::chat
