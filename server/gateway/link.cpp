// SPDX-License-Identifier: MIT
#include "gateway/link.h"

#include "core/log.h"
#include "gateway/gateway.h"
#include "protocol/codec.h"

#include <fcntl.h>

namespace parley::gateway {
namespace {

constexpr qint64 RequestBufferBytes = 64 << 10;
constexpr qint64 FlushBytes = 256 << 10;
static_assert(RequestBufferBytes > limits::HttpHeadBytes + limits::HttpBodyBytes);

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
    if (m_request) {
        m_request->disconnect(); // its end is no news to us any more
        delete m_request;
    }
}

bool Link::adopt(qintptr descriptor)
{
    m_request = new QTcpSocket;
    m_request->setReadBufferSize(RequestBufferBytes);
    if (!m_request->setSocketDescriptor(descriptor))
        return false;
    QObject::connect(
        m_request, &QIODevice::readyRead, m_request, [this] { onRequestBytes(); });
    QObject::connect(m_request, &QAbstractSocket::disconnected, m_request, [this] { gone(); });
    return true;
}

void Link::turnAway() { answer(refusal(ErrorCode::Overloaded, "Too many connections.")); }

void Link::onRequestBytes()
{
    if (m_phase == Phase::Request)
        readRequest();
    else if (m_phase == Phase::Upgrading && m_request->bytesAvailable() > m_http->size())
        m_request->abort(); // nothing may follow the head before its answer
}

// The QTcpSocket has done its part: a copy of its descriptor is what we go on with.
bool Link::takeOver()
{
    m_request->flush();
    const int descriptor = m_request->bytesToWrite() > 0
        ? -1
        : ::fcntl(int(m_request->socketDescriptor()), F_DUPFD_CLOEXEC, 0);
    m_request->disconnect(m_request); // us, but not its QWebSocket, which shall see the end
    m_request->abort();
    std::exchange(m_request, nullptr)->deleteLater(); // it may be calling us
    if (descriptor < 0) {
        qCInfo(lcGateway) << "a connection could not be taken over";
        return false;
    }
    m_socket = std::make_unique<Socket>(descriptor, *this);
    return true;
}

void Link::onReadable()
{
    const auto bytes = m_socket->read(m_gateway.readBuffer());
    if (!bytes)
        return gone();
    if (m_phase != Phase::Open)
        return; // what comes behind the end is not looked at
    m_frames.feed(*bytes);
    readFrames();
}

void Link::readRequest()
{
    const QByteArray bytes = m_request->peek(m_request->bytesAvailable());
    switch (m_http->read(bytes)) {
    case HttpReader::State::NeedsMore:
        if (m_http->takeExpectation())
            m_request->write("HTTP/1.1 100 Continue\r\n\r\n");
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
        m_id, *this, m_request->peerAddress(), m_gateway.services(), m_gateway.router());
    m_gate->decide(m_http->request());
}

void Link::answer(const HttpAnswer &httpAnswer)
{
    if (!m_request || m_phase == Phase::Gone)
        return; // it has been answered, or has gone
    if (!takeOver())
        return gone();
    m_gateway.services().metrics.countAnswer(httpAnswer.status);
    if (!httpAnswer.code.isEmpty() && m_gateway.services().tracer.isOn())
        tellRefused(httpAnswer.code);
    m_socket->write(serialize(httpAnswer));
    finish();
}

// A refusal that came with the upgrade's own bytes still unread would be lost to a reset; so does
// the end of every connection go: ours is said, then we listen until the peer's, or for a while.
void Link::finish()
{
    m_phase = Phase::Closing;
    m_since = m_gateway.services().clock.instant();
    m_socket->setReading(true);
    touch();
    flush();
}

void Link::onWritable() { flush(); }

void Link::flush()
{
    if (!m_socket->flush())
        return gone();
    if (m_socket->waiting() > 0)
        return;
    if (m_phase == Phase::Closing)
        m_socket->endWriting();
    else if (m_watcher && !m_watcher->isEmpty())
        m_gateway.wakeWatcher(m_id); // in another turn, for others have their own
}

void Link::admit(const chat::Identity &identity)
{
    if (!mayUpgrade())
        return;
    Services &services = m_gateway.services();
    const QByteArray address = m_request->peerAddress().toString().toLatin1();
    if (services.isStopping || !services.admission.enter(address))
        return answer(refusal(ErrorCode::Overloaded, "Too many connections."));
    m_address = address;
    services.metrics.connectionOpened();
    m_identity = identity;
    upgrade();
}

void Link::admitWatcher()
{
    if (!mayUpgrade())
        return;
    m_watcher = m_gateway.services().tracer.watch(
        [gateway = &m_gateway, id = m_id] { gateway->wakeWatcher(id); });
    if (!m_watcher)
        return answer(refusal(ErrorCode::Overloaded, "Too many watch."));
    upgrade();
}

// Else it is answered, or waited too long, or has gone.
bool Link::mayUpgrade()
{
    if (m_phase != Phase::Deciding)
        return false;
    if (m_request->bytesAvailable() <= m_http->size())
        return true;
    answer(refusal(ErrorCode::BadRequest, "Bytes came behind the upgrade request."));
    return false;
}

void Link::upgrade()
{
    m_phase = Phase::Upgrading;
    m_since = m_gateway.services().clock.instant();
    m_gateway.upgrade(*this);
}

void Link::upgraded(QWebSocket *webSocket)
{
    // From here on the bytes are ours: QWebSocket takes unmasked frames, refuses a fragment that
    // ends inside a character, answers pings without limit, and weighs more than all the rest.
    const bool isOurs = takeOver();
    webSocket->deleteLater();
    if (!isOurs)
        return gone();
    m_phase = Phase::Open;
    m_gate.reset();
    m_http.reset();
    if (m_watcher)
        tellSteps();
    else
        m_connection = std::make_unique<chat::Connection>(
            m_id, std::move(m_identity), *this, m_gateway.router());
    if (m_isGoing) {
        goAway();
        end(CloseCode::ShuttingDown);
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
    if (m_isReading)
        return; // resumed by an answer to what is being read just now
    m_isReading = true;
    const auto listens = [this] {
        return m_phase == Phase::Open && !m_isGoing && !isSaturated();
    };
    while (listens()) {
        if (const auto frame = m_frames.next())
            m_connection ? take(*frame) : takeFromWatcher(*frame);
        else if (m_frames.violation())
            end(*m_frames.violation());
        else
            break;
    }
    m_isReading = false;
    m_frames.keep();
    if (m_phase == Phase::Open)
        m_socket->setReading(listens());
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
    m_socket->write(frameHeader(opcode, payload.size()), payload);
    touch();
    // What was only gathered in this turn is no backlog.
    if (m_socket->waiting() > FlushBytes)
        flush();
    if (m_phase == Phase::Open && m_socket->waiting() > limits::MaxWaitingBytes)
        end(CloseCode::SlowConsumer);
}

void Link::end(CloseCode code) { m_connection ? m_connection->close(code) : close(code); }

void Link::close(CloseCode code)
{
    if (m_phase != Phase::Open)
        return;
    if (m_connection)
        m_gateway.services().metrics.countClosed(code);
    m_phase = Phase::Closing;
    writeFrame(CloseOpcode, closePayload(code));
    if (m_phase == Phase::Closing) // else the write found it gone
        finish();
}

void Link::gone()
{
    m_phase = Phase::Gone;
    if (m_socket)
        m_socket->setReading(false);
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
        flush(); // and may find the peer gone
        if (m_phase == Phase::Open && m_isGoing && isIdle())
            end(CloseCode::ShuttingDown);
    }
    if (m_phase == Phase::Closing || m_phase == Phase::Gone) {
        m_gate.reset();
        m_watcher.reset();
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
            m_request->abort();
        return;
    case Phase::Open:
        if (m_isGoing)
            touch(); // an outcome that needs no answer may have made it idle
        if (m_connection)
            m_connection->sweep(now);
        return checkWaiting(now);
    case Phase::Closing:
        if (now - m_since >= limits::CloseTimeout)
            gone();
        return;
    case Phase::Gone:
        return;
    }
}

void Link::checkWaiting(Instant now)
{
    if (m_phase != Phase::Open || m_socket->waiting() <= limits::SlowBytes)
        m_slowSince = {};
    else if (m_slowSince == Instant())
        m_slowSince = now;
    else if (now - m_slowSince >= limits::SlowTime)
        end(CloseCode::SlowConsumer);
}

void Link::goAway()
{
    m_isGoing = true;
    if (m_phase == Phase::Open) {
        const QByteArray payload = protocol::encode(protocol::GoAway {limits::RetryAfter});
        m_connection ? m_connection->notify(payload) : send(payload);
        touch();
    } else if (m_phase == Phase::Request) {
        answer(refusal(ErrorCode::Overloaded, "The server is shutting down."));
    }
}

} // namespace parley::gateway
