// SPDX-License-Identifier: MIT
// The server's side of RFC 6455's opening handshake, made by QWebSocketServer.
#pragma once

#include <QByteArray>

#include <memory>

class QWebSocketServer;

namespace parley::websocket {

// QWebSocketServer as a function: it is given a socket that is none, holds one request in its
// plainest form and keeps what is answered. So it never sees a peer's bytes, decides nothing after
// our parser, and owns nothing that can end while it works. On one thread.
class Handshake {
public:
    Handshake();
    ~Handshake();

    // The bytes of the 101 for this Sec-WebSocket-Key; null when QWebSocketServer does not agree.
    QByteArray accept(const QByteArray &key);

private:
    const std::unique_ptr<QWebSocketServer> m_server; // never listens
};

} // namespace parley::websocket
