// SPDX-License-Identifier: MIT
#include "gateway/gateway.h"

#include "chat/cost.h"
#include "core/log.h"
#include "gateway/transport/tlstransport.h"

#include <QCoreApplication>
#include <QEvent>

#include <unistd.h>

namespace parley::gateway {

Arrival::~Arrival()
{
    if (m_descriptor >= 0)
        ::close(m_descriptor);
    arrived();
}

void Arrival::arrived()
{
    if (m_count)
        --*std::exchange(m_count, nullptr);
}

namespace {

constexpr auto EndOfTurn = QEvent::User;

} // namespace

Gateway::Gateway(int index, int count, Services &services)
    : m_index(index)
    , m_count(count)
    , m_services(services)
    , m_handshakes(size_t(limits::TlsHandshakes / count))
{
}

Gateway::~Gateway() = default;

void Gateway::start()
{
    m_router = std::make_unique<chat::Router>(m_index, m_services.storage, m_services.directory,
        m_services.tracer, m_services.clock, m_services.policy.limits,
        std::max(limits::WorkBytes / m_count, chat::largestCost(m_services.policy.limits)));
    m_counts = &m_services.metrics.addGateway(m_index, m_router->sharedTally());
    m_handshake = std::make_unique<websocket::Handshake>();
    m_proxyHeaders = std::make_unique<ProxyHeaders>(m_services, m_readBuffer, m_counts->sockets,
        [this](Arrival arrival, const Peer &client) { adopt(std::move(arrival), client); });
    m_sweep = std::make_unique<QTimer>();
    connect(m_router.get(), &chat::Router::turnBegan, this, &Gateway::beginTurn);
    using coordinator::Coordinator;
    const Coordinator *const coordinator = m_services.coordinator.get();
    connect(coordinator, &Coordinator::committed, this, &Gateway::onCommitted);
    connect(coordinator, &Coordinator::heard, this, &Gateway::onHeard);
    connect(coordinator, &Coordinator::missed, this, &Gateway::onMissed);
    connect(m_sweep.get(), &QTimer::timeout, this, &Gateway::sweep);
    m_lastSweep = std::chrono::steady_clock::now();
    m_sweep->start(limits::SweepInterval);
}

void Gateway::adopt(std::vector<Arrival> arrivals)
{
    if (!m_router)
        return; // stopped
    for (Arrival &arrival : arrivals) {
        if (!m_isGoing && proxy::isIn(m_services.policy.headerProxies, arrival.peer)) {
            m_proxyHeaders->await(std::move(arrival));
        } else {
            const Peer peer = Peer::of(arrival.peer);
            adopt(std::move(arrival), peer);
        }
    }
}

void Gateway::adopt(Arrival arrival, const Peer &peer)
{
    const bool isProxy = proxy::isIn(m_services.policy.forwardingProxies, arrival.peer);
    Place place = m_services.admission.arrive(peer.network, isProxy, &m_counts->sockets);
    const bool isTurnedAway = place.isTurnedAway();
    const ConnectionId id = m_router->newId();
    auto link = std::make_unique<Link>(id, std::move(arrival), peer, std::move(place), *this);
    Link &adopted = *m_links.emplace(id, std::move(link)).first->second;
    if (m_isGoing)
        adopted.goAway();
    if (!isTurnedAway)
        return;
    m_counts->sockets.everTurnedAway.add();
    m_turnedAway.push_back({id, peer.network});
    makeRoom();
    ++m_turnedAwaySince;
    if (const Instant now = m_router->now(); now >= m_nextComplaint) {
        m_nextComplaint = now + limits::ComplaintInterval;
        qCWarning(lcGateway).noquote()
            << "too many sockets that are not connections; turned away:"
            << std::exchange(m_turnedAwaySince, 0) << "the last one from" << peer.address;
    }
}

// Who is turned away has a place of the reserve, which is never full. Whoever was answered makes
// room, or else the oldest of the network that has most of them, so that no flood of one keeps
// others from asking for health.
void Gateway::makeRoom()
{
    std::erase_if(m_turnedAway, [this](const auto &one) { return !m_links.contains(one.id); });
    const size_t most = size_t(std::max(1, m_services.policy.limits.reservePlaces / m_count));
    while (m_turnedAway.size() > most) {
        std::unordered_map<QByteArrayView, int> places;
        for (const TurnedAway &one : m_turnedAway)
            ++places[one.network];
        const auto worth = [&](const TurnedAway &one) {
            const bool wasAnswered = m_links.find(one.id)->second->wasAnswered();
            return std::pair(wasAnswered, places[one.network]);
        };
        const auto oldest = std::ranges::max_element(m_turnedAway, {}, worth);
        evict(*m_links.find(oldest->id)->second);
        m_turnedAway.erase(oldest);
    }
}

chat::ListedConnections Gateway::list(UserId user, size_t most) const
{
    if (!m_router)
        return {};
    auto listed = m_router->list(user, most);
    for (chat::ConnectionFacts &facts : listed.connections)
        facts.address = m_links.find(facts.id)->second->address();
    return listed;
}

void Gateway::handshakeEnded(ConnectionId id)
{
    m_handshakes.end(id);
    while (const auto next = m_handshakes.next(m_router->now())) {
        if (const auto found = m_links.find(*next); found != m_links.end())
            found->second->mayShakeHands();
    }
}

void Gateway::touched(Link &link)
{
    m_touched.push_back(&link);
    beginTurn();
}

void Gateway::beginTurn()
{
    if (std::exchange(m_turnBegan, true))
        return;
    QCoreApplication::postEvent(this, new QEvent(EndOfTurn));
}

bool Gateway::event(QEvent *event)
{
    if (event->type() != EndOfTurn)
        return QObject::event(event);
    endTurn();
    return true;
}

// All that one wake-up asked goes to the store together, and each socket is written once.
void Gateway::endTurn()
{
    if (!m_router)
        return; // stopped
    m_router->submit();
    while (!m_touched.empty()) { // ending its turn, one may touch others and itself
        m_endingTurn.swap(m_touched);
        for (Link *link : m_endingTurn) {
            link->endTurn();
            if (link->isGone())
                erase(*link);
        }
        m_endingTurn.clear();
    }
    m_router->submit();
    m_turnBegan = false;
    if (m_isGoing && m_links.empty() && !std::exchange(m_saidEmptied, true))
        Q_EMIT emptied();
}

void Gateway::erase(Link &link)
{
    link.endTurn(); // it may have ended just now
    std::erase(m_touched, &link);
    m_links.erase(link.id());
}

void Gateway::onCommitted(const storage::BatchPtr &batch)
{
    if (!m_router)
        return; // stopped
    m_router->applyBatch(batch);
    beginTurn();
}

void Gateway::onHeard(const coordinator::FactsPtr &facts)
{
    if (!m_router)
        return; // stopped
    m_router->applyFacts(*facts);
    beginTurn();
}

void Gateway::onMissed()
{
    if (!m_router)
        return; // stopped
    m_router->delivery().checkAll();
    beginTurn();
}

bool Gateway::checkPassword(
    ConnectionId id, QByteArray password, QByteArray hash, const QByteArray &name, const Peer &peer)
{
    return m_services.hasher.verify(
        {name, peer.network}, std::move(password), std::move(hash), [this, id](bool right) {
            QMetaObject::invokeMethod(
                this, [this, id, right] { passwordChecked(id, right); }, Qt::QueuedConnection);
        });
}

void Gateway::passwordChecked(ConnectionId id, bool right)
{
    if (const auto found = m_links.find(id); found != m_links.end())
        found->second->passwordChecked(right);
}

void Gateway::wakeLater(ConnectionId id)
{
    const auto wake = [this, id] {
        if (const auto found = m_links.find(id); found != m_links.end())
            found->second->wake();
    };
    QMetaObject::invokeMethod(this, wake, Qt::QueuedConnection);
}

void Gateway::evictLater(ConnectionId id)
{
    const auto evictNow = [this, id] {
        if (const auto found = m_links.find(id); found != m_links.end())
            evict(*found->second);
    };
    QMetaObject::invokeMethod(this, evictNow, Qt::QueuedConnection);
}

// Now, for its descriptor is needed.
void Gateway::evict(Link &link)
{
    link.evict();
    erase(link);
}

void Gateway::sweep()
{
    using std::chrono::steady_clock;
    // What we have slept through, stopped or starved, is nobody's silence.
    const auto moment = steady_clock::now();
    const auto slept = moment - std::exchange(m_lastSweep, moment) - limits::SweepInterval;
    if (slept > limits::SweepInterval)
        m_router->sleptFor(std::chrono::duration_cast<milliseconds>(slept));
    const Instant now = m_router->now();
    for (const auto &[id, link] : m_links)
        link->sweep(now);
    m_proxyHeaders->sweep(now);
    transport::TlsTransport::releaseIdle();
    m_router->sweep();
    m_lastAlive = now;
    m_counts->handshakes.set(qint64(m_handshakes.underWay()));
    m_counts->handshakesWaiting.set(qint64(m_handshakes.waiting()));
}

void Gateway::goAway()
{
    m_isGoing = true;
    m_proxyHeaders->clear();
    for (const auto &[id, link] : m_links)
        link->goAway();
    beginTurn();
}

void Gateway::stop()
{
    m_proxyHeaders.reset();
    m_links.clear();
    m_touched.clear();
    m_router->submit();
    m_sweep.reset();
    m_handshake.reset();
    disconnect(m_services.coordinator.get(), nullptr, this, nullptr);
    m_router.reset();
}

} // namespace parley::gateway
