// SPDX-License-Identifier: MIT
#include "gateway/link.h"

#include "chat/steps.h"
#include "core/log.h"
#include "gateway/chatendpoint.h"
#include "gateway/gateway.h"
#include "gateway/services/securitylog.h"
#include "gateway/traceendpoint.h"
#include "gateway/transport/plaintransport.h"
#include "gateway/transport/tlstransport.h"

namespace parley::gateway {

namespace {

std::unique_ptr<transport::Transport> transportOf(
    Arrival &arrival, transport::Transport::Owner &owner)
{
    if (arrival.tls)
        return std::make_unique<transport::TlsTransport>(arrival.take(), arrival.tls, owner);
    return std::make_unique<transport::PlainTransport>(arrival.take(), owner);
}

} // namespace

Link::Link(ConnectionId id, Arrival arrival, const Peer &peer, Place place, Gateway &gateway)
    : m_id(id)
    , m_gateway(gateway)
    , m_share(gateway.services().load)
    , m_transport(transportOf(arrival, *this))
    , m_exchange(
          std::make_unique<http::Exchange>(id, *this, peer, gateway.services(), gateway.router()))
    , m_place(std::move(place))
    , m_address(peer.host)
    , m_since(gateway.router().now())
{
    if (m_place.isTurnedAway())
        m_exchange->turnAway();
}

Link::~Link()
{
    m_exchange.reset();
    leaveChat();
}

void Link::onReadable()
{
    m_due = {};
    if (m_phase == Phase::Request && !isReady())
        return shakeHands();
    const auto input = m_transport->read(m_gateway.readBuffer());
    switch (m_phase) {
    case Phase::Request:
        return readRequest(input);
    case Phase::Open:
        return read(input);
    case Phase::Closing: // what comes behind the end is not looked at
        if (input.peer == transport::Transport::Peer::Gone
            || (input.peer == transport::Transport::Peer::Ended && m_transport->waiting() == 0))
            gone();
        else if (input.peer == transport::Transport::Peer::Ended)
            m_transport->setReading(false);
        return;
    case Phase::Gone:
        return;
    }
}

void Link::shakeHands()
{
    using Stage = transport::Transport::Stage;
    if (!m_gateway.handshakes().mayGoOn(m_id, m_gateway.router().now()))
        return m_transport->setReading(false);
    const auto input = m_transport->read(m_gateway.readBuffer());
    const Stage stage = m_transport->stage();
    if (stage == Stage::Ready)
        countHandshake();
    if (stage == Stage::Ready || stage == Stage::NotTls)
        m_gateway.handshakeEnded(m_id);
    if (stage == Stage::NotTls)
        respond(http::refusal(ErrorCode::BadRequest, "This port speaks TLS: use https or wss."));
    else if (stage == Stage::Ready || input.peer == transport::Transport::Peer::Gone)
        readRequest(input);
}

void Link::countHandshake()
{
    GatewayCounts &counts = m_gateway.counts();
    (m_transport->isResumed() ? counts.handshakesResumed : counts.handshakesMade).add();
}

void Link::readRequest(const transport::Transport::Input &input)
{
    const bool wasWaiting = m_exchange->isWaitingForRequest();
    if (input.peer == transport::Transport::Peer::Gone
        || (input.peer == transport::Transport::Peer::Ended && wasWaiting))
        return gone();
    if (!wasWaiting)
        m_transport->setReading(false); // one look at what comes behind a request is enough
    m_exchange->feed({input.bytes.data(), qsizetype(input.bytes.size())});
    if (wasWaiting && !m_exchange->isWaitingForRequest())
        m_since = m_gateway.router().now();
}

void Link::read(const transport::Transport::Input &input)
{
    if (input.peer == transport::Transport::Peer::Gone)
        gone();
    else if (input.peer == transport::Transport::Peer::Ended)
        m_webSocket->peerEnded();
    else
        m_webSocket->received(input.bytes);
}

void Link::onWritable()
{
    m_phase == Phase::Open ? m_webSocket->writable() : flush();
}

void Link::sendInterim(QByteArrayView bytes)
{
    m_transport->write(bytes);
    flush();
}

bool Link::checkPassword(
    QByteArray password, QByteArray hash, const QByteArray &name, const Peer &peer)
{
    return m_gateway.checkPassword(m_id, std::move(password), std::move(hash), name, peer);
}

void Link::passwordChecked(bool right)
{
    if (m_phase == Phase::Request)
        m_exchange->passwordChecked(right);
}

void Link::respond(const http::Response &response)
{
    if (m_phase != Phase::Request)
        return; // it has gone meanwhile
    m_gateway.services().metrics.countAnswer(response.status, response.code);
    if (!response.code.isEmpty())
        tellRefused(response);
    m_transport->write(http::serialize(response, !m_exchange->isHead()));
    finish();
}

void Link::tellRefused(const http::Response &response)
{
    qCDebug(lcGateway).noquote().nospace()
        << "refused: address=" << address() << " status=" << response.status
        << " code=" << response.code;
    if (!m_gateway.services().tracer.isOn())
        return;
    protocol::TraceEvent step;
    step.kind = protocol::TraceKind::Error;
    step.connectionId = chat::wireText(m_id);
    step.userId = m_exchange->claimedUser();
    step.code = response.code.toByteArray();
    m_gateway.services().tracer.record(std::move(step));
}

void Link::admit(const chat::Identity &identity)
{
    Services &services = m_gateway.services();
    if (services.isStopping || !m_place.enter())
        return respond(http::refusal(ErrorCode::Overloaded, "Too many connections."));
    m_user = identity.user;
    qCDebug(lcGateway).noquote().nospace()
        << "opened: connection=" << m_id.value() << " address=" << address()
        << " user=" << m_user.value();
    services.metrics.connectionOpened(); // and ended when it leaves its place
    if (!open())
        return;
    m_webSocket->setEndpoint(
        std::make_unique<ChatEndpoint>(m_id, identity, *m_webSocket, m_gateway.router()));
}

void Link::admitWatcher()
{
    const auto wakeLater = [gateway = &m_gateway, id = m_id] { gateway->wakeLater(id); };
    auto watcher = m_gateway.services().tracer.watch(wakeLater);
    if (!watcher)
        return respond(http::refusal(ErrorCode::Overloaded, "Too many trace watchers."));
    if (!open())
        return;
    m_webSocket->setEndpoint(
        std::make_unique<TraceEndpoint>(std::move(watcher), *m_webSocket, wakeLater));
}

bool Link::open()
{
    if (m_phase != Phase::Request)
        return false; // it has gone meanwhile
    const QByteArray accepted = m_gateway.handshake().accept(m_exchange->request().webSocketKey);
    if (accepted.isNull()) {
        qCCritical(lcGateway) << "QWebSocketServer refused a handshake that was in order";
        respond(http::refusal(ErrorCode::Internal));
        return false;
    }
    m_transport->write(accepted);
    m_transport->setReading(true);
    m_phase = Phase::Open;
    m_webSocket = std::make_unique<websocket::Connection>(
        *this, *m_transport, m_share, m_gateway.services().policy.limits.frameBytes);
    touch();
    return true;
}

void Link::wake()
{
    if (m_phase == Phase::Open)
        m_webSocket->wake();
}

void Link::onClosed(CloseCode code)
{
    if (m_place.isInside()) {
        m_gateway.services().metrics.countClosed(code);
        tellClosed(code);
    }
    finish();
}

void Link::tellClosed(CloseCode code)
{
    using enum CloseCode;
    if (code == BadFrames || code == ProtocolError || code == NotUtf8 || code == TooLarge)
        report(m_gateway.services().metrics, SecurityEvent::BadFrames, address(), m_user);
    else if (code == SlowConsumer)
        qCInfo(lcSecurity).noquote().nospace()
            << "event=slow_consumer address=" << address() << " user=" << m_user.value();
    qCDebug(lcGateway).noquote().nospace()
        << "closed: connection=" << m_id.value() << " code=" << int(code);
}

bool Link::moveTo(const Peer &client)
{
    m_address = client.host;
    const bool hasMoved = m_place.moveTo(client.network);
    if (!hasMoved)
        m_gateway.counts().sockets.everTurnedAway.add();
    return hasMoved;
}

// An answer that meets bytes still unread would be lost to a reset; so does the end of every
// connection go: ours is said, then we listen until the peer's, or for a while.
void Link::finish()
{
    m_phase = Phase::Closing;
    m_since = m_gateway.router().now();
    m_transport->setReading(true);
    touch();
    flush();
}

void Link::flush()
{
    if (!m_transport->flush())
        return gone();
    if (m_phase != Phase::Closing)
        return;
    if (!m_webSocket)
        m_share.set(m_transport->waiting());
    if (m_transport->waiting() == 0)
        m_transport->endWriting();
}

void Link::gone()
{
    if (!isReady())
        m_gateway.handshakeEnded(m_id);
    if (m_transport->stage() == transport::Transport::Stage::Handshake && m_phase != Phase::Gone)
        m_gateway.counts().handshakesFailed.add();
    m_phase = Phase::Gone;
    m_transport->setReading(false);
    touch();
}

void Link::touch()
{
    m_due = {};
    if (!std::exchange(m_isTouched, true))
        m_gateway.touched(*this);
}

void Link::endTurn()
{
    m_isTouched = false;
    if (m_phase == Phase::Open)
        m_webSocket->endTurn();
    if (m_phase != Phase::Request)
        m_exchange.reset();
    if (m_phase == Phase::Closing || m_phase == Phase::Gone)
        leaveChat();
}

void Link::leaveChat()
{
    m_webSocket.reset();
    if (!m_place.isInside())
        return;
    m_place.exit(m_user, [gateway = &m_gateway, id = m_id] { gateway->evictLater(id); });
    m_gateway.services().metrics.connectionEnded();
    qCDebug(lcGateway).noquote().nospace()
        << "ended: connection=" << m_id.value() << " user=" << m_user.value();
}

void Link::sweep(Instant now)
{
    if (now < m_due)
        return;
    const auto passed = now - m_since;
    switch (m_phase) {
    case Phase::Request:
        return sweepRequest(passed);
    case Phase::Open:
        m_due = m_webSocket->sweep(now);
        return;
    case Phase::Closing:
        if (passed >= limits::CloseTimeout || m_share.isInTheWay(m_transport->waiting()))
            gone();
        return;
    case Phase::Gone:
        return;
    }
}

void Link::sweepRequest(milliseconds passed)
{
    if (m_gateway.handshakes().isOverdue(m_id, m_gateway.router().now()))
        return gone();
    const bool wasWaiting = m_exchange->isWaitingForRequest();
    if (passed < (!wasWaiting            ? limits::DecisionTimeout
                : m_place.isTurnedAway() ? limits::TurnedAwayTimeout
                                         : limits::RequestTimeout))
        return;
    readLast();
    if (m_phase == Phase::Request && m_exchange->isWaitingForRequest() == wasWaiting)
        isReady() ? m_exchange->timeOut() : gone();
}

void Link::goAway()
{
    if (m_phase == Phase::Open)
        m_webSocket->goAway();
    else if (m_phase == Phase::Request && !isReady())
        gone();
    else if (m_phase == Phase::Request && m_exchange->isWaitingForRequest())
        m_exchange->refuseForStopping();
}

void Link::evict()
{
    readLast();
    if (m_phase == Phase::Request && isReady())
        m_exchange->timeOut();
    gone();
}

// What has come is read before it is judged as missing.
void Link::readLast()
{
    if (m_phase == Phase::Request && m_exchange->isWaitingForRequest())
        onReadable();
}

} // namespace parley::gateway
