// SPDX-License-Identifier: MIT
// GET /chat/private: the way into the chat, for who has a session.
#include "gateway/http/exchange.h"
#include "gateway/http/routes.h"
#include "session/loginsession.h"

namespace parley::http {
namespace {

// A time session belongs to the first address that uses it.
bool isElsewhere(Exchange &exchange, UserId user, QByteArrayView session)
{
    if (exchange.services().bindings.bind(session, exchange.peer().address, exchange.now()))
        return false;
    exchange.report(gateway::SecurityEvent::SessionElsewhere, user);
    return true;
}

} // namespace

Task chat(Exchange &exchange)
{
    if (!exchange.isUpgrade())
        co_return;
    const auto users = queryValues(exchange.request().query, "userId");
    const auto sessions = queryValues(exchange.request().query, "session");
    if (users.size() != 1 || sessions.size() != 1)
        co_return exchange.refuse(
            ErrorCode::BadRequest, "userId and session are required, once each.");
    const auto user = parseUserId(users.front());
    const QByteArrayView session = sessions.front();
    const auto form = session::formOf(session);
    if (!user || form == session::SessionForm::Neither)
        co_return exchange.refuse(ErrorCode::BadRequest, "userId or session is malformed.");
    exchange.claims(*user);

    gateway::Services &services = exchange.services();
    if (exchange.isStopping())
        co_return;
    if (const auto wait = services.throttle.sessionBlocked(exchange.peer().network, exchange.now()))
        co_return exchange.refuseForThrottle(gateway::SecurityEvent::ThrottledSession, *wait);
    chat::Identity identity{*user, {}, 0};
    if (form == session::SessionForm::Login)
        identity.sessionHash = session::hashLoginSession(session);
    else if (!session::isTimeSession(
                 *services.timeSessions.rule(), *user, session, services.clock.now()))
        co_return exchange.refuseSession();

    // What HELLO tells is asked in the same breath, and answered to the connection: whatever ends
    // the session after this check comes after that, too, and finds the connection there.
    exchange.ask(storage::CheckSession{*user, identity.sessionHash});
    exchange.ask(storage::ReadMailbox{*user});
    const auto checked = co_await exchange.answer<storage::CheckedSession>();
    if (!checked)
        co_return;
    if (!checked->valid)
        co_return exchange.refuseSession();
    if (form == session::SessionForm::Time && isElsewhere(exchange, *user, session))
        co_return exchange.refuse(ErrorCode::SessionElsewhere);
    identity.lastAccountChange = checked->lastAccountChange;
    exchange.admit(identity);
}

} // namespace parley::http
