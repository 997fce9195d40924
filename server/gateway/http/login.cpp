// SPDX-License-Identifier: MIT
// POST /login: a login session for a name and its password.
#include "gateway/http/exchange.h"
#include "gateway/http/routes.h"
#include "protocol/codec.h"
#include "session/loginsession.h"

namespace parley::http {

Task login(Exchange &exchange)
{
    auto credentials = protocol::decodeCredentials(exchange.request().body);
    if (!credentials)
        co_return exchange.refuse(
            ErrorCode::BadRequest, "The body is not {\"username\":…,\"password\":…}.");
    gateway::Services &services = exchange.services();
    const QByteArray &network = exchange.peer().network;
    const QByteArray name = credentials->username;
    if (const auto wait = services.throttle.loginBlocked(network, name, exchange.now()))
        co_return exchange.refuseForThrottle(gateway::SecurityEvent::ThrottledLogin, *wait);
    if (exchange.isStopping())
        co_return;

    exchange.ask(storage::FindUsers{name});
    const auto found = co_await exchange.answer<storage::FoundUsers>();
    if (!found)
        co_return;
    // Who may not log in has an empty hash, which is never right, but takes its time.
    const auto user = found->users.begin();
    const bool mayLogIn = user != found->users.end() && user->enabled;
    const QByteArray hash = mayLogIn ? user->passwordHash : QByteArray();
    if (!exchange.checkPassword(std::move(credentials->password), hash, name))
        co_return;
    const bool isRight = co_await exchange.verdict();

    if (!isRight)
        exchange.report(
            gateway::SecurityEvent::FailedLogin, user == found->users.end() ? UserId() : user->id);
    const auto wait = isRight ? services.throttle.loginSucceeded(network, name, exchange.now())
                              : services.throttle.loginFailed(network, name, exchange.now());
    if (wait && isRight)
        co_return exchange.refuseForThrottle(gateway::SecurityEvent::ThrottledLogin, *wait);
    if (wait)
        co_return exchange.refuse(ErrorCode::RateLimited, {}, *wait);
    if (!isRight)
        co_return exchange.refuse(ErrorCode::BadCredentials);
    const session::MintedSession minted = session::mintLoginSession();
    const Time expiresAt = services.clock.now() + services.policy.loginSessionLife;
    exchange.ask(storage::AddSession{user->id, minted.hash, expiresAt, hash});
    const auto added = co_await exchange.answer<storage::AddedSession>();
    if (!added)
        co_return;
    if (!added->added) // what was checked does not hold any more
        co_return exchange.refuse(ErrorCode::BadCredentials);
    const QByteArray chat = "/chat/private?userId=" + QByteArray::number(user->id.value())
        + "&session=" + minted.session;
    exchange.respond(
        {200, protocol::encode(protocol::Login{user->id, minted.session, expiresAt, chat})});
}

} // namespace parley::http
