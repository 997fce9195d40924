// SPDX-License-Identifier: MIT
#include "chat/connection.h"

#include "chat/router.h"
#include "protocol/codec.h"

namespace parley::chat {
namespace {

// What a question holds in memory until it is answered, its envelope aside.
qint64 bytesOf(const storage::Action &action)
{
    const auto *message = std::get_if<storage::StoreMessage>(&action);
    return message ? message->body.size() : 0;
}

} // namespace

Connection::Connection(ConnectionId id, Identity identity, Outlet &outlet, Router &router)
    : m_id(id)
    , m_identity(std::move(identity))
    , m_outlet(outlet)
    , m_router(router)
    , m_feed(router.limits().window)
    , m_rate(router.limits().commandsPerSecond, router.limits().burst, router.clock().instant())
    , m_lastHeard(router.clock().instant())
{
    if (m_router.tracer().isOn())
        tell(step(protocol::TraceKind::Opened));
    m_router.opened(*this);
    ask(storage::ReadMailbox {m_identity.user}, {}); // answered by HELLO
}

Connection::~Connection()
{
    if (m_router.tracer().isOn()) {
        auto closed = step(protocol::TraceKind::Closed);
        closed.code = QByteArray::number(m_closeCode);
        tell(std::move(closed));
    }
    m_router.closed(*this);
}

void Connection::receive(QByteArrayView text)
{
    if (m_closing)
        return;
    heard();
    const bool withinRate = m_rate.take(m_router.clock().instant());
    auto decoded = protocol::decodeCommand(text);
    if (const auto *bad = std::get_if<protocol::BadFrame>(&decoded))
        return refuseFrame(*bad);
    auto &request = std::get<protocol::Request>(decoded);
    if (m_router.tracer().isOn())
        tellReceived(request);
    if (auto *send = std::get_if<protocol::Send>(&request.command))
        handle(std::move(*send), request.ref, withinRate);
    else if (withinRate)
        std::visit(
            [&](auto &command) {
                if constexpr (!std::is_same_v<std::decay_t<decltype(command)>, protocol::Send>)
                    handle(std::move(command), request.ref);
            },
            request.command);
    else
        refuseForRate(request.ref);
    if (!withinRate && m_rate.refusedFor(m_router.clock().instant()) >= limits::OverRate)
        closeInTurn(CloseCode::OverRate);
}

void Connection::receiveBinary()
{
    if (m_closing)
        return;
    heard();
    m_rate.take(m_router.clock().instant());
    refuseFrame({ErrorCode::Unsupported, {}, {}, {}});
}

void Connection::heard() { m_lastHeard = m_router.clock().instant(); }

bool Connection::isSaturated() const
{
    return m_asked - m_answeredCount + m_later.size() >= size_t(limits::PipelineCommands)
        || m_bytesAsked >= limits::PipelineBytes;
}

// A refusal goes to the store all the same: it may know the key, and that comes first.
void Connection::handle(protocol::Send &&send, const protocol::Ref &ref, bool withinRate)
{
    storage::StoreMessage message {m_identity.user, send.receiveUserId, std::move(send.clientId),
        std::move(send.body), send.receipt, std::nullopt};
    if (!withinRate)
        message.refusal = ErrorCode::RateLimited;
    else if (message.body.size() > m_router.limits().bodyBytes)
        message.refusal = ErrorCode::TooLarge;
    if (message.refusal)
        message.body.clear();
    ask(std::move(message), ref);
}

void Connection::handle(protocol::Confirm &&confirm, const protocol::Ref &ref)
{
    ask(storage::Confirm {m_identity.user, std::move(confirm.seqs), confirm.upTo}, ref);
}

void Connection::handle(const protocol::Fetch &fetch, const protocol::Ref &ref)
{
    ask(storage::Fetch {m_identity.user, fetch.after, fetch.limit, limits::FetchFrameBytes}, ref);
}

void Connection::handle(const protocol::Track &track, const protocol::Ref &ref)
{
    ask(storage::Track {m_identity.user, track.clientId}, ref);
}

void Connection::handle(const protocol::Heartbeat &, const protocol::Ref &ref)
{
    const Time now = m_router.clock().now();
    m_router.heard(m_identity.user, now);
    reply(protocol::encode(protocol::HeartbeatReply {now, ref}));
}

void Connection::handle(protocol::Status &&status, const protocol::Ref &ref)
{
    ask(storage::ReadPresence {std::move(status.userIds)}, ref);
}

void Connection::handle(protocol::Watch &&watch, const protocol::Ref &ref)
{
    ask(storage::ReadPresence {std::move(watch.userIds)}, ref);
    m_watchQuestions.push_back(m_asked);
}

void Connection::refuseFrame(const protocol::BadFrame &bad)
{
    protocol::Error error;
    error.code = bad.code;
    error.ref = bad.ref;
    error.clientId = bad.clientId;
    error.field = bad.field;
    if (m_router.tracer().isOn())
        tellError(error);
    reply(protocol::encode(error));
    if (m_strikes.add(m_router.clock().instant()))
        closeInTurn(CloseCode::BadFrames);
}

void Connection::refuseForRate(const protocol::Ref &ref)
{
    protocol::Error error;
    error.code = ErrorCode::RateLimited;
    error.ref = ref;
    error.retryAfter = m_rate.retryAfter();
    if (m_router.tracer().isOn())
        tellError(error);
    reply(protocol::encode(error));
}

void Connection::offer(const storage::StoreMessage &message, const storage::Stored &stored,
    const QByteArray &payload)
{
    if (m_router.tracer().isOn()) {
        auto routed = step(protocol::TraceKind::Routed);
        routed.peerUserId = message.sender;
        routed.seq = stored.seq;
        routed.clientId = message.clientId;
        tell(std::move(routed));
    }
    switch (m_feed.offer(stored.seq)) {
    case MailboxFeed::Push::Deliver:
        return write(payload, message.sender, stored.seq, message.clientId);
    case MailboxFeed::Push::FallBehind:
        return notify(protocol::encode(protocol::Behind {stored.unread}));
    case MailboxFeed::Push::Skip:
        return;
    }
}

void Connection::notify(const QByteArray &payload)
{
    if (m_closing)
        return;
    if (m_router.tracer().isOn())
        tellWritten(payload);
    m_outlet.send(payload);
}

// The same, of a frame about one message.
void Connection::write(
    const QByteArray &payload, UserId peer, Seq seq, const QByteArray &clientId)
{
    if (m_closing)
        return;
    if (m_router.tracer().isOn())
        tellWritten(payload, peer, seq, clientId);
    m_outlet.send(payload);
}

void Connection::close(CloseCode code)
{
    if (m_closing)
        return;
    m_closing = true;
    m_closeCode = quint16(code);
    m_outlet.close(code);
}

void Connection::sweep(Instant now)
{
    if (isSaturated())
        return heard(); // it is we who do not listen
    if (now - m_lastHeard >= m_router.limits().heartbeatTimeout)
        close(CloseCode::HeartbeatTimeout);
}

void Connection::ask(storage::Action action, const QByteArray &ref)
{
    ++m_asked;
    m_bytesAsked += bytesOf(action);
    m_router.ask(m_id, std::move(action), ref);
}

void Connection::reply(const QByteArray &payload)
{
    if (isIdle() && m_later.empty())
        notify(payload);
    else
        m_later.push_back({m_asked, payload, std::nullopt});
}

void Connection::closeInTurn(CloseCode code)
{
    if (isIdle() && m_later.empty())
        return close(code);
    m_later.push_back({m_asked, {}, code});
}

void Connection::sendDue()
{
    size_t sent = 0;
    for (; sent < m_later.size() && m_later[sent].after <= m_answeredCount; ++sent) {
        const Later &later = m_later[sent];
        if (later.close)
            close(*later.close);
        else
            notify(later.payload);
    }
    m_later.erase(m_later.begin(), m_later.begin() + qsizetype(sent));
}

} // namespace parley::chat
