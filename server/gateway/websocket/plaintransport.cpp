// SPDX-License-Identifier: MIT
#include "gateway/websocket/plaintransport.h"

#include <QEvent>
#include <QSocketNotifier>

#include <cerrno>
#include <sys/socket.h>
#include <unistd.h>

namespace parley::websocket {
namespace {

constexpr qsizetype FewFrames = 1000;
// Not worth moving the rest forward for less.
constexpr qsizetype CompactBytes = 64 << 10;

bool isTransient(int error) { return error == EAGAIN || error == EINTR; }

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

void PlainTransport::setReading(bool on) { m_readable->setEnabled(on); }

void PlainTransport::write(QByteArrayView head, QByteArrayView body)
{
    if (m_waiting.isNull()) // at once for what mostly comes in one turn
        m_waiting.reserve(std::max(FewFrames, head.size() + body.size()));
    m_waiting.append(head).append(body);
}

bool PlainTransport::flush()
{
    if (waiting() == 0)
        return true;
    const ssize_t size = ::send(
        m_descriptor, m_waiting.constData() + m_written, size_t(waiting()), MSG_NOSIGNAL);
    if (size < 0 && !isTransient(errno))
        return false;
    m_written += std::max<ssize_t>(size, 0);
    if (waiting() == 0) {
        m_waiting = {};
        m_written = 0;
    } else if (m_written >= std::max(CompactBytes, waiting())) {
        m_waiting.remove(0, std::exchange(m_written, 0));
    }
    if (waiting() > 0 && !m_writable)
        m_writable = std::make_unique<Notifier>(m_descriptor, QSocketNotifier::Write, m_owner);
    if (m_writable)
        m_writable->setEnabled(waiting() > 0);
    return true;
}

void PlainTransport::endWriting() { ::shutdown(m_descriptor, SHUT_WR); }

} // namespace parley::websocket
