// SPDX-License-Identifier: MIT
// A listening socket: hands new descriptors to the gateways, in turn.
#pragma once

#include "gateway/gateway.h"

#include <QSocketNotifier>
#include <QTcpServer>

namespace parley::gateway {

// Lives on the main thread. QTcpServer listens, but does not accept: it would stop at the first
// error, make each descriptor blocking, and not report the peer's address.
class Acceptor : public QObject {
    Q_OBJECT

public:
    Acceptor(Services &, std::vector<Gateway *>);
    ~Acceptor() override;

    // Options for all connections are set on the listening socket, from which they inherit them.
    Done listenOn(const QHostAddress &, quint16 port);
    // TLS for whoever comes from now on; at first, and by null, plain text.
    void setTls(std::shared_ptr<const transport::TlsContext> tls) { m_tls = std::move(tls); }
    bool isTls() const { return bool(m_tls); }
    quint16 serverPort() const { return m_server.serverPort(); }
    void close();

private:
    void acceptSome();
    int acceptOne(QHostAddress &peer);
    bool shedOne();
    void complain(int error);
    void rest(int error);
    void pause(milliseconds);

    Services &m_services;
    const std::vector<Gateway *> m_gateways;
    std::shared_ptr<const transport::TlsContext> m_tls;
    QTcpServer m_server;
    std::unique_ptr<QSocketNotifier> m_readable;
    int m_spare = -1; // a descriptor to close when no other is left
    size_t m_next = 0;
    Instant m_nextComplaint{};
};

} // namespace parley::gateway
