// SPDX-License-Identifier: MIT
#include "client/link.h"

#include "core/limits.h"
#include "core/log.h"

#include <QNetworkRequest>
#include <QWebSocket>

namespace parley::client {
namespace {

constexpr int FrameHeaderBytes = 14;
// An operator may allow larger frames than by default; what we send must stay one frame.
constexpr quint64 OutgoingFrameBytes = 64 << 20;

// QWebSocket tells the status of a refused upgrade only in words, and that of 400 not even so. They
// are compared as QWebSocket has them, translated or not.
int httpStatus(const QString &text)
{
    if (text
        == QWebSocket::tr("QWebSocketPrivate::processHandshake: Unknown error condition "
                          "encountered. Aborting connection."))
        return 400;
    const QString words =
        QWebSocket::tr("QWebSocketPrivate::processHandshake: Unhandled http status code: %1 (%2).");
    const qsizetype number = words.indexOf(QLatin1String("%1"));
    return text.startsWith(words.left(number)) ? text.mid(number, 3).toInt() : 0;
}

} // namespace

Link::Link(qint64 mostFrameBytes, QObject *parent)
    : QObject(parent)
    , m_socket(new QWebSocket(QString(), QWebSocketProtocol::VersionLatest, this))
    , m_readBufferBytes(mostFrameBytes + FrameHeaderBytes)
{
    m_socket->setMaxAllowedIncomingFrameSize(mostFrameBytes);
    m_socket->setMaxAllowedIncomingMessageSize(mostFrameBytes);
    m_socket->setReadBufferSize(m_readBufferBytes);
    m_socket->setOutgoingFrameSize(OutgoingFrameBytes);

    m_closeTimer.setSingleShot(true);
    connect(&m_closeTimer, &QTimer::timeout, this,
        [this] { abort(QStringLiteral("the peer did not close in time")); });
    connect(m_socket, &QWebSocket::connected, this, [this] {
        m_open = true;
        Q_EMIT opened();
    });
    connect(m_socket, &QWebSocket::aboutToClose, this, [this] { m_closeSeen = true; });
    connect(m_socket, &QWebSocket::textMessageReceived, this, [this](const QString &text) {
        if (!m_finished)
            Q_EMIT frameReceived(text.toUtf8());
    });
    connect(m_socket, &QWebSocket::binaryMessageReceived, this, [](const QByteArray &frame) {
        qCInfo(lcClient) << "ignored a binary frame of" << frame.size() << "bytes";
    });
    connect(m_socket, &QWebSocket::disconnected, this,
        [this] { finish(m_open ? lostConnection() : failedAttempt()); });
    connect(m_socket, qOverload<QAbstractSocket::SocketError>(&QWebSocket::error), this, [this] {
        // An open connection also says disconnected(), and only then knows its close code.
        if (!m_open)
            finish(failedAttempt());
    });
}

Link::~Link()
{
    m_socket->disconnect(this);
    m_socket->abort();
}

void Link::open(const QUrl &url, const QByteArray &bearer)
{
    QNetworkRequest request(url);
    if (!bearer.isEmpty())
        request.setRawHeader("Authorization", "Bearer " + bearer);
    m_socket->open(request);
}

bool Link::isConnected() const
{
    return m_open && !m_finished && m_socket->state() == QAbstractSocket::ConnectedState;
}

bool Link::send(const QByteArray &frame)
{
    return isConnected() && m_socket->sendTextMessage(QString::fromUtf8(frame)) >= 0;
}

bool Link::sendBinary(const QByteArray &frame)
{
    return isConnected() && m_socket->sendBinaryMessage(frame) >= 0;
}

// QWebSocket reads whatever its socket has, and closes when a frame does not come whole within 5 s.
// So its socket is kept from telling it, and stops reading once its own buffer of a byte is full;
// what it then has is never a whole frame, and it is told of the rest.
void Link::setReading(bool on)
{
    auto *socket = m_socket->findChild<QAbstractSocket *>();
    if (!socket || !isConnected())
        return;
    socket->blockSignals(!on);
    socket->setReadBufferSize(on ? m_readBufferBytes : 1);
}

void Link::close(milliseconds timeout)
{
    if (!m_open) {
        abort(QStringLiteral("given up"));
        return;
    }
    m_closeTimer.start(timeout);
    m_socket->close(QWebSocketProtocol::CloseCodeNormal);
}

void Link::abort(const QString &reason)
{
    finish({.reason = reason});
}

void Link::finish(End end)
{
    if (m_finished)
        return;
    m_finished = true;
    end.wasOpen = m_open;
    m_open = false;
    m_closeTimer.stop();
    // Qt 6.4.2 leaves the connection open after a refused upgrade.
    m_socket->abort();
    QMetaObject::invokeMethod(
        this, [this, end = std::move(end)] { Q_EMIT ended(end); }, Qt::QueuedConnection);
}

// Without a Close frame QWebSocket would have the code 1000.
End Link::lostConnection() const
{
    if (!m_closeSeen)
        return {.reason = m_socket->errorString()};
    return {.code = int(m_socket->closeCode()), .reason = m_socket->closeReason()};
}

End Link::failedAttempt() const
{
    const QString text = m_socket->errorString();
    return {.httpStatus = httpStatus(text), .reason = text};
}

} // namespace parley::client
