// SPDX-License-Identifier: MIT
// GET /trace: the way to watch, for who has the admin token.
#include "gateway/http/exchange.h"
#include "gateway/http/routes.h"
#include "session/sodium.h"

namespace parley::http {
namespace {

// A browser cannot set headers for a WebSocket, so the query will do.
QByteArray adminToken(const Request &request)
{
    if (const auto token = bearer(request.authorization))
        return token->toByteArray();
    const auto tokens = queryValues(request.query, "token");
    return tokens.size() == 1 ? QByteArray::fromPercentEncoding(tokens.front().toByteArray())
                              : QByteArray();
}

} // namespace

Task trace(Exchange &exchange)
{
    if (!exchange.isUpgrade())
        return {};
    gateway::Services &services = exchange.services();
    const auto wait = services.throttle.sessionBlocked(exchange.peer().network, exchange.now());
    if (exchange.isStopping())
        return {};
    if (wait)
        exchange.refuseForThrottle(gateway::SecurityEvent::ThrottledSession, *wait);
    else if (!session::isSecret(*services.policy.traceToken, adminToken(exchange.request())))
        exchange.refuseSession(gateway::SecurityEvent::BadAdminToken);
    else
        exchange.admitWatcher();
    return {};
}

} // namespace parley::http
