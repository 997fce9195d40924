// SPDX-License-Identifier: MIT
#include "bench/websocket.h"

#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace parley::bench {

namespace {

// What belongs to the request's constant key.
constexpr std::string_view Accept = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=";
constexpr std::size_t MaxAnswerBytes = 16 << 10;

} // namespace

WebSocket::~WebSocket()
{
    drop();
}

bool WebSocket::connect(const Target &target, UserId user, int index)
{
    m_fd = target.connect(index);
    if (m_fd < 0)
        return false;
    m_request = target.upgradeRequest(user);
    m_state = State::Connecting;
    return true;
}

void WebSocket::drop()
{
    if (m_fd >= 0)
        ::close(m_fd);
    m_fd = -1;
    m_state = State::Closed;
    // Given back, not cleared: a connection that is away costs no memory.
    for (std::string *text : {&m_request, &m_in, &m_fragments, &m_out})
        *text = std::string();
    m_outAt = 0;
}

void WebSocket::fail(std::string_view why)
{
    if (m_state == State::Closed)
        return;
    const bool expected = m_state == State::Closing;
    drop();
    if (expected)
        finished();
    else
        broken(why);
}

void WebSocket::queue(Opcode opcode, std::string_view payload)
{
    // A masking key is to defeat proxies, not the server: any changing one will do.
    m_mask = m_mask * 1664525 + 1013904223;
    const bool first = !hasQueued();
    appendFrame(m_out, opcode, payload, m_mask);
    if (first)
        queued();
}

void WebSocket::queueText(std::string_view payload)
{
    if (m_state == State::Open)
        queue(Opcode::Text, payload);
}

void WebSocket::close()
{
    if (m_state != State::Open)
        return drop();
    queue(Opcode::Close, "\x03\xe8");
    m_state = State::Closing;
}

void WebSocket::flush()
{
    if (!hasQueued() || m_fd < 0 || m_state == State::Connecting)
        return;
    const ssize_t n = send(m_fd, m_out.data() + m_outAt, m_out.size() - m_outAt, MSG_NOSIGNAL);
    if (n < 0 && errno != EAGAIN && errno != EINTR)
        return fail(std::strerror(errno));
    m_outAt += std::size_t(std::max(n, ssize_t(0)));
    if (hasQueued())
        return;
    m_out.clear();
    m_outAt = 0;
    if (m_state == State::Open)
        flushed();
}

void WebSocket::writable()
{
    if (m_state != State::Connecting)
        return flush();
    int error = 0;
    socklen_t size = sizeof error;
    getsockopt(m_fd, SOL_SOCKET, SO_ERROR, &error, &size);
    if (error != 0)
        return fail(std::strerror(error));
    m_state = State::Upgrading;
    m_out = std::move(m_request);
    flush();
}

void WebSocket::read(char *buffer, std::size_t size)
{
    const ssize_t n = recv(m_fd, buffer, size, 0);
    if (n < 0 && (errno == EAGAIN || errno == EINTR))
        return;
    if (n <= 0)
        return fail(n == 0 ? "the server hung up without a code" : std::strerror(errno));
    std::string_view bytes(buffer, std::size_t(n));
    if (m_in.empty()) {
        take(bytes);
        m_in.assign(bytes);
    } else {
        m_in.append(bytes);
        // Moved out, for a frame may end the connection, and with it m_in.
        std::string whole = std::move(m_in);
        bytes = whole;
        take(bytes);
        if (bytes.size() == whole.size())
            m_in = std::move(whole);
        else
            m_in.assign(bytes);
    }
    if (m_state == State::Closed)
        m_in = std::string();
    else if (m_state == State::Open)
        allReceived();
}

void WebSocket::take(std::string_view &bytes)
{
    if (m_state == State::Upgrading && !takeAnswer(bytes))
        return;
    Frame frame;
    while (m_state == State::Open || m_state == State::Closing) {
        const Taken taken = takeFrame(bytes, frame);
        if (taken == Taken::Malformed)
            return fail("a malformed frame");
        if (taken == Taken::Incomplete)
            return;
        take(frame);
    }
}

bool WebSocket::takeAnswer(std::string_view &bytes)
{
    const std::size_t end = bytes.find("\r\n\r\n");
    if (end == bytes.npos) {
        if (bytes.size() > MaxAnswerBytes)
            fail("an answer without an end to the upgrade");
        return false;
    }
    const std::string_view head = bytes.substr(0, end);
    if (head.substr(0, 13) != "HTTP/1.1 101 ") {
        // With the refusal's body, if it came along.
        std::string why(head.substr(0, head.find('\r')));
        fail(why.append(" ").append(bytes.substr(end + 4, 200)));
        return false;
    }
    if (head.find(Accept) == head.npos) {
        fail("a wrong Sec-WebSocket-Accept");
        return false;
    }
    bytes.remove_prefix(end + 4);
    m_state = State::Open;
    return true;
}

void WebSocket::take(const Frame &frame)
{
    switch (frame.opcode) {
    case Opcode::Text:
    case Opcode::Continuation:
        return takeText(frame);
    case Opcode::Close:
        return takeClose(frame.payload);
    case Opcode::Ping:
        return queue(Opcode::Pong, frame.payload);
    case Opcode::Pong:
        return;
    }
    fail("a frame of an unknown kind");
}

void WebSocket::takeText(const Frame &frame)
{
    if (m_state == State::Closing)
        return;
    if (frame.last && m_fragments.empty())
        return received(frame.payload);
    m_fragments.append(frame.payload);
    if (frame.last)
        received(std::exchange(m_fragments, {}));
}

void WebSocket::takeClose(std::string_view payload)
{
    if (payload.size() < 2)
        return fail("closed by the server without a code");
    const int code = std::uint8_t(payload[0]) << 8 | std::uint8_t(payload[1]);
    fail(
        "closed by the server with " + std::to_string(code) + " " + std::string(payload.substr(2)));
}

} // namespace parley::bench
