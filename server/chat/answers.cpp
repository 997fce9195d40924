// SPDX-License-Identifier: MIT
// The part of Connection that turns outcomes into answers.
#include "chat/connection.h"

#include "chat/router.h"
#include "chat/steps.h"

namespace parley::chat {

using protocol::Ref;

void Connection::answered(
    const storage::Operation &operation, const storage::Outcome &outcome, Time at)
{
    const Pending::Kind kind = m_pending.takeQuestion();
    m_reserved -= operation.bytes;
    if (const auto *message = std::get_if<storage::StoreMessage>(&operation.action))
        answer(*message, outcome, operation.ref);
    else
        answerOther(kind, operation, outcome, at);
    sendDue();
    retry();
}

void Connection::answerOther(Pending::Kind kind, const storage::Operation &operation,
    const storage::Outcome &outcome, Time at)
{
    if (const auto *refused = std::get_if<storage::Refused>(&outcome)) {
        if (std::holds_alternative<storage::ReadMailbox>(operation.action))
            return close(CloseCode::Overloaded); // no HELLO without the mailbox
        if (std::holds_alternative<storage::Confirm>(operation.action))
            m_confirmedUpTo = {}; // it was not
        protocol::Error error;
        error.ref = operation.ref;
        refuse(*refused, std::move(error));
    } else if (const auto *fetched = std::get_if<storage::Fetched>(&outcome)) {
        answer(*fetched, operation.ref);
    } else if (const auto *confirmed = std::get_if<storage::Confirmed>(&outcome)) {
        if (!operation.ref.isNull())
            send(protocol::Confirmed{qint64(confirmed->removed.size()), operation.ref});
    } else if (const auto *tracked = std::get_if<storage::Tracked>(&outcome)) {
        answer(std::get<storage::Track>(operation.action), *tracked, operation.ref);
    } else if (const auto *presence = std::get_if<storage::FoundPresence>(&outcome)) {
        const bool isWatch = kind == Pending::Kind::Watch;
        if (m_router.tracer().isOn())
            tellPresenceRead(isWatch);
        answer(*presence, operation.ref);
        if (isWatch)
            m_router.watch(*this, std::get<storage::ReadPresence>(operation.action).users);
    } else if (const auto *mailbox = std::get_if<storage::Mailbox>(&outcome)) {
        hello(*mailbox, at);
    }
}

void Connection::answer(
    const storage::StoreMessage &message, const storage::Outcome &outcome, const Ref &ref)
{
    if (const auto *stored = std::get_if<storage::Stored>(&outcome)) {
        QByteArray payload;
        protocol::append(payload,
            protocol::Sent{message.clientId, message.receiver, stored->seq, stored->sentAt,
                stored->duplicate, ref});
        return write(protocol::replyName<protocol::Sent>(), payload, message.receiver, stored->seq,
            message.clientId);
    }
    protocol::Error error;
    error.ref = ref;
    error.clientId = message.clientId;
    const auto &refused = std::get<storage::Refused>(outcome);
    if (refused.code == ErrorCode::TooLarge)
        error.field = QByteArrayLiteral("body");
    else if (refused.code == ErrorCode::UnknownUser)
        error.field = QByteArrayLiteral("receiveUserId");
    refuse(refused, std::move(error));
}

void Connection::answer(const storage::Fetched &fetched, const Ref &ref)
{
    protocol::Messages reply;
    reply.more = fetched.more;
    reply.ref = ref;
    reply.messages.reserve(fetched.messages.size());
    for (const storage::Message &message : fetched.messages)
        reply.messages.push_back(
            {message.seq, message.sender, message.body, message.sentAt, message.clientId});
    const Frame frame{protocol::replyName<protocol::Messages>(),
        protocol::encodeFitting(reply, limits::FetchFrameBytes)};
    if (m_router.tracer().isOn())
        tellFetched(reply);
    send(frame);
    if (!reply.more)
        m_feed.caughtUp(fetched.lastSeq);
}

void Connection::answer(
    const storage::Track &track, const storage::Tracked &tracked, const Ref &ref)
{
    protocol::Tracked reply;
    reply.clientId = track.clientId;
    reply.ref = ref;
    if (tracked.known) {
        reply.state =
            tracked.confirmedAt ? protocol::TrackState::Confirmed : protocol::TrackState::Unread;
        reply.receiveUserId = tracked.receiver;
        reply.seq = tracked.seq;
        reply.sentAt = tracked.sentAt;
        reply.confirmedAt = tracked.confirmedAt;
    }
    send(reply);
}

void Connection::answer(const storage::FoundPresence &found, const Ref &ref)
{
    protocol::StatusReply reply;
    reply.ref = ref;
    for (const storage::PresenceRow &row : found.rows)
        reply.users.push_back({row.user, row.online, row.lastSeen});
    send(reply);
}

void Connection::hello(const storage::Mailbox &mailbox, Time at)
{
    m_feed.begin(mailbox);
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
    send(hello);
}

void Connection::refuse(const storage::Refused &refused, protocol::Error error)
{
    error.code = refused.code;
    if (refused.code == ErrorCode::RateLimited)
        error.retryAfter = m_rate.retryAfter();
    else if (refused.code == ErrorCode::StoreUnavailable)
        error.retryAfter = limits::RetryAfter;
    else if (refused.code == ErrorCode::Internal)
        error.message = "A defect of the server; incident " + refused.incident + '.';
    tellError(error);
    send(error);
}

} // namespace parley::chat
