// SPDX-License-Identifier: MIT
#include "client/connector.h"

#include "core/log.h"

#include <QRandomGenerator>
#include <QUrlQuery>

namespace parley::client {
namespace {

QUrl chatUrl(QUrl server, const Ticket &ticket)
{
    QUrlQuery query;
    query.addQueryItem(QStringLiteral("userId"), QString::number(ticket.userId.value()));
    query.addQueryItem(QStringLiteral("session"), QString::fromUtf8(ticket.session));
    server.setPath(QStringLiteral("/chat/private"));
    server.setQuery(query);
    return server;
}

} // namespace

Connector::Connector(const Options &options, const Clock &clock, QObject *parent)
    : QObject(parent)
    , m_options(options)
    , m_clock(clock)
    , m_http(options.server, options.handshakeTimeout)
    , m_backoff(options.backoff, [] { return QRandomGenerator::global()->generateDouble(); })
{
    m_handshakeTimer.setSingleShot(true);
    m_retryTimer.setSingleShot(true);
    connect(&m_retryTimer, &QTimer::timeout, this, [this] { attempt(); });
    connect(&m_handshakeTimer, &QTimer::timeout, this, [this] {
        m_http.abortLogin();
        if (m_link)
            m_link->abort(QStringLiteral("no HELLO in time"));
        else
            attemptEnded({.reason = QStringLiteral("no response to the login in time")});
    });
    connect(&m_http, &Http::loggedIn, this, [this](const protocol::Login &login) {
        m_ticketIsFresh = true;
        connectWith({login.userId, login.session});
    });
    connect(&m_http, &Http::loginFailed, this, &Connector::attemptEnded);
    connect(&m_http, &Http::logoutFinished, this, [this](bool ok) {
        if (ok) {
            m_ticket = {};
            stop();
        }
        Q_EMIT loggedOut(ok);
    });
}

void Connector::start()
{
    m_wanted = true;
    if (m_state == State::Offline || m_state == State::Refused || m_state == State::Waiting)
        attempt();
}

void Connector::stop()
{
    m_wanted = false;
    m_retryTimer.stop();
    m_handshakeTimer.stop();
    m_http.abortLogin();
    if (m_link)
        m_link->close(m_options.closeTimeout);
    enter(m_link ? State::Closing : State::Offline);
}

void Connector::setOnline()
{
    m_handshakeTimer.stop();
    m_backoff.connected(m_clock.instant());
    m_ticketIsFresh = false;
    enter(State::Online);
}

void Connector::drop(const QString &reason)
{
    if (m_link)
        m_link->abort(reason);
}

void Connector::logout()
{
    if (m_ticket.session.isEmpty())
        Q_EMIT loggedOut(false);
    else
        m_http.logout(m_ticket.session);
}

void Connector::attempt()
{
    m_retryTimer.stop();
    m_retryAfter = {};
    if (const auto *credentials = std::get_if<protocol::Credentials>(&m_options.identity)) {
        if (!m_ticket.session.isEmpty()) {
            connectWith(m_ticket);
            return;
        }
        m_handshakeTimer.start(m_options.handshakeTimeout);
        m_http.login(*credentials);
        enter(State::LoggingIn);
    } else if (const auto *provider = std::get_if<TicketProvider>(&m_options.identity)) {
        connectWith((*provider)());
    } else {
        connectWith(std::get<Ticket>(m_options.identity));
    }
}

void Connector::connectWith(Ticket ticket)
{
    m_ticket = std::move(ticket);
    m_handshakeTimer.start(m_options.handshakeTimeout);
    m_link = new Link(m_options.frameBytes, this);
    connect(m_link, &Link::frameReceived, this, &Connector::frameReceived);
    connect(m_link, &Link::ended, this, &Connector::linkEnded);
    m_link->open(chatUrl(m_options.server, m_ticket));
    enter(State::Connecting);
}

void Connector::linkEnded(const End &end)
{
    m_link->deleteLater();
    m_link = nullptr;
    attemptEnded(end);
    if (end.wasOpen)
        Q_EMIT closed(end.code, end.reason);
}

void Connector::attemptEnded(const End &end)
{
    m_handshakeTimer.stop();
    if (!end.wasOpen)
        Q_EMIT attemptFailed(end);
    if (m_state == State::Closing) {
        m_wanted ? attempt() : enter(State::Offline);
        return;
    }
    // A login session lasts for days, but not for ever.
    const bool sessionIsOld = std::holds_alternative<protocol::Credentials>(m_options.identity)
        && m_state == State::Connecting && !m_ticketIsFresh;
    if (end.httpStatus == 401 && sessionIsOld) {
        m_ticket = {};
        attempt();
        return;
    }
    if (!end.mayComeBack()) {
        m_wanted = false;
        m_ticket = {};
        enter(State::Refused, end.text());
        return;
    }
    // QWebSocket keeps a refusal's Retry-After to itself.
    const milliseconds wish =
        end.httpStatus == 429 ? std::max(end.retryAfter, m_options.backoff.most) : end.retryAfter;
    m_retryTimer.start(m_backoff.ended(m_clock.instant(), std::max(wish, m_retryAfter)));
    enter(State::Waiting, end.text());
}

void Connector::enter(State state, const QString &reason)
{
    if (m_state == state)
        return;
    m_state = state;
    qCInfo(lcClient) << "client is" << state << qPrintable(reason);
    Q_EMIT stateChanged(state, reason);
}

} // namespace parley::client
