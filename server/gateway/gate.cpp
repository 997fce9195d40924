// SPDX-License-Identifier: MIT
#include "gateway/gate.h"

#include "core/log.h"
#include "session/loginsession.h"
#include "session/sodium.h"

#include <algorithm>

namespace parley::gateway {
namespace {

const QByteArray ChatPath = QByteArrayLiteral("/chat/private");

QHostAddress plain(const QHostAddress &address)
{
    bool isV4 = false;
    const quint32 v4 = address.toIPv4Address(&isV4); // also of ::ffff:a.b.c.d
    return isV4 ? QHostAddress(v4) : address;
}

QByteArray networkOf(const QHostAddress &address)
{
    if (address.protocol() != QAbstractSocket::IPv6Protocol)
        return address.toString().toLatin1();
    const Q_IPV6ADDR bytes = address.toIPv6Address();
    return QByteArray(reinterpret_cast<const char *>(bytes.c), 8).toHex();
}

// 1 ... 2^53 - 1 in plain decimal digits; anything else is nullopt.
std::optional<UserId> parseUserId(QByteArrayView text)
{
    const bool digits = !text.isEmpty() && text.size() <= 16 && text.front() != '0'
        && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
    if (!digits)
        return std::nullopt;
    const qint64 value = text.toLongLong();
    return value <= MaxInteger ? std::optional(UserId(value)) : std::nullopt;
}

// What is behind "Bearer"; nullopt: there is none.
std::optional<QByteArrayView> bearer(QByteArrayView authorization)
{
    constexpr QByteArrayView Scheme = "Bearer ";
    if (authorization.size() <= Scheme.size()
        || authorization.first(Scheme.size()).compare(Scheme, Qt::CaseInsensitive) != 0)
        return std::nullopt;
    return authorization.sliced(Scheme.size()).trimmed();
}

// A browser cannot set headers for a WebSocket, so the query will do.
QByteArray adminToken(const HttpRequest &request)
{
    if (const auto token = bearer(request.authorization))
        return token->toByteArray();
    const auto tokens = queryValues(request.query, "token");
    return tokens.size() == 1 ? QByteArray::fromPercentEncoding(tokens[0].toByteArray())
                              : QByteArray();
}

bool isWebSocketKey(const QByteArray &key)
{
    return key.size() == 24 && QByteArray::fromBase64(key).size() == 16;
}

} // namespace

Gate::Gate(ConnectionId id, Visitor &visitor, const QHostAddress &peer, Services &services,
    chat::Router &router)
    : m_id(id)
    , m_visitor(visitor)
    , m_services(services)
    , m_router(router)
    , m_address(plain(peer).toString().toLatin1())
    , m_network(networkOf(plain(peer)))
    , m_isLoopback(peer.isLoopback())
{
    m_router.addAsker(m_id, *this);
}

Gate::~Gate() { m_router.removeAsker(m_id); }

void Gate::decide(const HttpRequest &request)
{
    struct Route {
        QByteArrayView path;
        QByteArrayView method;
        void (*go)(Gate &, const HttpRequest &);
    };
    static constexpr Route Routes[] {
        {"/chat/private", "GET", [](Gate &g, const HttpRequest &r) { g.chat(r); }},
        {"/login", "POST", [](Gate &g, const HttpRequest &r) { g.login(r); }},
        {"/logout", "POST", [](Gate &g, const HttpRequest &r) { g.logout(r); }},
        {"/healthz", "GET",
            [](Gate &g, const HttpRequest &) { g.m_visitor.answer({200, "{\"status\":\"up\"}"}); }},
        {"/readyz", "GET", [](Gate &g, const HttpRequest &) { g.ready(); }},
        {"/metrics", "GET", [](Gate &g, const HttpRequest &) { g.metrics(); }},
        {"/trace", "GET", [](Gate &g, const HttpRequest &r) { g.trace(r); }},
    };
    for (const Route &route : Routes) {
        if (route.path != request.path)
            continue;
        if (route.path == "/trace" && !m_services.policy.traceToken)
            break;
        if (route.method == request.method)
            return route.go(*this, request);
        HttpAnswer answer = refusal(ErrorCode::MethodNotAllowed);
        answer.extraHeaders = "Allow: " + route.method.toByteArray() + "\r\n";
        return m_visitor.answer(answer);
    }
    refuse(ErrorCode::NotFound);
}

bool Gate::isUpgrade(const HttpRequest &request)
{
    if (!request.wantsWebSocket || request.webSocketVersion != "13")
        refuse(ErrorCode::UpgradeRequired);
    else if (!isWebSocketKey(request.webSocketKey) || !request.body.isEmpty())
        refuse(ErrorCode::BadRequest);
    else
        return true;
    return false;
}

void Gate::chat(const HttpRequest &request)
{
    if (!isUpgrade(request))
        return;
    const auto users = queryValues(request.query, "userId");
    const auto sessions = queryValues(request.query, "session");
    if (users.size() != 1 || sessions.size() != 1)
        return refuse(ErrorCode::BadRequest, "userId and session are needed, once each.");
    const auto user = parseUserId(users[0]);
    if (!user || session::formOf(sessions[0]) == session::SessionForm::Neither)
        return refuse(ErrorCode::BadRequest, "userId or session is not of its form.");
    if (!isOriginAllowed(request))
        return refuse(ErrorCode::OriginRefused);
    if (m_services.isStopping)
        return refuse(ErrorCode::Overloaded, "The server is shutting down.");
    checkSession(*user, sessions[0]);
}

void Gate::checkSession(UserId user, QByteArrayView session)
{
    const Instant now = m_services.clock.instant();
    if (const auto wait = m_services.throttle.sessionBlocked(m_network, now))
        return refuse(ErrorCode::RateLimited, {}, *wait);
    m_identity.user = user;
    m_session = session.toByteArray();
    if (session::formOf(session) == session::SessionForm::Login)
        m_identity.sessionHash = session::hashLoginSession(session);
    else if (!session::isTimeSession(
                 m_services.policy.timeSessions, user, session, m_services.clock.now()))
        return refuseSession();
    ask(storage::CheckSession {user, m_identity.sessionHash});
}

void Gate::answered(const storage::CheckedSession &checked)
{
    if (!checked.valid)
        return refuseSession();
    const bool isTimeSession = m_identity.sessionHash.isNull();
    if (isTimeSession
        && !m_services.bindings.bind(m_session, m_address, m_services.clock.instant())) {
        qCInfo(lcSession).noquote() << "security: a time session of user" << m_identity.user.value()
                                    << "is in use elsewhere; refused from" << m_address;
        return refuse(ErrorCode::SessionElsewhere);
    }
    m_visitor.admit(m_identity);
}

void Gate::refuseSession()
{
    const auto wait = m_services.throttle.sessionFailed(m_network, m_services.clock.instant());
    if (wait)
        return refuse(ErrorCode::RateLimited, {}, *wait);
    refuse(ErrorCode::SessionInvalid);
}

void Gate::login(const HttpRequest &request)
{
    auto credentials = protocol::decodeCredentials(request.body);
    if (!credentials)
        return refuse(ErrorCode::BadRequest, "The body is not {\"username\":…,\"password\":…}.");
    m_credentials = std::move(*credentials);
    const auto wait = m_services.throttle.loginBlocked(
        m_network, m_credentials.username, m_services.clock.instant());
    if (wait)
        return refuse(ErrorCode::RateLimited, {}, *wait);
    if (m_services.isStopping)
        return refuse(ErrorCode::Overloaded, "The server is shutting down.");
    ask(storage::FindUsers {m_credentials.username});
}

void Gate::answered(const storage::FoundUsers &found)
{
    QByteArray hash; // empty for who may not log in: never right, but takes its time
    // By his name once more: an empty one finds everybody.
    const auto user = std::ranges::find(found.users, m_credentials.username, &storage::User::name);
    if (user != found.users.end() && user->enabled) {
        m_identity.user = user->id;
        hash = user->passwordHash;
    }
    if (!m_visitor.checkPassword(std::exchange(m_credentials.password, {}), hash))
        refuse(ErrorCode::Overloaded, "Too many logins at once.");
}

void Gate::passwordChecked(bool right)
{
    const Instant now = m_services.clock.instant();
    auto &throttle = m_services.throttle;
    const auto wait = right ? throttle.loginSucceeded(m_network, m_credentials.username, now)
                            : throttle.loginFailed(m_network, m_credentials.username, now);
    if (wait)
        return refuse(ErrorCode::RateLimited, {}, *wait);
    if (!right)
        return refuse(ErrorCode::BadCredentials);
    m_minted = session::mintLoginSession();
    m_expiresAt = m_services.clock.now() + m_services.policy.loginSessionLife;
    ask(storage::AddSession {m_identity.user, m_minted.hash, m_expiresAt});
}

void Gate::answered(const storage::AddedSession &)
{
    const QByteArray chat = ChatPath + "?userId=" + QByteArray::number(m_identity.user.value())
        + "&session=" + m_minted.session;
    m_visitor.answer({200,
        protocol::encode(
            protocol::Login {m_identity.user, m_minted.session, m_expiresAt, chat})});
}

void Gate::logout(const HttpRequest &request)
{
    const auto session = bearer(request.authorization);
    if (!session)
        return refuse(ErrorCode::BadRequest, "Authorization: Bearer SESSION is needed.");
    const auto wait = m_services.throttle.sessionBlocked(m_network, m_services.clock.instant());
    if (wait)
        return refuse(ErrorCode::RateLimited, {}, *wait);
    if (session::formOf(*session) != session::SessionForm::Login)
        return refuseSession();
    ask(storage::EndSession {session::hashLoginSession(*session)});
}

void Gate::answered(const storage::EndedSession &ended)
{
    if (ended.user == UserId())
        return refuseSession();
    m_visitor.answer({204, {}});
}

void Gate::ready()
{
    if (m_services.isStopping)
        return refuse(ErrorCode::Overloaded, "The server is shutting down.");
    if (!m_services.storage.isAvailable())
        return refuse(ErrorCode::Overloaded, "The store does not answer.");
    ask(storage::ReadMailbox {UserId(1)}); // any question will do
}

void Gate::metrics()
{
    if (!m_isLoopback && !m_services.policy.metricsPublic)
        return refuse(ErrorCode::NotFound);
    HttpAnswer answer;
    answer.body = m_services.metrics.text(m_services.storage.isAvailable());
    answer.contentType = QByteArrayLiteral("text/plain; version=0.0.4; charset=utf-8");
    m_visitor.answer(answer);
}

void Gate::trace(const HttpRequest &request)
{
    if (!isUpgrade(request))
        return;
    if (!isOriginAllowed(request))
        return refuse(ErrorCode::OriginRefused);
    if (m_services.isStopping)
        return refuse(ErrorCode::Overloaded, "The server is shutting down.");
    const auto wait = m_services.throttle.sessionBlocked(m_network, m_services.clock.instant());
    if (wait)
        return refuse(ErrorCode::RateLimited, {}, *wait);
    if (!session::isSecret(*m_services.policy.traceToken, adminToken(request)))
        return refuseSession();
    m_visitor.admitWatcher();
}

void Gate::answered(const storage::Operation &, const storage::Outcome &outcome, Time)
{
    if (const auto *checked = std::get_if<storage::CheckedSession>(&outcome))
        answered(*checked);
    else if (const auto *users = std::get_if<storage::FoundUsers>(&outcome))
        answered(*users);
    else if (const auto *added = std::get_if<storage::AddedSession>(&outcome))
        answered(*added);
    else if (const auto *ended = std::get_if<storage::EndedSession>(&outcome))
        answered(*ended);
    else if (std::holds_alternative<storage::Mailbox>(outcome))
        m_visitor.answer({200, "{\"status\":\"ready\"}"});
    else
        refuse(ErrorCode::Overloaded, "The store does not answer.");
}

void Gate::ask(storage::Action action) { m_router.ask(m_id, std::move(action)); }

void Gate::refuse(ErrorCode code, QByteArrayView message, milliseconds retryAfter)
{
    using namespace std::chrono;
    m_visitor.answer(refusal(
        code, message, int(ceil<seconds>(std::max(retryAfter, limits::RetryAfter)).count())));
}

bool Gate::isOriginAllowed(const HttpRequest &request) const
{
    const auto &allowed = m_services.policy.allowedOrigins;
    return request.origin.isNull() || allowed.empty()
        || std::ranges::find(allowed, request.origin) != allowed.end();
}

} // namespace parley::gateway
