// SPDX-License-Identifier: MIT
#include "bench/stream.h"

#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace parley::bench {

Stream::~Stream()
{
    if (m_fd >= 0)
        ::close(m_fd);
}

bool Stream::connect(const Target &target, UserId user, int index)
{
    m_fd = target.connect(index);
    if (m_fd < 0)
        return false;
    if (target.isTls())
        m_tls = std::make_unique<TlsClient>(m_fd, target.host());
    connecting(target, user);
    m_state = State::Connecting;
    return true;
}

void Stream::drop()
{
    if (m_fd >= 0)
        ::close(m_fd);
    m_fd = -1;
    m_state = State::Closed;
    // Given back, not cleared: a connection that is away costs no memory.
    m_out = std::string();
    m_outAt = 0;
    m_tls.reset();
    dropped();
}

void Stream::fail(std::string_view why)
{
    if (m_state == State::Closed)
        return;
    const bool expected = m_state == State::Closing;
    drop();
    if (expected)
        m_owner.finished();
    else
        m_owner.broken(why);
}

void Stream::queue(std::string_view message)
{
    if (m_state == State::Open)
        write([&](std::string &out) { append(out, message); });
}

void Stream::open()
{
    m_state = State::Open;
    m_owner.opened();
}

void Stream::close()
{
    if (m_state != State::Open)
        return drop();
    write([this](std::string &out) { appendFarewell(out); });
    m_state = State::Closing;
}

void Stream::flush()
{
    if (!isWaiting() || m_fd < 0 || m_state == State::Connecting)
        return;
    ssize_t n = 0;
    do { // TLS takes a record at a time
        const char *bytes = m_out.data() + m_outAt;
        const std::size_t size = m_out.size() - m_outAt;
        n = m_tls ? m_tls->write(bytes, size) : send(m_fd, bytes, size, MSG_NOSIGNAL);
        if (n < 0 && errno != EAGAIN && errno != EINTR)
            return fail();
        m_outAt += std::size_t(std::max(n, ssize_t(0)));
    } while (m_tls && n > 0 && isWaiting());
    if (isWaiting())
        return;
    m_out.clear();
    m_outAt = 0;
    if (m_state == State::Open)
        m_owner.flushed();
}

void Stream::writable()
{
    if (m_state != State::Connecting)
        return flush();
    int error = 0;
    socklen_t size = sizeof error;
    getsockopt(m_fd, SOL_SOCKET, SO_ERROR, &error, &size);
    if (error != 0)
        return fail(std::strerror(error));
    m_state = State::Opening;
    connected();
    flush();
}

void Stream::fail()
{
    const bool isTls = m_tls && !m_tls->reason().empty();
    fail(isTls ? "TLS: " + m_tls->reason() : std::strerror(errno));
}

void Stream::read(char *buffer, std::size_t size)
{
    bool isSome = receive(buffer, size);
    while (isSome && m_tls) // no socket tells of what OpenSSL has already
        isSome = receive(buffer, size);
    if (m_tls && m_tls->mustRead())
        flush(); // what waited for that
    if (m_state == State::Open)
        m_owner.allReceived();
}

bool Stream::receive(char *buffer, std::size_t size)
{
    const ssize_t n = m_tls ? m_tls->read(buffer, size) : recv(m_fd, buffer, size, 0);
    if (n < 0 && (errno == EAGAIN || errno == EINTR))
        return false;
    if (n > 0)
        take({buffer, std::size_t(n)});
    else if (n == 0)
        fail("the server closed the connection without a reason");
    else
        fail();
    return n > 0 && m_state != State::Closed;
}

} // namespace parley::bench
