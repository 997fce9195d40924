// SPDX-License-Identifier: MIT
#include "support/fakeserver.h"

#include <algorithm>

namespace parley::test {

FakeServer::FakeServer()
    : m_webSockets(QString(), QWebSocketServer::NonSecureMode)
{
    m_listener.listen(QHostAddress::LocalHost);
    connect(&m_listener, &QTcpServer::newConnection, this, [this] {
        while (QTcpSocket *socket = m_listener.nextPendingConnection()) {
            connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
            connect(socket, &QTcpSocket::readyRead, this, [this, socket] { readRequest(socket); });
        }
    });
}

QUrl FakeServer::url() const
{
    return QUrl(QStringLiteral("ws://127.0.0.1:%1").arg(m_listener.serverPort()));
}

QByteArray FakeServer::response(int status, const QByteArray &body, const QByteArray &header)
{
    return "HTTP/1.1 " + QByteArray::number(status) + " Said\r\nConnection: close\r\n" + header
        + "Content-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body;
}

void FakeServer::readRequest(QTcpSocket *socket)
{
    const QByteArray request = socket->peek(64 << 10);
    const qsizetype end = request.indexOf("\r\n\r\n");
    if (end < 0)
        return;
    const QByteArray head = request.left(end).toLower();
    const qsizetype length = head.indexOf("content-length: ");
    const qsizetype body = length < 0 ? 0 : head.mid(length + 16).split('\r').first().toLongLong();
    if (request.size() < end + 4 + body)
        return;
    socket->disconnect(this);
    m_requests.push_back(request);
    const bool upgrade = head.contains("upgrade: websocket");
    auto &responses = upgrade ? m_refusals : m_responses;
    if (upgrade && responses.empty()) {
        m_webSockets.handleConnection(socket);
        return;
    }
    socket->readAll();
    socket->write(responses.empty() ? response(404) : responses.front());
    if (!responses.empty())
        responses.pop_front();
    socket->disconnectFromHost();
}

bool FakeServer::accept()
{
    if (!QTest::qWaitFor([this] { return m_webSockets.hasPendingConnections(); }))
        return false;
    m_socket = m_webSockets.nextPendingConnection();
    m_socket->setParent(this);
    m_frames.clear();
    ++m_connections;
    m_closeCode = 0;
    connect(m_socket, &QWebSocket::disconnected, this,
        [this, socket = m_socket.data()] { m_closeCode = int(socket->closeCode()); });
    connect(m_socket, &QWebSocket::textMessageReceived, this, &FakeServer::readFrame);
    return true;
}

bool FakeServer::welcome(const protocol::Hello &hello)
{
    if (!accept())
        return false;
    say(hello);
    return true;
}

bool FakeServer::welcome(qint64 unread, qint64 lastSeq)
{
    return welcome(hello(unread, lastSeq));
}

protocol::Hello FakeServer::hello(qint64 unread, qint64 lastSeq)
{
    protocol::Hello hello;
    hello.userId = UserId(2);
    hello.connectionId = "fake";
    hello.unreadCount = unread;
    hello.firstSeq = Seq(unread > 0 ? lastSeq - unread + 1 : 0);
    hello.lastSeq = Seq(lastSeq);
    return hello;
}

void FakeServer::readFrame(const QString &text)
{
    auto decoded = protocol::decodeCommand(text.toUtf8());
    auto *request = std::get_if<protocol::Request>(&decoded);
    if (!request && takesBadFrames)
        return;
    QVERIFY2(request, "the client sent a bad frame");
    if (!std::holds_alternative<protocol::Heartbeat>(request->command)) {
        m_frames.push_back(std::move(*request));
        return;
    }
    ++heartbeats;
    if (answersHeartbeats)
        say(protocol::HeartbeatReply{fromMs(1), request->ref});
}

void FakeServer::sayRaw(const QByteArray &text)
{
    m_socket->sendTextMessage(QString::fromUtf8(text));
}

protocol::Message FakeServer::makeMessage(qint64 seq)
{
    return {Seq(seq), UserId(1), "body " + QByteArray::number(seq), fromMs(seq), {}};
}

void FakeServer::message(qint64 seq)
{
    say(makeMessage(seq));
}

void FakeServer::messages(std::vector<qint64> seqs, bool more)
{
    protocol::Messages page;
    std::transform(seqs.begin(), seqs.end(), std::back_inserter(page.messages), makeMessage);
    page.more = more;
    page.ref = m_ref;
    say(page);
}

void FakeServer::stored(const protocol::Send &message, qint64 seq)
{
    say(protocol::Sent{
        message.clientId, message.receiveUserId, Seq(seq), fromMs(seq), false, m_ref});
}

void FakeServer::close(int code, const QString &reason)
{
    m_socket->close(QWebSocketProtocol::CloseCode(code), reason);
}

void FakeServer::cut()
{
    m_socket->abort();
}

} // namespace parley::test
