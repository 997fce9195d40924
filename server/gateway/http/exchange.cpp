// SPDX-License-Identifier: MIT
#include "gateway/http/exchange.h"

#include "core/log.h"
#include "gateway/http/routes.h"
#include "gateway/services/securitylog.h"

#include <algorithm>

namespace parley::http {
namespace {

// A browser may be told what the methods are of who is there (RFC 9110 9.3.7).
Response methods(QByteArrayView allowed, ErrorCode otherwise)
{
    Response response;
    if (otherwise == ErrorCode::MethodNotAllowed)
        response = refusal(otherwise);
    else
        response.status = 204;
    response.extraHeaders = "Allow: " + allowed.toByteArray() + "\r\n";
    return response;
}

bool isWebSocketKey(const QByteArray &key)
{
    const auto nonce = QByteArray::fromBase64Encoding(key, QByteArray::AbortOnBase64DecodingErrors);
    return key.size() == 24 && nonce && nonce.decoded.size() == 16;
}

} // namespace

Exchange::Exchange(ConnectionId id, Owner &owner, gateway::Peer peer, gateway::Services &services,
    chat::Router &router)
    : m_id(id)
    , m_owner(owner)
    , m_peer(std::move(peer))
    , m_services(services)
    , m_router(router)
{
    m_router.addAsker(m_id, *this);
}

Exchange::~Exchange()
{
    m_router.removeAsker(m_id, *this);
}

void Exchange::feed(QByteArrayView bytes)
{
    const bool wasDecided = !isWaitingForRequest();
    const Parser::State state = m_parser.feed(bytes);
    // The head says whose it is; nobody is the proxy's for as long as they keep back a body.
    if (m_parser.hasHead() && !std::exchange(m_isClientKnown, true) && !findClient())
        return;
    switch (state) {
    case Parser::State::NeedsMore:
        if (m_isTurnedAway && m_parser.hasHead())
            refuse(ErrorCode::Overloaded, "Too many connections."); // no body is for everybody
        else if (m_parser.takeExpectation())
            m_owner.sendInterim("HTTP/1.1 100 Continue\r\n\r\n");
        return;
    case Parser::State::Refused:
        return respond(m_parser.refusal());
    case Parser::State::Complete:
        if (!wasDecided)
            decide();
    }
}

// A trusted proxy says for whom it passes on a request.
bool Exchange::findClient()
{
    const proxy::Networks &proxies = m_services.policy.forwardingProxies;
    if (proxies.empty())
        return true;
    const QHostAddress sender = proxy::addressOf(m_peer.address);
    if (!proxy::isIn(proxies, sender))
        return true;
    const auto client = proxy::clientOf(request().forwarded, sender, proxies);
    if (!client) {
        refuse(ErrorCode::BadRequest, client.failure().text.toUtf8());
        return false;
    }
    const bool isProxyHere = m_peer.isLoopback;
    m_peer = gateway::Peer::of(*client);
    m_peer.isLoopback = m_peer.isLoopback && isProxyHere;
    if (!m_owner.moveTo(m_peer)) {
        m_isTurnedAway = true;
        qCInfo(lcGateway).noquote()
            << "too many sockets that are not connections; turned away: address=" << m_peer.address;
    }
    return true;
}

void Exchange::decide()
{
    const Route *const route = findRoute(request().path);
    const QByteArray &method = request().method;
    // A proxy that checks our health asks for "/" where it is told nothing else.
    const bool isServer = request().path == "*" || request().path == "/";
    if (isServer && method == "OPTIONS")
        return respond(methods("GET, HEAD, POST, OPTIONS", {}));
    if (m_isTurnedAway && !(route && route->isForEverybody))
        return refuse(ErrorCode::Overloaded, "Too many connections.");
    if (!route || (route->handler == trace && !m_services.policy.traceToken))
        return refuse(ErrorCode::NotFound);
    if (method == "OPTIONS")
        return respond(methods(route->allowed, {}));
    if (method != route->method && !(method == "HEAD" && route->method == "GET"))
        return respond(methods(route->allowed, ErrorCode::MethodNotAllowed));
    if (!route->isForEverybody && !isOriginAllowed())
        return refuse(ErrorCode::OriginRefused);
    m_task = route->handler(*this);
}

void Exchange::timeOut()
{
    if (isWaitingForRequest())
        refuse(m_isTurnedAway ? ErrorCode::Overloaded : ErrorCode::RequestTimeout);
    else
        refuseForStore();
}

void Exchange::answered(const storage::Operation &, const storage::Outcome &outcome, Time)
{
    m_outcome = &outcome;
    resume();
    m_outcome = nullptr;
}

bool Exchange::checkPassword(QByteArray password, QByteArray hash, const QByteArray &name)
{
    if (m_owner.checkPassword(std::move(password), std::move(hash), name, m_peer))
        return true;
    refuse(ErrorCode::Overloaded, "Too many logins at once.");
    return false;
}

void Exchange::passwordChecked(bool right)
{
    m_verdict = right;
    resume();
}

// What comes after the response, or is not waited for, is of no use any more.
void Exchange::resume()
{
    if (m_isOver || !m_paused)
        return;
    std::exchange(m_paused, {}).resume();
}

void Exchange::respond(const Response &response)
{
    if (!std::exchange(m_isOver, true))
        m_owner.respond(response);
}

void Exchange::refuse(ErrorCode code, QByteArrayView message, milliseconds retryAfter)
{
    using namespace std::chrono;
    respond(refusal(
        code, message, int(ceil<seconds>(std::max(retryAfter, limits::RetryAfter)).count())));
}

void Exchange::report(gateway::SecurityEvent event, UserId user)
{
    gateway::report(m_services.metrics, event, m_peer.address, user);
}

void Exchange::refuseSession(gateway::SecurityEvent event)
{
    report(event, m_claimedUser);
    const auto wait = m_services.throttle.sessionFailed(m_peer.network, now());
    if (wait)
        return refuse(ErrorCode::RateLimited, {}, *wait);
    refuse(ErrorCode::SessionInvalid);
}

void Exchange::refuseForThrottle(gateway::SecurityEvent event, milliseconds retryAfter)
{
    report(event, m_claimedUser);
    refuse(ErrorCode::RateLimited, {}, retryAfter);
}

void Exchange::refuseForStore()
{
    refuse(ErrorCode::Overloaded, "The store does not answer.");
}

void Exchange::refuseForStopping()
{
    refuse(ErrorCode::Overloaded, "The server is shutting down.");
}

bool Exchange::isStopping()
{
    if (!m_services.isStopping)
        return false;
    refuseForStopping();
    return true;
}

bool Exchange::isUpgrade()
{
    if (request().method != "GET" || !request().wantsWebSocket
        || request().webSocketVersion != "13")
        refuse(ErrorCode::UpgradeRequired);
    else if (!isWebSocketKey(request().webSocketKey))
        refuse(ErrorCode::BadRequest);
    else
        return true;
    return false;
}

bool Exchange::mayEnter()
{
    if (m_parser.hasMore())
        refuse(ErrorCode::BadRequest, "There are bytes after the upgrade request.");
    return !std::exchange(m_isOver, true);
}

void Exchange::admit(const chat::Identity &identity)
{
    if (mayEnter())
        m_owner.admit(identity);
}

void Exchange::admitWatcher()
{
    if (mayEnter())
        m_owner.admitWatcher();
}

bool Exchange::isOriginAllowed() const
{
    const auto &allowed = m_services.policy.allowedOrigins;
    return request().origin.isNull() || allowed.empty()
        || std::ranges::find(allowed, request().origin) != allowed.end();
}

} // namespace parley::http
