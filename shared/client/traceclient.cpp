// SPDX-License-Identifier: MIT
#include "client/traceclient.h"

#include "core/limits.h"
#include "core/log.h"

#include <QRandomGenerator>

namespace parley::client {
namespace {

constexpr qint64 MostFrameBytes = 64 << 10; // a step is far smaller
constexpr milliseconds HandshakeTimeout = 10s;

QString inWords(const End &end)
{
    switch (end.httpStatus) {
    case 401:
        return QStringLiteral("the server refuses the admin token");
    case 404:
        return QStringLiteral("the server has no trace: start it with --trace");
    case 429:
        return QStringLiteral("the server refused too many tokens from this address");
    case 503:
        return QStringLiteral("the trace has too many watchers, or the server is shutting down");
    default:
        return end.text();
    }
}

} // namespace

TraceClient::TraceClient(QObject *parent, const Backoff::Settings &backoff)
    : QObject(parent)
    , m_backoff(backoff, [] { return QRandomGenerator::global()->generateDouble(); })
{
    m_retryTimer.setSingleShot(true);
    m_handshakeTimer.setSingleShot(true);
    connect(&m_retryTimer, &QTimer::timeout, this, &TraceClient::attempt);
    connect(&m_handshakeTimer, &QTimer::timeout, this, [this] {
        if (m_link)
            m_link->abort(QStringLiteral("the server did not answer in time"));
    });
}

TraceClient::~TraceClient() = default;

void TraceClient::open(const QUrl &server, const QByteArray &token)
{
    close();
    m_url = server;
    m_url.setPath(QStringLiteral("/trace"));
    m_url.setQuery(QString());
    m_token = token;
    m_isWanted = true;
    attempt();
}

void TraceClient::close()
{
    m_isWanted = false;
    m_retryTimer.stop();
    dropLink();
    tellSteps();
    if (std::exchange(m_isConnected, false))
        Q_EMIT stateChanged(false, QStringLiteral("closed"));
}

void TraceClient::attempt()
{
    m_handshakeTimer.start(HandshakeTimeout);
    m_link = new Link(MostFrameBytes, this);
    connect(m_link, &Link::opened, this, &TraceClient::linkOpened);
    connect(m_link, &Link::frameReceived, this, &TraceClient::take);
    connect(m_link, &Link::ended, this, &TraceClient::linkEnded);
    m_link->open(m_url, m_token);
}

// It says goodbye by itself, and nothing more to us.
void TraceClient::dropLink()
{
    m_handshakeTimer.stop();
    Link *link = std::exchange(m_link, nullptr);
    if (!link)
        return;
    link->disconnect(this);
    connect(link, &Link::ended, link, &QObject::deleteLater);
    link->close(limits::CloseTimeout);
}

void TraceClient::linkOpened()
{
    m_handshakeTimer.stop();
    m_backoff.connected(m_clock.instant());
    m_isConnected = true;
    Q_EMIT stateChanged(true, {});
}

void TraceClient::linkEnded(const End &end)
{
    m_handshakeTimer.stop();
    std::exchange(m_link, nullptr)->deleteLater();
    tellSteps();
    m_isConnected = false;
    m_isWanted = end.mayComeBack();
    if (m_isWanted)
        m_retryTimer.start(m_backoff.ended(m_clock.instant(), end.retryAfter));
    qCInfo(lcClient).noquote() << "the trace ended:" << inWords(end);
    Q_EMIT stateChanged(false, inWords(end));
}

// What is no step (GOAWAY, or of a later version) is none of its business.
void TraceClient::take(const QByteArray &frame)
{
    auto step = protocol::decodeTraceEvent(frame);
    if (!step)
        return;
    if (m_steps.empty())
        QMetaObject::invokeMethod(this, &TraceClient::tellSteps, Qt::QueuedConnection);
    m_steps.push_back(std::move(*step));
}

void TraceClient::tellSteps()
{
    if (!m_steps.empty())
        Q_EMIT stepsReceived(std::exchange(m_steps, {}));
}

} // namespace parley::client
