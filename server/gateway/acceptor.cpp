// SPDX-License-Identifier: MIT
#include "gateway/acceptor.h"

#include "core/log.h"

#include <cerrno>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

namespace parley::gateway {
namespace {

constexpr auto Rest = 250ms; // when the system cannot accept for the moment
constexpr int ShedsPerTurn = 256;
constexpr auto Breath = 1ms; // for the gateways to take what is on its way
constexpr int SendBufferBytes = 256 << 10; // so that what waits for a slow reader is with us
constexpr int UserTimeoutMs = 20'000; // for a peer that has vanished without a word

void setOption(int socket, int level, int option, int value)
{
    if (::setsockopt(socket, level, option, &value, sizeof value) != 0)
        qCInfo(lcGateway) << "a socket option is not supported here:" << level << option;
}

int openSpare()
{
    return ::open("/dev/null", O_RDONLY | O_CLOEXEC);
}

} // namespace

Acceptor::Acceptor(Services &services, std::vector<Gateway *> gateways)
    : m_services(services)
    , m_gateways(std::move(gateways))
    , m_spare(openSpare())
{
    m_server.setListenBacklogSize(limits::ListenBacklog);
}

Acceptor::~Acceptor()
{
    close();
    if (m_spare >= 0)
        ::close(m_spare);
}

Done Acceptor::listenOn(const QHostAddress &address, quint16 port)
{
    if (!m_server.listen(address, port))
        return Failure{QStringLiteral("cannot listen on %1:%2: %3")
                           .arg(address.toString())
                           .arg(port)
                           .arg(m_server.errorString())};
    m_server.pauseAccepting();
    const int socket = int(m_server.socketDescriptor());
    setOption(socket, IPPROTO_TCP, TCP_NODELAY, 1);
    setOption(socket, IPPROTO_TCP, TCP_USER_TIMEOUT, UserTimeoutMs);
    setOption(socket, SOL_SOCKET, SO_KEEPALIVE, 1);
    setOption(socket, SOL_SOCKET, SO_SNDBUF, SendBufferBytes);
    m_readable = std::make_unique<QSocketNotifier>(socket, QSocketNotifier::Read);
    connect(m_readable.get(), &QSocketNotifier::activated, this, &Acceptor::acceptSome);
    return done();
}

void Acceptor::close()
{
    m_readable.reset();
    m_server.close();
}

// One event for each gateway, however many have come. No more are on their way than there are
// descriptors for.
void Acceptor::acceptSome()
{
    std::vector<std::vector<Arrival>> shares(m_gateways.size());
    const int most = m_services.policy.limits.reservePlaces;
    int descriptor = 0;
    while (descriptor >= 0 && m_services.arriving < most) {
        QHostAddress peer;
        descriptor = acceptOne(peer);
        if (descriptor >= 0)
            shares[m_next++ % shares.size()].emplace_back(
                descriptor, peer, m_tls, m_services.arriving);
    }
    if (descriptor >= 0)
        pause(Breath);
    for (size_t i = 0; i < shares.size(); ++i) {
        if (shares[i].empty())
            continue;
        QMetaObject::invokeMethod(
            m_gateways[i],
            [gateway = m_gateways[i], share = std::move(shares[i])]() mutable {
                gateway->adopt(std::move(share));
            },
            Qt::QueuedConnection);
    }
}

// -1: none, for now.
int Acceptor::acceptOne(QHostAddress &peer)
{
    for (int shed = 0; shed < ShedsPerTurn;) {
        sockaddr_storage address{};
        socklen_t size = sizeof address;
        const int descriptor = ::accept4(int(m_server.socketDescriptor()),
            reinterpret_cast<sockaddr *>(&address), &size, SOCK_NONBLOCK | SOCK_CLOEXEC);
        if (descriptor >= 0) {
            peer.setAddress(reinterpret_cast<const sockaddr *>(&address));
            return descriptor;
        }
        const int error = errno;
        if (error == EAGAIN || error == EWOULDBLOCK)
            return -1;
        if (error == EMFILE && m_spare >= 0) {
            if (!shedOne())
                return -1; // nobody waits: the system says so only with a descriptor to spare
            complain(error);
            ++shed;
        } else if (error != EINTR && error != ECONNABORTED && error != EPROTO) {
            rest(error);
            return -1;
        }
    }
    return -1;
}

// No descriptor is left: whoever waits is told so with the spare one. False: nobody waits.
bool Acceptor::shedOne()
{
    ::close(m_spare);
    const int descriptor =
        ::accept4(int(m_server.socketDescriptor()), nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC);
    if (descriptor >= 0) {
        const QByteArray refusal =
            http::serialize(http::refusal(ErrorCode::Overloaded, "Too many connections."));
        // There is no time for a handshake: TLS's own alert, internal_error.
        static const QByteArray Alert("\x15\x03\x03\x00\x02\x02\x50", 7);
        constexpr char HandshakeRecord = 22;
        char unread[4096]; // else the answer is lost to a reset
        const auto read = ::recv(descriptor, unread, sizeof unread, 0);
        const bool isTls = m_tls && (read <= 0 || unread[0] == HandshakeRecord);
        const QByteArray &answer = isTls ? Alert : refusal;
        [[maybe_unused]] const auto sent =
            ::send(descriptor, answer.constData(), size_t(answer.size()), MSG_NOSIGNAL);
        ::close(descriptor);
        m_services.metrics.countShed();
    }
    m_spare = openSpare();
    return descriptor >= 0;
}

void Acceptor::complain(int error)
{
    const Instant now = m_services.clock.instant();
    if (now < m_nextComplaint)
        return;
    m_nextComplaint = now + limits::ComplaintInterval;
    qCWarning(lcGateway).noquote()
        << "cannot accept connections for now:" << qt_error_string(error);
}

void Acceptor::rest(int error)
{
    complain(error);
    if (m_spare < 0)
        m_spare = openSpare();
    pause(Rest);
}

void Acceptor::pause(milliseconds duration)
{
    m_readable->setEnabled(false);
    QTimer::singleShot(duration, Qt::PreciseTimer, this, [this] {
        if (m_readable)
            m_readable->setEnabled(true);
    });
}

} // namespace parley::gateway
