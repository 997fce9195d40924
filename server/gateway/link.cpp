// SPDX-License-Identifier: MIT
#include "gateway/link.h"

#include "core/log.h"
#include "gateway/gateway.h"
#include "protocol/codec.h"

#include <sys/socket.h>

namespace parley::gateway {
namespace {

// Bounds both the memory of a connection and what one connection gets done in one turn.
constexpr qint64 ReadBufferBytes = 64 << 10;
constexpr qint64 FlushBytes = 256 << 10;
static_assert(ReadBufferBytes > limits::HttpHeadBytes + limits::HttpBodyBytes);

} // namespace

Link::Link(ConnectionId id, Gateway &gateway)
    : m_id(id)
    , m_gateway(gateway)
    , m_http(std::make_unique<HttpReader>())
    , m_frames(gateway.services().policy.limits.frameBytes)
    , m_since(gateway.services().clock.instant())
{
}

Link::~Link()
{
    m_gate.reset();
    leaveChat();
    // Never a live QWebSocket: its destructor would write, and leak what cannot be written.
    if (m_socket) {
        m_socket->disconnect(this);
        m_socket->abort();
    }
    delete m_webSocket;
    delete m_socket;
}

bool Link::adopt(qintptr descriptor)
{
    m_socket = new QTcpSocket;
    m_socket->setReadBufferSize(ReadBufferBytes);
    if (!m_socket->setSocketDescriptor(descriptor))
        return false;
    connect(m_socket, &QIODevice::readyRead, this, &Link::onReadable);
    connect(m_socket, &QIODevice::bytesWritten, this, &Link::onWritten);
    connect(m_socket, &QAbstractSocket::disconnected, this, &Link::onDisconnected);
    return true;
}

void Link::turnAway() { answer(refusal(ErrorCode::Overloaded, "Too many connections.")); }

void Link::onReadable()
{
    switch (m_phase) {
    case Phase::Request:
        return readRequest();
    case Phase::Open:
        return readFrames();
    case Phase::Closing:
        m_socket->readAll();
        return;
    case Phase::Upgrading: // until QWebSocketServer has read the head, nothing may follow it
        if (m_socket->bytesAvailable() > m_http->size())
            m_socket->abort();
        return;
    case Phase::Deciding:
    case Phase::Gone:
        return;
    }
}

void Link::readRequest()
{
    const QByteArray bytes = m_socket->peek(m_socket->bytesAvailable());
    switch (m_http->read(bytes)) {
    case HttpReader::State::NeedsMore:
        if (m_http->takeExpectation())
            m_socket->write("HTTP/1.1 100 Continue\r\n\r\n");
        return;
    case HttpReader::State::Refused: {
        HttpAnswer refused = refusal(m_http->error());
        refused.status = m_http->status();
        return answer(refused);
    }
    case HttpReader::State::Complete:
        break;
    }
    m_phase = Phase::Deciding;
    m_since = m_gateway.services().clock.instant();
    m_gate = std::make_unique<Gate>(
        m_id, *this, m_socket->peerAddress(), m_gateway.services(), m_gateway.router());
    m_gate->decide(m_http->request());
}

void Link::answer(const HttpAnswer &httpAnswer)
{
    if (m_phase == Phase::Closing || m_phase == Phase::Gone)
        return;
    m_gateway.services().metrics.countAnswer(httpAnswer.status);
    m_socket->write(serialize(httpAnswer));
    finish();
    m_socket->readAll();
}

// A refusal that came with the upgrade's own bytes still unread would be lost to a reset; so does
// the end of every connection go: ours is said, then we listen until the peer's, or for a while.
void Link::finish()
{
    m_phase = Phase::Closing;
    m_since = m_gateway.services().clock.instant();
    m_socket->flush();
    touch();
    onWritten();
}

void Link::onWritten()
{
    if (m_phase == Phase::Closing && m_socket && m_socket->bytesToWrite() == 0)
        ::shutdown(int(m_socket->socketDescriptor()), SHUT_WR);
}

void Link::admit(const chat::Identity &identity)
{
    Services &services = m_gateway.services();
    if (m_socket->bytesAvailable() > m_http->size())
        return answer(refusal(ErrorCode::BadRequest, "Bytes came behind the upgrade request."));
    const QByteArray address = m_socket->peerAddress().toString().toLatin1();
    if (services.isStopping || !services.admission.enter(address))
        return answer(refusal(ErrorCode::Overloaded, "Too many connections."));
    m_address = address;
    services.metrics.connectionOpened();
    m_identity = identity;
    m_phase = Phase::Upgrading;
    m_since = services.clock.instant();
    m_gateway.upgrade(*this);
}

void Link::upgraded(QWebSocket *webSocket)
{
    m_webSocket = webSocket;
    // From here on the bytes are ours: QWebSocket takes unmasked frames, refuses a fragment that
    // ends inside a character, and answers pings without limit.
    QObject::disconnect(m_socket, &QIODevice::readyRead, nullptr, nullptr);
    connect(m_socket, &QIODevice::readyRead, this, &Link::onReadable);
    m_phase = Phase::Open;
    m_gate.reset();
    m_http.reset();
    m_connection
        = std::make_unique<chat::Connection>(m_id, m_identity, *this, m_gateway.router());
    if (m_isGoing) {
        goAway();
        m_connection->close(CloseCode::ShuttingDown);
    }
}

bool Link::checkPassword(QByteArray password, QByteArray hash)
{
    return m_gateway.checkPassword(m_id, std::move(password), std::move(hash));
}

void Link::passwordChecked(bool right)
{
    if (m_gate && m_phase == Phase::Deciding)
        m_gate->passwordChecked(right);
}

void Link::readFrames()
{
    if (m_isReading || m_isGoing)
        return; // resumed by an answer to what is being read just now; or no longer listening
    m_isReading = true;
    while (m_phase == Phase::Open && !m_connection->isSaturated()) {
        if (const auto frame = m_frames.next())
            take(*frame);
        else if (m_frames.violation())
            m_connection->close(*m_frames.violation());
        else if (m_socket->bytesAvailable() > 0)
            m_frames.feed(m_socket->readAll());
        else
            break;
    }
    m_isReading = false;
}

void Link::take(const FrameReader::Frame &frame)
{
    switch (frame.kind) {
    case FrameReader::Kind::Text:
        if (!protocol::isUtf8(frame.payload))
            return m_connection->close(CloseCode::NotUtf8);
        return m_connection->receive(frame.payload);
    case FrameReader::Kind::Binary:
        return m_connection->receiveBinary();
    case FrameReader::Kind::Ping:
        writeFrame(PongOpcode, frame.payload.toByteArray());
        return m_connection->heard();
    case FrameReader::Kind::Pong:
        return m_connection->heard();
    case FrameReader::Kind::Close:
        return m_connection->close(answerToClose(frame.payload));
    }
}

void Link::send(const QByteArray &payload)
{
    if (m_phase == Phase::Open)
        writeFrame(TextOpcode, payload);
}

void Link::writeFrame(int opcode, const QByteArray &payload)
{
    m_socket->write(frameHeader(opcode, payload.size()));
    m_socket->write(payload);
    touch();
    // What was only gathered in this turn is no backlog.
    if (m_socket->bytesToWrite() > FlushBytes)
        m_socket->flush();
    if (m_phase == Phase::Open && m_socket->bytesToWrite() > limits::MaxWaitingBytes)
        m_connection->close(CloseCode::SlowConsumer);
}

void Link::close(CloseCode code)
{
    if (m_phase != Phase::Open)
        return;
    m_gateway.services().metrics.countClosed(code);
    m_phase = Phase::Closing;
    writeFrame(CloseOpcode, closePayload(code));
    if (m_phase == Phase::Closing) // else the write found it gone
        finish();
}

void Link::onDisconnected()
{
    m_phase = Phase::Gone;
    touch();
}

void Link::touch()
{
    if (std::exchange(m_isTouched, true))
        return;
    m_gateway.touched(*this);
}

void Link::settle()
{
    if (m_phase == Phase::Open) {
        m_socket->flush(); // and may find the peer gone
        if (m_isGoing && m_connection->isIdle())
            m_connection->close(CloseCode::ShuttingDown);
    }
    if (m_phase == Phase::Closing || m_phase == Phase::Gone) {
        m_gate.reset();
        leaveChat();
    }
    m_isTouched = false; // not before: whoever is gone now must not be listed once more
}

void Link::leaveChat()
{
    m_connection.reset();
    if (m_address.isNull())
        return;
    m_gateway.services().admission.leave(std::exchange(m_address, {}));
    m_gateway.services().metrics.connectionEnded();
}

void Link::sweep(Instant now)
{
    switch (m_phase) {
    case Phase::Request:
        if (now - m_since >= limits::RequestTimeout)
            answer(refusal(ErrorCode::RequestTimeout));
        return;
    case Phase::Deciding:
        if (now - m_since >= 3 * limits::RequestTimeout)
            answer(refusal(ErrorCode::Overloaded, "The store does not answer."));
        return;
    case Phase::Upgrading:
        if (now - m_since >= limits::RequestTimeout)
            m_socket->abort();
        return;
    case Phase::Open:
        m_connection->sweep(now);
        return checkWaiting();
    case Phase::Closing:
        if (now - m_since >= limits::CloseTimeout)
            m_socket->abort();
        return;
    case Phase::Gone:
        return;
    }
}

void Link::checkWaiting()
{
    const Instant now = m_gateway.services().clock.instant();
    if (m_phase != Phase::Open || m_socket->bytesToWrite() <= limits::SlowBytes)
        m_slowSince = {};
    else if (m_slowSince == Instant())
        m_slowSince = now;
    else if (now - m_slowSince >= limits::SlowTime)
        m_connection->close(CloseCode::SlowConsumer);
}

void Link::goAway()
{
    m_isGoing = true;
    if (m_phase == Phase::Open) {
        m_connection->notify(protocol::encode(protocol::GoAway {limits::RetryAfter}));
        touch();
    } else if (m_phase == Phase::Request) {
        answer(refusal(ErrorCode::Overloaded, "The server is shutting down."));
    }
}

} // namespace parley::gateway
