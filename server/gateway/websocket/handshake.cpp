// SPDX-License-Identifier: MIT
#include "gateway/websocket/handshake.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QDateTime>
#include <QEvent>
#include <QTcpSocket>
#include <QWebSocket>
#include <QWebSocketServer>

#include <algorithm>
#include <cstring>

namespace parley::websocket {
namespace {

// A connected socket without a network: what is read from it is the request, what is written to it
// stays in it. It does not end by itself, so nobody deletes it but who made it.
class Paper final : public QTcpSocket {
public:
    explicit Paper(const QByteArray &request)
        : m_request(request)
    {
        setOpenMode(ReadWrite);
        setSocketState(ConnectedState);
    }
    ~Paper() override
    {
        setOpenMode(NotOpen);
        setSocketState(UnconnectedState);
    }

    const QByteArray &answer() const { return m_answer; }

    qint64 bytesAvailable() const override
    {
        return QTcpSocket::bytesAvailable() + m_request.size() - m_read;
    }
    void disconnectFromHost() override { }
    void close() override { }

protected:
    qint64 readData(char *into, qint64 most) override
    {
        const qint64 size = std::min(most, m_request.size() - m_read);
        if (size > 0) // else there may be nowhere to put it
            std::memcpy(into, m_request.constData() + m_read, size_t(size));
        m_read += size;
        return size;
    }
    qint64 writeData(const char *bytes, qint64 size) override
    {
        m_answer.append(bytes, size);
        return size;
    }

private:
    const QByteArray m_request;
    qint64 m_read = 0;
    QByteArray m_answer;
};

// RFC 6455 4.2.2, 5.4.
QByteArray digestOf(const QByteArray &key)
{
    return QCryptographicHash::hash(
        key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11", QCryptographicHash::Sha1)
        .toBase64();
}

// QWebSocketServer allows any page to read its answer; whether one may is not its to say.
QByteArray withoutPermissions(QByteArray answer)
{
    constexpr QByteArrayView Permission = "\r\nAccess-Control-";
    for (qsizetype at = 0; (at = answer.indexOf(Permission, at)) >= 0;)
        answer.remove(at, answer.indexOf("\r\n", at + 2) - at);
    return answer;
}

} // namespace

Handshake::Handshake()
    : m_server(std::make_unique<QWebSocketServer>(QString(), QWebSocketServer::NonSecureMode))
{
}

Handshake::~Handshake() = default;

QByteArray Handshake::accept(const QByteArray &key)
{
    const QByteArray digest = digestOf(key);
    const qint64 second = QDateTime::currentSecsSinceEpoch(); // the answer has a Date
    if (second == m_second)
        return m_beforeDigest + digest + m_behindDigest;
    const QByteArray answer = ask(key);
    const qsizetype at = answer.indexOf(digest);
    if (at < 0)
        return answer; // as QWebSocketServer will have it
    m_second = second;
    m_beforeDigest = answer.first(at);
    m_behindDigest = answer.sliced(at + digest.size());
    return answer;
}

QByteArray Handshake::ask(const QByteArray &key)
{
    Paper paper("GET / HTTP/1.1\r\nHost: parley\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: "
        + key + "\r\n\r\n");
    m_server->handleConnection(&paper); // which has an event posted to itself
    QCoreApplication::sendPostedEvents(m_server.get(), QEvent::MetaCall);
    const QByteArray answer =
        withoutPermissions(paper.answer()); // before the QWebSocket ends, and says so
    const std::unique_ptr<QWebSocket> webSocket(m_server->nextPendingConnection());
    return webSocket ? answer : QByteArray();
}

} // namespace parley::websocket
