// SPDX-License-Identifier: MIT
#include "gateway/acceptor.h"

#include "core/log.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

namespace parley::gateway {
namespace {

constexpr auto RetryAccept = 250ms; // after the process ran out of descriptors
constexpr int SparePlaces = 256; // above the limit, for requests that are no chat, and for refusals
constexpr int SendBufferBytes = 256 << 10; // so that what waits for a slow reader is with us
constexpr int UserTimeoutMs = 20'000; // for a peer that has vanished without a word

void setOption(int socket, int level, int option, int value)
{
    if (::setsockopt(socket, level, option, &value, sizeof value) != 0)
        qCInfo(lcGateway) << "a socket option is not supported here:" << level << option;
}

} // namespace

Acceptor::Acceptor(Services &services, std::vector<Gateway *> gateways)
    : m_services(services)
    , m_gateways(std::move(gateways))
{
    setListenBacklogSize(limits::ListenBacklog);
    connect(this, &QTcpServer::acceptError, this, &Acceptor::onAcceptError);
}

Done Acceptor::listenOn(const QHostAddress &address, quint16 port)
{
    if (!listen(address, port))
        return Failure {QStringLiteral("cannot listen on %1:%2: %3")
                            .arg(address.toString())
                            .arg(port)
                            .arg(errorString())};
    const int socket = int(socketDescriptor());
    setOption(socket, IPPROTO_TCP, TCP_NODELAY, 1);
    setOption(socket, IPPROTO_TCP, TCP_USER_TIMEOUT, UserTimeoutMs);
    setOption(socket, SOL_SOCKET, SO_KEEPALIVE, 1);
    setOption(socket, SOL_SOCKET, SO_SNDBUF, SendBufferBytes);
    return done();
}

void Acceptor::incomingConnection(qintptr descriptor)
{
    const bool isTooMany
        = ++m_services.sockets > m_services.policy.limits.connections + SparePlaces;
    Gateway *gateway = m_gateways[m_next++ % m_gateways.size()];
    QMetaObject::invokeMethod(
        gateway, [=] { gateway->adopt(descriptor, isTooMany); }, Qt::QueuedConnection);
}

// Qt stops accepting at any error but "nothing there", and never begins again by itself.
void Acceptor::onAcceptError(QAbstractSocket::SocketError)
{
    qCInfo(lcGateway).noquote() << "cannot accept for the moment:" << errorString();
    QTimer::singleShot(RetryAccept, this, [this] {
        if (isListening())
            resumeAccepting();
    });
}

} // namespace parley::gateway
