// SPDX-License-Identifier: MIT
#include "chat/connection.h"

#include "chat/cost.h"
#include "chat/router.h"

#include <algorithm>
#include <unordered_set>

namespace parley::chat {
namespace {

// Without what is named more than once, in the order of the first ones.
template <class T> void dropDuplicates(std::vector<T> &items)
{
    if (items.size() < 2)
        return;
    std::unordered_set<T> seen;
    std::erase_if(items, [&](T item) { return !seen.insert(item).second; });
}

} // namespace

Connection::Connection(ConnectionId id, Identity identity, Outlet &outlet, Router &router)
    : m_id(id)
    , m_identity(std::move(identity))
    , m_outlet(outlet)
    , m_router(router)
    , m_feed(router.limits().window)
    , m_rate(router.limits().commandsPerSecond, router.limits().burst, router.clock().instant())
    , m_lastHeard(router.now())
{
    m_pending.ask(Pending::Kind::Question); // its mailbox
    if (m_router.tracer().isOn())
        tell(step(protocol::TraceKind::Opened));
    m_router.opened(*this);
}

Connection::~Connection()
{
    if (m_router.tracer().isOn()) {
        auto closed = step(protocol::TraceKind::Closed);
        closed.code = QByteArray::number(m_closeCode);
        tell(std::move(closed));
    }
    m_router.budget().giveBack(m_pending.replies() * limits::CommandBytes);
    m_router.closed(*this);
}

void Connection::receive(QByteArrayView text)
{
    if (m_closing || m_ending)
        return;
    const bool withinRate = m_rate.take(m_router.clock().instant());
    auto decoded = protocol::decodeCommand(text);
    if (const auto *bad = std::get_if<protocol::BadFrame>(&decoded))
        return refuseFrame(*bad);
    Taken taken{std::move(*std::get_if<protocol::Request>(&decoded)), withinRate};
    if (m_router.tracer().isOn())
        tellReceived(taken.request);
    taken.bytes = costOf(taken.request.command, m_router.limits(), m_confirmedUpTo);
    if (!withinRate && !std::holds_alternative<protocol::Send>(taken.request.command))
        refuseForRate(taken.request.ref);
    else if (hasRoom(taken.bytes))
        begin(std::move(taken));
    else
        m_held = std::make_unique<Taken>(std::move(taken));
    if (!withinRate && m_rate.refusedFor(m_router.clock().instant()) >= limits::OverRate)
        closeInTurn(CloseCode::OverRate);
}

void Connection::begin(Taken &&taken)
{
    std::visit([&](auto &command) { handle(std::move(command), taken); }, taken.request.command);
}

void Connection::receiveBinary()
{
    if (m_closing || m_ending)
        return;
    m_rate.take(m_router.clock().instant());
    refuseFrame({ErrorCode::Unsupported, {}, {}, {}});
}

void Connection::heard()
{
    m_lastHeard = m_router.now();
}

// Beside what waits to be read. What is alone goes through whatever its size.
bool Connection::hasRoom(qint64 bytes) const
{
    const qint64 waiting = m_outlet.waiting();
    const qint64 held = m_reserved + bytes;
    const bool isFirst = m_reserved == 0 && waiting <= limits::SlowBytes;
    return (isFirst || (held <= limits::PipelineBytes && held + waiting <= limits::MaxWaitingBytes))
        && m_router.budget().fits(bytes, m_reserved);
}

bool Connection::isSaturated() const
{
    return m_held || m_ending || !hasRoom(limits::CommandBytes);
}

// Its own answers and readings wake it by themselves; what others give back does not.
void Connection::pause()
{
    m_isPaused = true;
    if (!m_router.budget().fits(m_held ? m_held->bytes : limits::CommandBytes, m_reserved))
        m_router.budget().wait(m_id);
}

void Connection::retry()
{
    if (!m_isPaused && !m_held)
        return;
    if (m_held && !m_closing && hasRoom(m_held->bytes)) {
        begin(std::move(*std::exchange(m_held, nullptr)));
        sendDue();
    }
    if (isSaturated())
        return pause();
    m_isPaused = false;
    m_outlet.resume();
}

// A refusal goes to the store all the same: it may know the key, and that comes first.
void Connection::handle(protocol::Send &&send, const Taken &taken)
{
    storage::StoreMessage message{m_identity.user, send.receiveUserId, std::move(send.clientId),
        std::move(send.body), send.receipt, std::nullopt};
    if (!taken.withinRate)
        message.refusal = ErrorCode::RateLimited;
    else if (message.body.size() > m_router.limits().bodyBytes)
        message.refusal = ErrorCode::TooLarge;
    if (message.refusal)
        message.body.clear();
    ask(std::move(message), taken);
}

void Connection::handle(protocol::Confirm &&confirm, const Taken &taken)
{
    dropDuplicates(confirm.seqs);
    // Of what is beyond the last one that is known, more may still come.
    if (confirm.upTo)
        m_confirmedUpTo = std::max(m_confirmedUpTo, std::min(*confirm.upTo, m_lastSeq));
    const bool wantsAnswer = !taken.request.ref.isNull();
    ask(storage::Confirm{m_identity.user, std::move(confirm.seqs), confirm.upTo}, taken,
        wantsAnswer);
}

void Connection::handle(protocol::Fetch &&fetch, const Taken &taken)
{
    ask(storage::Fetch{m_identity.user, fetch.after, fetch.limit, limits::FetchFrameBytes}, taken);
}

void Connection::handle(protocol::Track &&track, const Taken &taken)
{
    ask(storage::Track{m_identity.user, std::move(track.clientId)}, taken);
}

void Connection::handle(protocol::Heartbeat &&, const Taken &taken)
{
    const Time now = m_router.clock().now();
    m_router.heard(m_identity.user, now);
    reply(protocol::HeartbeatReply{now, taken.request.ref});
}

void Connection::handle(protocol::Status &&status, const Taken &taken)
{
    dropDuplicates(status.userIds);
    ask(storage::ReadPresence{std::move(status.userIds)}, taken);
}

void Connection::handle(protocol::Watch &&watch, const Taken &taken)
{
    dropDuplicates(watch.userIds);
    ask(storage::ReadPresence{std::move(watch.userIds)}, taken, true, Pending::Kind::Watch);
}

void Connection::refuseFrame(const protocol::BadFrame &bad)
{
    protocol::Error error;
    error.code = bad.code;
    error.ref = bad.ref;
    error.clientId = bad.clientId;
    error.field = bad.field;
    tellError(error);
    reply(error);
    if (m_strikes.add(m_router.clock().instant()))
        closeInTurn(CloseCode::BadFrames);
}

void Connection::refuseForRate(const protocol::Ref &ref)
{
    protocol::Error error;
    error.code = ErrorCode::RateLimited;
    error.ref = ref;
    error.retryAfter = m_rate.retryAfter();
    tellError(error);
    reply(error);
}

void Connection::offer(const protocol::Message &message, qint64 unread, const QByteArray &payload)
{
    if (m_router.tracer().isOn()) {
        auto routed = step(protocol::TraceKind::Routed);
        routed.peerUserId = message.sendUserId;
        routed.seq = message.seq;
        routed.clientId = message.clientId;
        tell(std::move(routed));
    }
    m_lastSeq = message.seq;
    switch (m_feed.offer(message.seq)) {
    case MailboxFeed::Push::Deliver:
        return write(protocol::replyName<protocol::Message>(), payload, message.sendUserId,
            message.seq, message.clientId);
    case MailboxFeed::Push::FallBehind:
        return send(protocol::Behind{unread});
    case MailboxFeed::Push::Skip:
        return;
    }
}

void Connection::setWatched(std::vector<UserId> users)
{
    m_watched = std::move(users);
    m_outlet.keep(qint64(m_watched.size()) * limits::WatchBytes);
}

void Connection::send(const Frame &frame)
{
    write(frame.cmd, frame.payload);
}

void Connection::write(
    QByteArrayView cmd, const QByteArray &payload, UserId peer, Seq seq, const QByteArray &clientId)
{
    if (m_closing)
        return;
    if (m_router.tracer().isOn())
        tellWritten(cmd, peer, seq, clientId);
    m_outlet.send(payload);
}

void Connection::close(CloseCode code)
{
    if (m_closing)
        return;
    m_closing = true;
    m_closeCode = quint16(code);
    m_held.reset();
    m_outlet.endWith(code);
}

Instant Connection::sweep(Instant now)
{
    const bool isListening = !m_isPaused && !m_ending;
    if (!isListening)
        heard(); // it is we who do not listen
    const Instant due = m_lastHeard + m_router.limits().heartbeatTimeout;
    if (now >= due)
        close(CloseCode::HeartbeatTimeout);
    return isListening ? due : now;
}

void Connection::reserve(qint64 bytes)
{
    m_reserved += bytes;
    m_router.budget().take(bytes);
}

void Connection::ask(
    storage::Action &&action, const Taken &taken, bool isAwaited, Pending::Kind kind)
{
    m_pending.ask(kind);
    reserve(taken.bytes);
    m_router.ask({std::move(action), m_id, taken.request.ref, taken.bytes, isAwaited});
}

void Connection::reply(const protocol::Reply &reply)
{
    if (isIdle())
        return send(reply);
    reserve(limits::CommandBytes);
    m_pending.reply(frameOf(reply));
}

void Connection::closeInTurn(CloseCode code)
{
    if (m_closing || m_ending)
        return;
    m_ending = code;
    sendDue();
}

// The replies whose turn it is, and the close behind all of them.
void Connection::sendDue()
{
    while (const auto reply = m_pending.takeReply()) {
        reserve(-limits::CommandBytes);
        send(*reply);
    }
    if (m_ending && isIdle())
        close(*m_ending);
}

} // namespace parley::chat
