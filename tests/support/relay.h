// SPDX-License-Identifier: MIT
// Stands between a client and its server.
#pragma once

#include <QTcpSocket>
#include <QThread>

#include <functional>

namespace parley::test {

// Listens on a free port of the loopback address, in a thread of its own, and connects whoever
// comes to that port of the same address. What the server says passes as it is.
class Relay {
public:
    // Does with what the client said what it likes, in the relay's thread.
    using Pass =
        std::function<void(const QByteArray &said, QTcpSocket &client, QTcpSocket &server)>;

    Relay(quint16 to, Pass pass);
    ~Relay(); // breaks all connections
    Q_DISABLE_COPY_MOVE(Relay)

    quint16 port() const { return m_port; }

private:
    quint16 m_port = 0;
    QThread m_thread;
};

} // namespace parley::test
