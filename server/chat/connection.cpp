// SPDX-License-Identifier: MIT
#include "chat/connection.h"

#include "chat/cost.h"
#include "chat/router.h"
#include "chat/translation.h"

#include <algorithm>

namespace parley::chat {

Connection::Connection(ConnectionId id, Identity identity, Outlet &outlet, Router &router)
    : m_id(id)
    , m_identity(std::move(identity))
    , m_outlet(outlet)
    , m_router(router)
    , m_feed(router.limits().window)
    , m_rate(router.limits().commandsPerSecond, router.limits().burst, router.clock().instant())
    , m_since(router.clock().now())
    , m_lastHeard(router.now())
{
    m_pending.ask(Pending::Kind::Question); // its mailbox
    steps().opened();
    m_router.tally().behind.add();
    m_router.opened(*this);
}

Connection::~Connection()
{
    steps().closed(m_closeCode);
    (m_isCountedLive ? m_router.tally().live : m_router.tally().behind).add(-1);
    m_router.budget().giveBack(m_pending.replies() * limits::CommandBytes);
    m_router.closed(*this);
}

ConnectionFacts Connection::facts() const
{
    using Feed = ConnectionFacts::Feed;
    const Feed feed = !m_ready ? Feed::Greeting : m_feed.isLive() ? Feed::Live : Feed::Behind;
    const Time heard = m_router.clock().now() - (m_router.now() - m_lastHeard);
    return {m_id, m_identity.user, {}, m_since, heard, feed, m_outlet.waiting()};
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
    steps().received(taken.request);
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

void Connection::begin(Taken &&taken)
{
    using namespace protocol;
    Command &command = taken.request.command;
    if (std::holds_alternative<Heartbeat>(command))
        return answerHeartbeat(taken.request.ref);
    const auto *confirm = std::get_if<Confirm>(&command);
    // Of what is beyond the last one that is known, more may still come.
    if (confirm && confirm->upTo)
        m_confirmedUpTo = std::max(m_confirmedUpTo, std::min(*confirm->upTo, m_lastSeq));
    const bool isAwaited = !confirm || !taken.request.ref.isNull();
    const bool isWatch = std::holds_alternative<Watch>(command);
    m_pending.ask(isWatch ? Pending::Kind::Watch : Pending::Kind::Question);
    reserve(taken.bytes);
    storage::Action action = toAction(std::move(command), m_identity.user);
    if (auto *message = std::get_if<storage::StoreMessage>(&action))
        check(*message, taken.withinRate);
    m_router.ask({std::move(action), m_id, taken.request.ref, taken.bytes, isAwaited});
}

void Connection::answerHeartbeat(const protocol::Ref &ref)
{
    const Time now = m_router.clock().now();
    m_router.heard(m_identity.user, now);
    reply(protocol::HeartbeatReply{now, ref});
}

// A refusal goes to the store all the same: it may know the key, and that comes first.
void Connection::check(storage::StoreMessage &message, bool withinRate) const
{
    if (!withinRate)
        message.refusal = ErrorCode::RateLimited;
    else if (message.body.size() > m_router.limits().bodyBytes)
        message.refusal = ErrorCode::TooLarge;
    if (message.refusal)
        message.body.clear();
}

void Connection::refuseFrame(const protocol::BadFrame &bad)
{
    protocol::Error error;
    error.code = bad.code;
    error.ref = bad.ref;
    error.clientId = bad.clientId;
    error.field = bad.field;
    noteRefused(error);
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
    noteRefused(error);
    reply(error);
}

void Connection::offer(const protocol::Message &message, qint64 unread, const QByteArray &payload)
{
    steps().routed(message);
    m_lastSeq = message.seq;
    switch (m_feed.offer(message.seq)) {
    case MailboxFeed::Push::Deliver:
        m_router.tally().pushed.add();
        return write(protocol::replyName<protocol::Message>(), payload, message.sendUserId,
            message.seq, message.clientId);
    case MailboxFeed::Push::FallBehind:
        noteLive(false);
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
    steps().written(cmd, peer, seq, clientId);
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

void Connection::answered(
    const storage::Operation &operation, const storage::Outcome &outcome, Time at)
{
    const Pending::Kind kind = m_pending.takeQuestion();
    m_reserved -= operation.bytes;
    answer(kind, operation, outcome, at);
    sendDue();
    retry();
}

void Connection::answer(Pending::Kind kind, const storage::Operation &operation,
    const storage::Outcome &outcome, Time at)
{
    if (const auto *stored = std::get_if<storage::Stored>(&outcome))
        return sendSent(toSent(operation, *stored));
    if (const auto *refused = std::get_if<storage::Refused>(&outcome))
        return refuse(operation, *refused);
    if (const auto *fetched = std::get_if<storage::Fetched>(&outcome))
        return sendPage(toMessages(operation, *fetched), fetched->lastSeq,
            std::get<storage::Fetch>(operation.action).after);
    if (const auto *mailbox = std::get_if<storage::Mailbox>(&outcome))
        return sendHello(*mailbox, at);
    const bool isWatch = kind == Pending::Kind::Watch;
    if (std::holds_alternative<storage::FoundPresence>(outcome))
        steps().presenceRead(isWatch);
    if (operation.isAwaited) {
        if (const auto reply = toReply(operation, outcome))
            send(*reply);
    }
    if (isWatch)
        m_router.presence().watch(*this, std::get<storage::ReadPresence>(operation.action).users);
}

void Connection::sendSent(const protocol::Sent &sent)
{
    QByteArray payload;
    protocol::append(payload, sent);
    write(protocol::replyName<protocol::Sent>(), payload, sent.receiveUserId, sent.seq,
        sent.clientId);
}

void Connection::sendPage(protocol::Messages page, Seq lastSeq, Seq after)
{
    // What does not fit is left for the next page.
    const Frame frame{protocol::replyName<protocol::Messages>(),
        protocol::encodeFitting(page, limits::FetchFrameBytes)};
    steps().fetched(page);
    send(frame);
    // A live one is not pushed what was on the page, where the store was ahead of what is known
    // here.
    if (m_feed.isLive() && after < m_feed.next()) {
        if (!page.more)
            m_feed.skipTo(lastSeq.next());
        else if (!page.messages.empty())
            m_feed.skipTo(page.messages.back().seq.next());
    }
    if (page.more)
        return;
    m_feed.caughtUp(lastSeq);
    noteLive(true);
}

void Connection::sendHello(const storage::Mailbox &mailbox, Time at)
{
    m_feed.begin(mailbox);
    noteLive(m_feed.isLive());
    m_lastSeq = mailbox.lastSeq;
    m_confirmedUpTo = mailbox.count > 0 ? Seq(mailbox.firstSeq.value() - 1) : mailbox.lastSeq;
    m_ready = true;
    m_pending.squeeze(); // who only listens needs no more of it
    protocol::Hello hello;
    hello.userId = m_identity.user;
    hello.connectionId = wireText(m_id);
    hello.time = at;
    hello.limits = m_router.limits();
    hello.unreadCount = mailbox.count;
    hello.firstSeq = mailbox.firstSeq;
    hello.lastSeq = mailbox.lastSeq;
    hello.epoch = mailbox.epoch;
    send(hello);
}

void Connection::refuse(const storage::Operation &operation, const storage::Refused &refused)
{
    if (std::holds_alternative<storage::ReadMailbox>(operation.action))
        return close(CloseCode::Overloaded); // no HELLO without the mailbox
    if (std::holds_alternative<storage::Confirm>(operation.action))
        m_confirmedUpTo = {}; // it was not
    protocol::Error error = toError(operation, refused);
    if (refused.code == ErrorCode::RateLimited)
        error.retryAfter = m_rate.retryAfter();
    noteRefused(error);
    send(error);
}

void Connection::noteRefused(const protocol::Error &error)
{
    m_router.tally().countError(error.code);
    steps().refused(error);
}

void Connection::noteLive(bool isLive)
{
    const int more = int(isLive) - int(std::exchange(m_isCountedLive, isLive));
    m_router.tally().live.add(more);
    m_router.tally().behind.add(-more);
    if (more > 0)
        m_router.delivery().follow(m_identity.user, m_feed.next());
    else if (more < 0)
        m_router.delivery().unfollow(m_identity.user);
}

ConnectionSteps Connection::steps() const
{
    return {m_router.tracer(), m_id, m_identity.user};
}

} // namespace parley::chat
