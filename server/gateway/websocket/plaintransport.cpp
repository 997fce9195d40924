// SPDX-License-Identifier: MIT
#include "gateway/websocket/plaintransport.h"

#include <QEvent>
#include <QSocketNotifier>

#include <algorithm>
#include <array>
#include <cerrno>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

namespace parley::websocket {
namespace {

constexpr qsizetype FewFrames = 1000;
constexpr qsizetype PieceBytes = 64 << 10;
constexpr size_t PiecesAtOnce = 64; // to the kernel, which seldom takes more

bool isTransient(int error)
{
    return error == EAGAIN || error == EINTR;
}

} // namespace

// By its event and not by its signal, which would need a connection of 100 bytes and some time.
class PlainTransport::Notifier final : public QSocketNotifier {
public:
    Notifier(int descriptor, Type type, Owner &owner)
        : QSocketNotifier(descriptor, type)
        , m_owner(owner)
    {
    }

protected:
    bool event(QEvent *event) override
    {
        if (event->type() != QEvent::SockAct)
            return QSocketNotifier::event(event);
        if (type() == Read)
            m_owner.onReadable();
        else
            m_owner.onWritable();
        return true;
    }

private:
    Owner &m_owner;
};

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

void PlainTransport::write(QByteArrayView head, QByteArrayView body)
{
    const qsizetype size = head.size() + body.size();
    m_waiting += size;
    if (m_first.isNull()) // at once for what mostly comes in one turn
        m_first.reserve(std::clamp(size, FewFrames, PieceBytes));
    if (m_others.empty() && m_first.size() + size <= PieceBytes) {
        m_first.append(head).append(body);
    } else {
        append(head);
        append(body);
    }
}

void PlainTransport::append(QByteArrayView bytes)
{
    while (!bytes.isEmpty()) {
        QByteArray *piece = m_others.empty() ? &m_first : &m_others.back();
        if (piece->size() >= PieceBytes) {
            piece = &m_others.emplace_back();
            piece->reserve(PieceBytes);
        }
        const auto part = bytes.first(std::min(bytes.size(), PieceBytes - piece->size()));
        piece->append(part);
        bytes = bytes.sliced(part.size());
    }
}

bool PlainTransport::flush()
{
    if (m_waiting == 0)
        return true;
    const ssize_t size = send();
    if (size < 0 && !isTransient(errno))
        return false;
    drop(std::max<ssize_t>(size, 0));
    if (m_waiting > 0 && !m_writable)
        m_writable = std::make_unique<Notifier>(m_descriptor, QSocketNotifier::Write, m_owner);
    if (m_writable)
        m_writable->setEnabled(m_waiting > 0);
    return true;
}

ssize_t PlainTransport::send() const
{
    const qsizetype first = m_first.size() - m_sent;
    if (m_others.empty())
        return ::send(m_descriptor, m_first.constData() + m_sent, size_t(first), MSG_NOSIGNAL);
    std::array<iovec, PiecesAtOnce> pieces;
    pieces[0] = {const_cast<char *>(m_first.constData() + m_sent), size_t(first)};
    msghdr message{};
    message.msg_iov = pieces.data();
    message.msg_iovlen = 1;
    for (const QByteArray &piece : m_others) {
        if (message.msg_iovlen == pieces.size())
            break;
        pieces[message.msg_iovlen++] = {
            const_cast<char *>(piece.constData()), size_t(piece.size())};
    }
    return ::sendmsg(m_descriptor, &message, MSG_NOSIGNAL);
}

void PlainTransport::drop(qsizetype sent)
{
    m_waiting -= sent;
    if (m_waiting == 0) { // nothing is kept while nothing waits
        m_first = {};
        m_others = std::vector<QByteArray>();
        m_sent = 0;
        return;
    }
    m_sent += sent;
    auto next = m_others.begin();
    for (; next != m_others.end() && m_sent >= m_first.size(); ++next) {
        m_sent -= m_first.size();
        m_first = std::move(*next);
    }
    m_others.erase(m_others.begin(), next);
}

void PlainTransport::endWriting()
{
    ::shutdown(m_descriptor, SHUT_WR);
}

} // namespace parley::websocket
