// SPDX-License-Identifier: MIT
#include "gateway/transport/plaintransport.h"

#include "gateway/transport/notifier.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

namespace parley::transport {
namespace {

constexpr size_t PiecesAtOnce = 64; // to the kernel, which seldom takes more

} // namespace

bool PlainTransport::isTransient(int error)
{
    return error == EAGAIN || error == EINTR;
}

PlainTransport::PlainTransport(int descriptor, Owner &owner)
    : m_descriptor(descriptor)
    , m_owner(owner)
    , m_readable(std::make_unique<Notifier>(descriptor, QSocketNotifier::Read, owner))
{
}

PlainTransport::~PlainTransport()
{
    // Before the number can be another socket's.
    m_readable.reset();
    m_writable.reset();
    ::close(m_descriptor);
}

Transport::Input PlainTransport::read(std::span<char> room)
{
    const ssize_t size = ::recv(m_descriptor, room.data(), room.size(), 0);
    if (size > 0)
        return {room.first(size_t(size)), Peer::There};
    if (size < 0 && isTransient(errno))
        return {room.first(0), Peer::There};
    return {room.first(0), size == 0 ? Peer::Ended : Peer::Gone};
}

void PlainTransport::setReading(bool on)
{
    m_readable->setEnabled(on);
}

bool PlainTransport::flush()
{
    if (m_queue.isEmpty())
        return true;
    const ssize_t size = send();
    if (size < 0 && !isTransient(errno))
        return false;
    m_queue.drop(std::max<ssize_t>(size, 0));
    waitForWriting(!m_queue.isEmpty());
    return true;
}

void PlainTransport::waitForWriting(bool on)
{
    if (on && !m_writable)
        m_writable = std::make_unique<Notifier>(m_descriptor, QSocketNotifier::Write, m_owner);
    if (m_writable)
        m_writable->setEnabled(on);
}

ssize_t PlainTransport::send() const
{
    if (m_queue.isOnePiece()) {
        const auto piece = m_queue.front();
        return ::send(m_descriptor, piece.data(), piece.size(), MSG_NOSIGNAL);
    }
    std::array<std::span<const char>, PiecesAtOnce> room;
    const auto pieces = m_queue.pieces(room);
    std::array<iovec, PiecesAtOnce> vectors;
    std::ranges::transform(pieces, vectors.begin(), [](std::span<const char> piece) {
        return iovec{const_cast<char *>(piece.data()), piece.size()};
    });
    msghdr message{};
    message.msg_iov = vectors.data();
    message.msg_iovlen = pieces.size();
    return ::sendmsg(m_descriptor, &message, MSG_NOSIGNAL);
}

void PlainTransport::endWriting()
{
    ::shutdown(m_descriptor, SHUT_WR);
}

} // namespace parley::transport
