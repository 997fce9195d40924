// SPDX-License-Identifier: MIT
// The listening socket: hands each new descriptor to a gateway, in turn.
#pragma once

#include "gateway/gateway.h"

#include <QTcpServer>

namespace parley::gateway {

class Acceptor : public QTcpServer {
    Q_OBJECT

public:
    Acceptor(Services &, std::vector<Gateway *>);

    // Options for all connections are set on the listening socket, from which they inherit them.
    Done listenOn(const QHostAddress &, quint16 port);

protected:
    void incomingConnection(qintptr descriptor) override;

private:
    void onAcceptError(QAbstractSocket::SocketError);

    Services &m_services;
    const std::vector<Gateway *> m_gateways;
    size_t m_next = 0;
};

} // namespace parley::gateway
