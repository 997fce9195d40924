// SPDX-License-Identifier: MIT
#include "gateway/gateway.h"

#include "core/log.h"

#include <unistd.h>

namespace parley::gateway {

Gateway::Gateway(int index, Services &services)
    : m_index(index)
    , m_services(services)
{
}

Gateway::~Gateway() = default;

void Gateway::start()
{
    m_router = std::make_unique<chat::Router>(m_index, m_services.storage, m_services.directory,
        m_services.tracer, m_services.clock, m_services.policy.limits);
    m_webSocketServer
        = std::make_unique<QWebSocketServer>(QString(), QWebSocketServer::NonSecureMode);
    m_sweep = std::make_unique<QTimer>();
    connect(m_router.get(), &chat::Router::turnBegan, this, &Gateway::beginTurn);
    connect(m_webSocketServer.get(), &QWebSocketServer::newConnection, this, &Gateway::onUpgraded);
    connect(&m_services.coordinator, &coordinator::Coordinator::committed, this,
        &Gateway::onCommitted);
    connect(m_sweep.get(), &QTimer::timeout, this, &Gateway::sweep);
    m_sweep->start(limits::SweepInterval);
}

void Gateway::adopt(qintptr descriptor, bool isTooMany)
{
    auto link = m_router ? std::make_unique<Link>(m_router->newId(), *this) : nullptr;
    if (!link || !link->adopt(descriptor)) {
        ::close(int(descriptor));
        --m_services.sockets;
        return;
    }
    Link &adopted = *m_links.emplace(link->id(), std::move(link)).first->second;
    if (isTooMany)
        adopted.turnAway();
    else if (m_isGoing)
        adopted.goAway();
}

Gateway::Peer Gateway::peerOf(const QHostAddress &address, quint16 port)
{
    return {address.toString().toLatin1(), port};
}

void Gateway::upgrade(Link &link)
{
    m_upgrading[peerOf(link.request()->peerAddress(), link.request()->peerPort())] = &link;
    m_webSocketServer->handleConnection(link.request());
}

// QWebSocketServer hands out QWebSockets, not the sockets that they were made of; the peer's
// address and port say which is which, since a pair of these has but one open connection to us.
void Gateway::onUpgraded()
{
    while (QWebSocket *webSocket = m_webSocketServer->nextPendingConnection()) {
        const auto found
            = m_upgrading.find(peerOf(webSocket->peerAddress(), webSocket->peerPort()));
        if (found == m_upgrading.end()) {
            webSocket->abort();
            webSocket->deleteLater();
            continue;
        }
        Link *link = found->second;
        m_upgrading.erase(found);
        link->upgraded(webSocket);
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
    QMetaObject::invokeMethod(this, &Gateway::endTurn, Qt::QueuedConnection);
}

// All that one wake-up asked goes to the store together, and each socket is written once.
void Gateway::endTurn()
{
    if (!m_router)
        return; // stopped
    m_router->submit();
    while (!m_touched.empty()) { // to settle one may touch others
        for (Link *link : std::exchange(m_touched, {})) {
            link->settle();
            if (!link->isGone())
                continue;
            std::erase_if(m_upgrading, [link](const auto &item) { return item.second == link; });
            m_links.erase(link->id());
            --m_services.sockets;
        }
    }
    m_router->submit();
    m_turnBegan = false;
    if (m_isGoing && m_links.empty() && !std::exchange(m_saidEmptied, true))
        Q_EMIT emptied();
}

void Gateway::onCommitted(const storage::BatchPtr &batch)
{
    if (!m_router)
        return; // stopped
    m_router->applyBatch(batch);
    beginTurn();
}

bool Gateway::checkPassword(ConnectionId id, QByteArray password, QByteArray hash)
{
    return m_services.hasher.verify(std::move(password), std::move(hash), [this, id](bool right) {
        QMetaObject::invokeMethod(
            this, [this, id, right] { passwordChecked(id, right); }, Qt::QueuedConnection);
    });
}

void Gateway::passwordChecked(ConnectionId id, bool right)
{
    if (const auto found = m_links.find(id); found != m_links.end())
        found->second->passwordChecked(right);
}

void Gateway::wakeWatcher(ConnectionId id)
{
    const auto wake = [this, id] {
        if (const auto found = m_links.find(id); found != m_links.end())
            found->second->tellSteps();
    };
    QMetaObject::invokeMethod(this, wake, Qt::QueuedConnection);
}

void Gateway::sweep()
{
    const Instant now = m_services.clock.instant();
    for (const auto &[id, link] : m_links)
        link->sweep(now);
}

void Gateway::goAway()
{
    m_isGoing = true;
    for (const auto &[id, link] : m_links)
        link->goAway();
    beginTurn();
}

void Gateway::stop()
{
    m_services.sockets -= int(m_links.size());
    m_links.clear();
    m_touched.clear();
    m_router->submit();
    m_sweep.reset();
    m_webSocketServer.reset();
    disconnect(&m_services.coordinator, nullptr, this, nullptr);
    m_router.reset();
}

} // namespace parley::gateway
