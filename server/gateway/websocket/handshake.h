// SPDX-License-Identifier: MIT
// The server's side of RFC 6455's opening handshake, made by QWebSocketServer.
#pragma once

#include <QByteArray>

#include <memory>

class QWebSocketServer;

namespace parley::websocket {

// QWebSocketServer as a function: it is given a pretended socket, which contains one minimal
// request and keeps the response. So it never sees a peer's bytes, decides nothing after our
// parser, and owns nothing that can end while it works. It takes about 30 µs of CPU, and all that
// differs between two answers of one second is the key's digest; so it is asked once a second, and
// the digest put into its answer. On one thread.
class Handshake {
public:
    Handshake();
    ~Handshake();

    // The bytes of the 101 for this Sec-WebSocket-Key; null when QWebSocketServer does not agree.
    QByteArray accept(const QByteArray &key);

private:
    QByteArray ask(const QByteArray &key);

    const std::unique_ptr<QWebSocketServer> m_server; // never listens
    qint64 m_second = -1; // since 1970, of what follows
    QByteArray m_beforeDigest;
    QByteArray m_behindDigest;
};

} // namespace parley::websocket
