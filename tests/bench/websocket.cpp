// SPDX-License-Identifier: MIT
#include "bench/websocket.h"

namespace parley::bench {

namespace {

// What belongs to the request's constant key.
constexpr std::string_view Accept = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=";
constexpr std::size_t MaxAnswerBytes = 16 << 10;

} // namespace

WebSocket::WebSocket(StreamOwner &owner, Opcode messages)
    : Stream(owner)
    , m_messages(messages)
{
}

void WebSocket::connecting(const Target &target, UserId user)
{
    m_request = target.upgradeRequest(user);
}

void WebSocket::connected()
{
    write([this](std::string &out) { out = std::exchange(m_request, {}); });
}

void WebSocket::dropped()
{
    for (std::string *text : {&m_request, &m_fragments})
        *text = std::string();
    m_in.clear();
}

void WebSocket::appendFrame(std::string &out, Opcode opcode, std::string_view payload)
{
    // A masking key is to defeat proxies, not the server: any changing one will do.
    m_mask = m_mask * 1664525 + 1013904223;
    bench::appendFrame(out, opcode, payload, m_mask);
}

void WebSocket::append(std::string &out, std::string_view message)
{
    appendFrame(out, m_messages, message);
}

void WebSocket::appendFarewell(std::string &out)
{
    appendFrame(out, Opcode::Close, "\x03\xe8");
}

void WebSocket::take(std::string_view bytes)
{
    m_in.add(bytes, [this](std::string_view &there) { takeFrames(there); });
    if (state() == State::Closed)
        m_in.clear();
}

void WebSocket::takeFrames(std::string_view &bytes)
{
    if (state() == State::Opening && !takeAnswer(bytes))
        return;
    Frame frame;
    while (state() == State::Open || state() == State::Closing) {
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
            fail("an incomplete response to the upgrade");
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
    open();
    return true;
}

void WebSocket::take(const Frame &frame)
{
    switch (frame.opcode) {
    case Opcode::Text:
    case Opcode::Binary:
    case Opcode::Continuation:
        return takeMessage(frame);
    case Opcode::Close:
        return takeClose(frame.payload);
    case Opcode::Ping:
        return write([&](std::string &out) { appendFrame(out, Opcode::Pong, frame.payload); });
    case Opcode::Pong:
        return;
    }
    fail("a frame of an unknown kind");
}

void WebSocket::takeMessage(const Frame &frame)
{
    if (state() == State::Closing)
        return;
    if (frame.opcode != m_messages && frame.opcode != Opcode::Continuation)
        return fail("a message of the wrong kind");
    if (frame.last && m_fragments.empty())
        return owner().received(frame.payload);
    m_fragments.append(frame.payload);
    if (frame.last)
        owner().received(std::exchange(m_fragments, {}));
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
