// SPDX-License-Identifier: MIT
// A TCP client that sends exactly what a test wants sent, right or wrong: HTTP as text, WebSocket
// as bytes.
#pragma once

#include <QJsonObject>
#include <QTcpSocket>
#include <QUrl>

#include <functional>
#include <optional>

namespace parley::test {

// Handles events until it is so, 10 s at most; whether it was so in time.
bool waitUntil(const std::function<bool()> &);

struct HttpReply {
    int status = 0; // 0: the server ended the connection without an answer
    QByteArray head; // status line and headers
    QByteArray body;

    QByteArray header(const QByteArray &name) const; // null: none
    QJsonObject json() const;
    QByteArray errorCode() const; // of the contract's error body; empty: it is no such body
};

// What a chat request has besides its first line.
inline const QByteArray UpgradeHeaders =
    QByteArrayLiteral("Host: test\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                      "Sec-WebSocket-Version: 13\r\n"
                      "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n");
// Of a URL as TestServer::chatUrl() makes it.
QByteArray chatRequest(const QUrl &, const QByteArray &moreHeaders = {});
inline const QByteArray HealthRequest =
    QByteArrayLiteral("GET /healthz HTTP/1.1\r\nHost: test\r\n\r\n");
QByteArray loginRequest(const QByteArray &username, const QByteArray &password);
QByteArray logoutRequest(const QByteArray &session);
// The chat request with which a login's answer may be used.
QByteArray chatRequest(const HttpReply &login);

struct WireFrame {
    int opcode = 0;
    QByteArray payload;
};
// A frame as a client sends it: masked.
QByteArray clientFrame(int opcode, const QByteArray &payload, bool final = true);
inline QByteArray textFrame(const QByteArray &payload)
{
    return clientFrame(1, payload);
}
QByteArray closeFrame(int code, const QByteArray &reason = {});

// Waits 10 s at most, and fails the test then (by QTest::qFail).
class RawClient {
public:
    // Connected, from this address of this machine.
    explicit RawClient(quint16 port, const QByteArray &source = QByteArrayLiteral("127.0.0.1"));
    // Connected and upgraded; HELLO is taken.
    explicit RawClient(const QUrl &chat);

    void send(const QByteArray &bytes);
    // So many bytes of the network's are read, and no more, until goOnReading().
    void stopReading() { m_socket.setReadBufferSize(1); }
    void goOnReading() { m_socket.setReadBufferSize(0); }
    bool hasEnded() const { return m_socket.state() == QAbstractSocket::UnconnectedState; }
    void end() { m_socket.abort(); }
    // The same by a reset, which the server meets as an error, and which drops what it sent.
    void reset();
    // Nothing more is sent; it goes on reading.
    void endWriting();

    // The answer to a request: all that comes until the server ends the connection.
    HttpReply reply();
    // The head of the answer to an upgrade, which should be 101.
    HttpReply upgrade(const QByteArray &request);
    // The status of the answer to a request, however the connection goes on.
    int status(const QByteArray &request);
    // nullopt: the connection ended.
    std::optional<WireFrame> frame();
    // The next frame is a text with these fields with these values. Returns all of it.
    QJsonObject expect(const QByteArray &fields);
    // The code of the Close frame; frames before it are skipped. 0: it ended without one.
    int closeCode();
    // Bytes that came and were not asked for yet.
    qsizetype pending() const { return m_input.size(); }
    // Bytes that the system did not take yet, as the server does not read.
    qint64 unsent() const { return m_socket.bytesToWrite(); }

private:
    std::optional<WireFrame> parseFrame();

    QTcpSocket m_socket;
    QByteArray m_input;
};

// One request on a connection of its own, and its answer.
HttpReply ask(quint16 port, const QByteArray &request,
    const QByteArray &source = QByteArrayLiteral("127.0.0.1"));

} // namespace parley::test
