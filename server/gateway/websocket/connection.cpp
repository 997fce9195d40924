// SPDX-License-Identifier: MIT
#include "gateway/websocket/connection.h"

#include "core/limits.h"
#include "protocol/codec.h"

#include <utility>

namespace parley::websocket {
namespace {

// What was only gathered in one turn is no backlog.
constexpr qsizetype FlushBytes = 256 << 10;

} // namespace

Connection::Connection(
    Owner &owner, transport::Transport &transport, Share &share, qint64 maxMessageBytes)
    : m_owner(owner)
    , m_transport(transport)
    , m_share(share)
    , m_frames(maxMessageBytes)
{
}

Connection::~Connection()
{
    m_endpoint.reset(); // it may say its last
    m_share.set(m_transport.waiting());
}

void Connection::received(std::span<char> bytes)
{
    if (!m_isOpen)
        return; // what comes behind the end is not looked at
    m_frames.feed(bytes);
    readFrames();
}

// Whoever ends its side without a Close may still read: it gets the answers to all that it asked.
void Connection::peerEnded()
{
    m_transport.setReading(false);
    m_isEnding = true;
    m_peerHasEnded = true;
    m_owner.touch();
}

bool Connection::mayRead() const
{
    return m_isOpen && !m_isEnding && m_endpoint->isReady()
        && m_transport.waiting() <= limits::SlowBytes;
}

void Connection::readFrames()
{
    if (std::exchange(m_isReading, true))
        return; // resumed by an answer to what is being read just now
    bool isReady = mayRead();
    while (isReady) {
        const auto frame = m_frames.next();
        if (frame) {
            take(*frame);
        } else if (const auto violation = m_frames.violation()) {
            m_isEnding = true;
            m_endpoint->closeInTurn(*violation);
        } else {
            break;
        }
        isReady = mayRead();
    }
    m_isReading = false;
    m_frames.keep();
    m_isPaused = m_isOpen && !isReady;
    if (m_isPaused)
        m_endpoint->pause();
    if (m_isOpen)
        m_transport.setReading(!m_isPaused);
    account();
}

void Connection::take(const FrameReader::Frame &frame)
{
    m_endpoint->heard();
    switch (frame.kind) {
    case FrameReader::Kind::Text:
        if (protocol::isUtf8(frame.payload))
            return m_endpoint->text(frame.payload);
        m_isEnding = true;
        return m_endpoint->closeInTurn(CloseCode::NotUtf8);
    case FrameReader::Kind::Binary:
        return m_endpoint->binary();
    case FrameReader::Kind::Ping:
        return writeFrame(PongOpcode, frame.payload.toByteArray());
    case FrameReader::Kind::Pong:
        return;
    case FrameReader::Kind::Close:
        m_isEnding = true;
        return m_endpoint->closeInTurn(answerToClose(frame.payload));
    }
}

void Connection::send(const QByteArray &payload)
{
    if (m_isOpen)
        writeFrame(TextOpcode, payload);
}

void Connection::writeFrame(int opcode, const QByteArray &payload)
{
    m_transport.write(frameHeader(opcode, payload.size()), payload);
    m_owner.touch();
    if (m_transport.waiting() <= FlushBytes || !m_isOpen)
        return;
    if (flush() && m_transport.waiting() > limits::MaxWaitingBytes)
        m_endpoint->close(CloseCode::SlowConsumer);
}

bool Connection::flush()
{
    if (m_transport.flush())
        return true;
    m_isOpen = false;
    m_owner.onGone();
    return false;
}

void Connection::writable()
{
    m_wasRead = true;
    if (m_isOpen && flush())
        m_owner.touch();
}

void Connection::endTurn()
{
    if (!m_isOpen || !flush())
        return;
    m_endpoint->drained();
    if (m_isPaused && mayRead())
        readFrames();
    account();
    if (!m_isOpen || !(m_isGoing || m_peerHasEnded) || !m_endpoint->isIdle())
        return;
    if (m_isGoing)
        return m_endpoint->close(CloseCode::ShuttingDown);
    m_isOpen = false;
    m_owner.onEnded();
}

void Connection::account()
{
    const bool fits = m_share.set(m_frames.kept() + m_transport.waiting() + m_kept);
    if (!fits && m_isOpen)
        m_endpoint->close(CloseCode::Overloaded);
}

void Connection::close(CloseCode code)
{
    if (!std::exchange(m_isOpen, false))
        return;
    m_transport.write(frameHeader(CloseOpcode, closePayload(code).size()), closePayload(code));
    m_owner.onClosed(code);
}

void Connection::goAway()
{
    m_isGoing = true;
    m_isEnding = true;
    m_endpoint->goAway();
    if (m_isOpen)
        m_transport.setReading(false);
    m_owner.touch();
}

Instant Connection::sweep(Instant now)
{
    if (!m_isOpen)
        return now;
    if (m_isGoing || m_peerHasEnded)
        m_owner.touch(); // an outcome that needs no answer may have made it idle
    const Instant due = m_endpoint->sweep(now);
    if (m_isOpen)
        checkWaiting(now);
    const bool isUnderWay = !m_isOpen || m_isGoing || m_peerHasEnded || m_transport.waiting() > 0;
    return isUnderWay ? now : due;
}

void Connection::checkWaiting(Instant now)
{
    const qsizetype waiting = m_transport.waiting();
    if (std::exchange(m_wasRead, false) || waiting == 0)
        m_stuckSince = {};
    else if (m_stuckSince == Instant())
        m_stuckSince = now;
    else if (now - m_stuckSince >= limits::StuckTime && m_share.isInTheWay(waiting))
        return m_endpoint->close(CloseCode::Overloaded);
    if (waiting <= limits::SlowBytes)
        m_slowSince = {};
    else if (m_slowSince == Instant())
        m_slowSince = now;
    else if (now - m_slowSince >= limits::SlowTime)
        m_endpoint->close(CloseCode::SlowConsumer);
}

} // namespace parley::websocket
