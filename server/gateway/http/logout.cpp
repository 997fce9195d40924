// SPDX-License-Identifier: MIT
// POST /logout: ends a login session, and with it its connections.
#include "gateway/http/exchange.h"
#include "gateway/http/routes.h"
#include "session/loginsession.h"

namespace parley::http {

Task logout(Exchange &exchange)
{
    const auto session = bearer(exchange.request().authorization);
    if (!session)
        co_return exchange.refuse(
            ErrorCode::BadRequest, "Authorization: Bearer SESSION is required.");
    const auto wait =
        exchange.services().throttle.sessionBlocked(exchange.peer().network, exchange.now());
    if (wait)
        co_return exchange.refuseForThrottle(gateway::SecurityEvent::ThrottledSession, *wait);
    if (session::formOf(*session) != session::SessionForm::Login)
        co_return exchange.refuseSession();
    exchange.ask(storage::EndSession{session::hashLoginSession(*session)});
    const auto ended = co_await exchange.answer<storage::EndedSession>();
    if (!ended)
        co_return;
    if (ended->user == UserId())
        co_return exchange.refuseSession();
    exchange.respond({204, {}});
}

} // namespace parley::http
