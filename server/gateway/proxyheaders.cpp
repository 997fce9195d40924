// SPDX-License-Identifier: MIT
#include "gateway/proxyheaders.h"

#include "core/log.h"
#include "gateway/http/response.h"

#include <algorithm>
#include <cerrno>
#include <sys/socket.h>

namespace parley::gateway {

ProxyHeaders::ProxyHeaders(
    Services &services, std::span<char> room, SocketCounts &counts, Introduce introduce)
    : m_services(services)
    , m_room(room)
    , m_counts(counts)
    , m_introduce(std::move(introduce))
{
}

ProxyHeaders::~ProxyHeaders() = default;

void ProxyHeaders::await(Arrival arrival)
{
    Place place = m_services.admission.arrive(Peer::of(arrival.peer).network, true, &m_counts);
    // Who is turned away may still ask for health, when it is known whose it is; but only as many
    // as the reserve has room for.
    const auto isTurnedAway = [](const auto &entry) { return entry.second.place.isTurnedAway(); };
    if (place.isTurnedAway()
        && std::ranges::count_if(m_waiting, isTurnedAway) >= m_services.policy.limits.reservePlaces)
        return m_counts.everTurnedAway.add();
    arrival.arrived();
    const int descriptor = arrival.descriptor();
    auto readable = std::make_unique<QSocketNotifier>(descriptor, QSocketNotifier::Read);
    Waiting &waiting = m_waiting
                           .emplace(descriptor,
                               Waiting{std::move(arrival), std::move(place),
                                   m_services.clock.instant(), {}, std::move(readable)})
                           .first->second;
    connect(waiting.readable.get(), &QSocketNotifier::activated, this,
        [this, &waiting] { read(waiting); });
}

// Not one byte behind the header, for those are TLS's or HTTP's.
void ProxyHeaders::read(Waiting &waiting)
{
    using State = proxy::Header::State;
    const int descriptor = waiting.arrival.descriptor();
    const ssize_t size = ::recv(descriptor, m_room.data(), m_room.size(), MSG_PEEK);
    if (size < 0 && (errno == EAGAIN || errno == EINTR))
        return;
    if (size > 0) {
        const auto taken = waiting.header.take({m_room.data(), qsizetype(size)});
        if (waiting.header.state() == State::Malformed)
            refuse(waiting);
        else [[maybe_unused]]
            const auto same = ::recv(descriptor, m_room.data(), size_t(taken), 0);
        if (waiting.header.state() == State::NeedsMore)
            return;
    }
    waiting.readable->setEnabled(false);
    QMetaObject::invokeMethod(
        this, [this, descriptor] { conclude(descriptor); }, Qt::QueuedConnection);
}

// Who checks by hand whether the server is well sees why not.
void ProxyHeaders::refuse(Waiting &waiting)
{
    const http::Response response = http::refusal(
        ErrorCode::BadRequest, "From this address a connection begins with a PROXY header.");
    const QByteArray refusal = http::serialize(response);
    const int descriptor = waiting.arrival.descriptor();
    // What is unread would reset the connection, and with it the answer.
    [[maybe_unused]] const auto read = ::recv(descriptor, m_room.data(), m_room.size(), 0);
    [[maybe_unused]] const auto sent =
        ::send(descriptor, refusal.constData(), size_t(refusal.size()), MSG_NOSIGNAL);
    m_services.metrics.countAnswer(response.status, response.code);
    if (const Instant now = m_services.clock.instant(); now >= m_nextComplaint) {
        m_nextComplaint = now + limits::ComplaintInterval;
        qCWarning(lcGateway).noquote()
            << "a connection of the proxy" << Peer::of(waiting.arrival.peer).address
            << "does not begin with a PROXY header";
    }
}

// Ends it, or hands it on when its header is there.
void ProxyHeaders::conclude(int descriptor)
{
    const auto found = m_waiting.find(descriptor);
    if (found == m_waiting.end() || found->second.readable->isEnabled())
        return; // it has gone, and perhaps another has its number
    auto node = m_waiting.extract(found);
    Waiting &waiting = node.mapped();
    waiting.readable.reset();
    waiting.place.leave();
    if (waiting.header.state() != proxy::Header::State::Complete)
        return;
    // What is on this machine is so for who is there, too; and who is not named is not known to be.
    const QHostAddress named = waiting.header.client();
    Peer client = Peer::of(named.isNull() ? waiting.arrival.peer : named);
    client.isLoopback = client.isLoopback && !named.isNull() && waiting.arrival.peer.isLoopback();
    m_introduce(std::move(waiting.arrival), client);
}

void ProxyHeaders::sweep(Instant now)
{
    std::erase_if(m_waiting, [&](const auto &entry) {
        const Waiting &waiting = entry.second;
        return now - waiting.since
            >= (waiting.place.isTurnedAway() ? limits::TurnedAwayTimeout : limits::RequestTimeout);
    });
}

} // namespace parley::gateway
