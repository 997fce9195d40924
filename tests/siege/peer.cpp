// SPDX-License-Identifier: MIT
#include "siege/peer.h"

#include "bench/scan.h"
#include "siege/crew.h"
#include "siege/horde.h"

#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>

namespace parley::siege {

namespace {

constexpr std::size_t ReadBytes = 64 << 10;
// Enough for every frame of the server's that a script or the verdict looks into.
constexpr std::size_t ScannedBytes = 4 << 10;
constexpr std::size_t AnswerBytes = 4 << 10;
constexpr std::uint32_t Mask = 0x5eed5eed;

} // namespace

Peer::Peer(Horde &horde)
    : m_horde(horde)
{
    m_horde.add(*this);
}

Peer::~Peer()
{
    leave();
    m_horde.remove(*this);
}

void Peer::open(quint32 source)
{
    openRaw(source);
    if (m_fd >= 0 && m_horde.target().isTls())
        m_tls = std::make_unique<bench::TlsClient>(m_fd, m_horde.target().host());
}

void Peer::openRaw(quint32 source)
{
    m_fd = m_horde.target().connectFrom(source);
    if (m_fd < 0) {
        m_ended = true;
        return;
    }
    m_horde.watch(*this, EPOLL_CTL_ADD, m_watched = EPOLLIN | EPOLLOUT);
}

void Peer::enter(UserId user)
{
    open(crew::sourceOf(user));
    say(m_horde.target().upgradeRequest(user));
}

void Peer::leave()
{
    if (m_fd >= 0)
        ::close(m_fd); // epoll forgets it of itself
    m_tls.reset();
    m_fd = -1;
    m_watched = 0;
}

void Peer::end()
{
    // We are past the handshake before the server is, and it may not have had the time for that.
    if (m_tls && m_status == 0 && m_horde.isNarrow())
        m_status = NoHandshake;
    leave();
    m_ended = true;
}

void Peer::endByServer()
{
    if (m_tls && !m_tls->isReady() && !m_isHalfClosed && !m_horde.isNarrow())
        m_horde.findings().add("a TLS handshake was refused", m_tls->reason());
    end();
}

void Peer::vanish(How how)
{
    if (m_fd < 0)
        return;
    if (how == How::Half) {
        m_isHalfClosed = true;
        ::shutdown(m_fd, SHUT_WR);
        m_out.clear();
        watch();
        return;
    }
    if (how == How::Reset) {
        const linger now{1, 0};
        ::setsockopt(m_fd, SOL_SOCKET, SO_LINGER, &now, sizeof now);
    }
    end();
}

void Peer::squeeze()
{
    const int least = 1;
    if (m_fd >= 0)
        ::setsockopt(m_fd, SOL_SOCKET, SO_RCVBUF, &least, sizeof least);
}

void Peer::stopReading()
{
    m_reading = false;
    watch();
}

void Peer::goOnReading()
{
    m_reading = true;
    watch();
}

void Peer::watch()
{
    const bool wantsToWrite = !m_connected || (!m_out.empty() && !(m_tls && m_tls->mustRead()));
    const unsigned wanted =
        (m_reading ? unsigned(EPOLLIN) : 0) | (wantsToWrite ? unsigned(EPOLLOUT) : 0);
    if (m_fd >= 0 && wanted != m_watched)
        m_horde.watch(*this, EPOLL_CTL_MOD, m_watched = wanted);
}

void Peer::say(std::string_view bytes)
{
    if (m_fd < 0)
        return;
    m_out.append(bytes);
    if (m_connected)
        flush();
}

void Peer::text(std::string_view json)
{
    frame(bench::Opcode::Text, json);
}

void Peer::frame(bench::Opcode opcode, std::string_view payload)
{
    m_farewell = m_farewell || opcode == bench::Opcode::Close;
    std::string bytes;
    bench::appendFrame(bytes, opcode, payload, Mask);
    say(bytes);
}

void Peer::flush()
{
    if (!m_out.empty()) {
        const ssize_t n = m_tls ? m_tls->write(m_out.data(), m_out.size())
                                : ::send(m_fd, m_out.data(), m_out.size(), MSG_NOSIGNAL);
        if (n < 0 && errno != EAGAIN && errno != EINTR) {
            m_out.clear(); // what came before the end is still to be read
            if (!m_reading)
                return end();
        }
        if (n > 0)
            m_out.erase(0, std::size_t(n));
    }
    watch();
}

void Peer::handle(unsigned events)
{
    if (m_fd < 0)
        return;
    if (!m_connected && (events & (EPOLLOUT | EPOLLERR | EPOLLHUP)) != 0) {
        int error = 0;
        socklen_t size = sizeof error;
        ::getsockopt(m_fd, SOL_SOCKET, SO_ERROR, &error, &size);
        if (error != 0)
            return end();
        m_connected = true;
    }
    if ((events & EPOLLOUT) != 0)
        flush();
    if (m_fd >= 0 && m_reading && (events & (EPOLLIN | EPOLLERR | EPOLLHUP)) != 0)
        return read();
    if (!m_reading && (events & (EPOLLERR | EPOLLHUP)) != 0)
        end();
}

void Peer::read()
{
    bool isMore = true;
    while (isMore && m_fd >= 0 && m_reading) {
        const std::size_t before = m_in.size();
        m_in.resize(before + ReadBytes);
        char *room = m_in.data() + before;
        const ssize_t n = m_tls ? m_tls->read(room, ReadBytes) : ::recv(m_fd, room, ReadBytes, 0);
        m_in.resize(before + std::size_t(std::max(n, ssize_t(0))));
        if (n < 0 && (errno == EAGAIN || errno == EINTR))
            break;
        if (n <= 0)
            return endByServer();
        digest();
        isMore = m_tls != nullptr; // no socket tells of what OpenSSL has already
    }
    if (m_tls && m_tls->mustRead())
        flush(); // what waited for that
}

void Peer::digest()
{
    if (m_status == 0)
        digestHead();
    if (m_status != 0 && !m_open) {
        if (m_answer.size() < AnswerBytes)
            m_answer.append(m_in);
        m_in.clear();
        return;
    }
    if (!m_open)
        return;
    std::string_view rest = m_in;
    bench::Frame frame;
    bench::Taken taken = bench::takeFrame(rest, frame);
    for (; taken == bench::Taken::Whole; taken = bench::takeFrame(rest, frame))
        take(frame);
    if (taken == bench::Taken::Malformed) {
        std::string start;
        for (const char byte : rest.substr(0, 8)) {
            start += "0123456789abcdef"[std::uint8_t(byte) >> 4];
            start += "0123456789abcdef"[std::uint8_t(byte) & 15];
        }
        m_horde.findings().add("the server sent a malformed frame", "it begins with " + start);
        return end();
    }
    m_in.erase(0, m_in.size() - rest.size());
}

void Peer::digestHead()
{
    const std::size_t end = m_in.find("\r\n\r\n");
    if (end == m_in.npos)
        return;
    const std::string_view line = std::string_view(m_in).substr(0, m_in.find('\r'));
    if (line.size() < 12 || line.substr(0, 7) != "HTTP/1.") {
        m_horde.findings().add("a response that is not HTTP", std::string(line));
        return this->end();
    }
    m_status = std::atoi(line.data() + 9);
    if (m_status != 101) {
        ++m_horde.seen().statuses[std::to_string(m_status)];
        return;
    }
    m_open = true;
    m_in.erase(0, end + 4);
}

void Peer::take(const bench::Frame &frame)
{
    ++m_frames;
    if (frame.opcode == bench::Opcode::Close && frame.payload.size() >= 2) {
        m_closeCode = std::uint8_t(frame.payload[0]) << 8 | std::uint8_t(frame.payload[1]);
        if (!m_farewell)
            ++m_horde.seen().closes[std::to_string(m_closeCode)];
        return;
    }
    // The steps that a trace tells of have a `cmd`, too, but not first.
    if (frame.opcode != bench::Opcode::Text || frame.payload.size() > ScannedBytes
        || frame.payload.substr(0, 7) != R"({"cmd":)")
        return;
    bench::Reply reply;
    if (!bench::scan(frame.payload, reply))
        return;
    m_greeted = m_greeted || reply.cmd == bench::Cmd::Hello;
    if (reply.cmd == bench::Cmd::Error)
        ++m_horde.seen().errors[std::string(reply.code)];
}

bool Peer::isReached(Goal goal, int count) const
{
    switch (goal) {
    case Goal::Connected:
        return m_connected;
    case Goal::Flushed:
        return m_connected && !m_ended && m_out.empty();
    case Goal::Answered:
        return m_status != 0;
    case Goal::Greeted:
        return m_greeted;
    case Goal::Frames:
        return m_frames >= count;
    case Goal::Ended:
        return m_ended;
    case Goal::Time:
        return false;
    }
    return false;
}

bool Peer::isDecided(Goal goal, int count) const
{
    return isReached(goal, count) || (m_ended && goal != Goal::Time);
}

bool Peer::isDue(bench::Moment now) const
{
    return m_waiting && (isDecided(m_goal, m_count) || now >= m_deadline);
}

void Peer::Wait::await_suspend(std::coroutine_handle<> script) const
{
    m_peer->m_waiting = script;
    m_peer->m_goal = m_goal;
    m_peer->m_count = m_count;
    m_peer->m_deadline = bench::Ticks::now() + m_patience;
}

Peer::Wait Peer::connected(milliseconds patience)
{
    return {*this, Goal::Connected, 0, patience};
}
Peer::Wait Peer::flushed(milliseconds patience)
{
    return {*this, Goal::Flushed, 0, patience};
}
Peer::Wait Peer::answered(milliseconds patience)
{
    return {*this, Goal::Answered, 0, patience};
}
Peer::Wait Peer::greeted(milliseconds patience)
{
    return {*this, Goal::Greeted, 0, patience};
}
Peer::Wait Peer::received(int frames, milliseconds patience)
{
    return {*this, Goal::Frames, frames, patience};
}
Peer::Wait Peer::ended(milliseconds patience)
{
    return {*this, Goal::Ended, 0, patience};
}
Peer::Wait Peer::pause(milliseconds time)
{
    return {*this, Goal::Time, 0, time};
}

} // namespace parley::siege
