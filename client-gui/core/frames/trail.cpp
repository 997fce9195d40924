// SPDX-License-Identifier: MIT
#include "frames/trail.h"

#include "frames/framelog.h"
#include "protocol/codec.h"

#include <algorithm>

namespace parley::frames {
namespace {

// How far back the CONFIRM of a CONFIRMED is looked for.
constexpr qint64 MostLookedAt = 20'000;

template <class T> std::optional<T> replyAs(const Frame &frame)
{
    if (frame.kind != Kind::Received)
        return {};
    auto reply = protocol::decodeReply(frame.payload);
    auto *wanted = reply ? std::get_if<T>(&*reply) : nullptr;
    return wanted ? std::optional(std::move(*wanted)) : std::nullopt;
}

std::optional<protocol::Confirm> confirmIn(const Frame &frame)
{
    if (frame.kind != Kind::Sent || frame.cmd != "CONFIRM" || !protocol::isUtf8(frame.payload))
        return {};
    const auto command = protocol::decodeCommand(frame.payload);
    const auto *request = std::get_if<protocol::Request>(&command);
    const auto *confirm = request ? std::get_if<protocol::Confirm>(&request->command) : nullptr;
    return confirm ? std::optional(*confirm) : std::nullopt;
}

const Frame *confirmAnsweredBy(const FrameLog &log, const Frame &answer)
{
    const qint64 first = std::max(log.firstNumber(), answer.number - MostLookedAt);
    for (qint64 number = answer.number - 1; number >= first; --number) {
        const Frame *frame = log.frame(number);
        if (frame && frame->pane == answer.pane && frame->kind == Kind::Sent
            && frame->cmd == "CONFIRM" && frame->ref == answer.ref)
            return frame;
    }
    return nullptr;
}

MessageKey keyIn(const FrameLog &log, const Frame &frame)
{
    if (frame.cmd == "MESSAGE")
        return {frame.peerUserId, frame.clientId, frame.userId, frame.seq};
    if (frame.cmd == "SEND" || frame.cmd == "SENT")
        return {frame.userId, frame.clientId, frame.peerUserId, frame.seq};
    if (frame.cmd == "CONFIRM" || frame.cmd == "MESSAGES")
        return {{}, {}, frame.userId, frame.seq};
    if (frame.cmd == "CONFIRMED" && !frame.ref.isEmpty()) {
        const Frame *confirm = confirmAnsweredBy(log, frame);
        return confirm ? keyIn(log, *confirm) : MessageKey();
    }
    if (frame.cmd == "RECEIPT") {
        const auto answer = replyAs<protocol::Receipts>(frame);
        if (!answer || answer->receipts.empty())
            return {};
        const auto &last = answer->receipts.back();
        return {frame.userId, last.clientId, last.receiveUserId, last.seq};
    }
    if (frame.cmd == "TRACK" || frame.cmd == "ERROR")
        return {frame.userId, frame.clientId, {}, {}};
    return {};
}

} // namespace

MessageKey messageOf(const FrameLog &log, const Frame &frame)
{
    const MessageKey key = keyIn(log, frame);
    return key.isNull() ? MessageKey() : Trail(log, key).key();
}

bool coversSeq(const Frame &frame, Seq seq)
{
    if (frame.seq < seq || seq == Seq())
        return false;
    if (const auto confirm = confirmIn(frame))
        return confirm->upTo ? *confirm->upTo >= seq
                             : std::ranges::find(confirm->seqs, seq) != confirm->seqs.end();
    if (frame.cmd == "MESSAGES") {
        const auto page = replyAs<protocol::Messages>(frame);
        return page && std::ranges::any_of(page->messages, [seq](const auto &message) {
            return message.seq == seq;
        });
    }
    return (frame.cmd == "MESSAGE" || frame.cmd == "SENT") && frame.seq == seq;
}

// What a later frame tells may make an earlier one belong. Each round learns a half of the key at
// least, or is the last, where frames do not contradict each other.
Trail::Trail(const FrameLog &log, MessageKey key)
    : m_key(std::move(key))
{
    constexpr int MostRounds = 4;
    MessageKey known;
    for (int round = 0; round < MostRounds && (round == 0 || known != m_key); ++round) {
        known = m_key;
        m_numbers.clear();
        m_confirms.clear();
        for (qint64 number = log.firstNumber(); number <= log.lastNumber(); ++number)
            take(*log.frame(number));
    }
}

bool Trail::take(const Frame &frame)
{
    const MessageKey known = m_key;
    if (belongs(frame))
        m_numbers.insert(frame.number);
    return known == m_key;
}

bool Trail::isSenders(const Frame &frame, const QByteArray &clientId) const
{
    return !m_key.clientId.isEmpty() && clientId == m_key.clientId
        && (m_key.sender == UserId() || frame.userId == m_key.sender);
}

bool Trail::isPlace(UserId mailbox, Seq seq) const
{
    return m_key.seq != Seq() && seq == m_key.seq && mailbox == m_key.mailbox;
}

bool Trail::belongs(const Frame &frame)
{
    if (frame.kind == Kind::Sent) {
        if (frame.cmd == "CONFIRM")
            return takeConfirm(frame);
        return (frame.cmd == "SEND" || frame.cmd == "TRACK") && isSenders(frame, frame.clientId);
    }
    if (frame.kind != Kind::Received)
        return false;
    if (frame.cmd == "SENT")
        return takeStored(frame);
    if (frame.cmd == "MESSAGE")
        return takeMessage(frame.userId, frame.seq, frame.peerUserId, frame.clientId);
    if (frame.cmd == "MESSAGES")
        return takePage(frame);
    if (frame.cmd == "CONFIRMED")
        return m_confirms.remove({frame.pane, frame.ref});
    if (frame.cmd == "RECEIPT")
        return isReceipt(frame);
    return (frame.cmd == "TRACK" || frame.cmd == "ERROR") && isSenders(frame, frame.clientId);
}

bool Trail::takeStored(const Frame &frame)
{
    if (!isSenders(frame, frame.clientId) && !isPlace(frame.peerUserId, frame.seq))
        return false;
    m_key = {frame.userId, frame.clientId, frame.peerUserId, frame.seq};
    return true;
}

bool Trail::takeMessage(UserId mailbox, Seq seq, UserId sender, const QByteArray &clientId)
{
    const bool isOurKey = !m_key.clientId.isEmpty() && clientId == m_key.clientId
        && sender == m_key.sender && (m_key.mailbox == UserId() || m_key.mailbox == mailbox);
    if (!isOurKey && !isPlace(mailbox, seq))
        return false;
    m_key = {sender, clientId, mailbox, seq};
    return true;
}

bool Trail::takePage(const Frame &frame)
{
    const bool mayHoldIt =
        m_key.mailbox == UserId() || (m_key.mailbox == frame.userId && frame.seq >= m_key.seq);
    const auto page = mayHoldIt ? replyAs<protocol::Messages>(frame) : std::nullopt;
    return page && std::ranges::any_of(page->messages, [&](const auto &message) {
        return takeMessage(frame.userId, message.seq, message.sendUserId, message.clientId);
    });
}

bool Trail::takeConfirm(const Frame &frame)
{
    if (frame.userId != m_key.mailbox || !coversSeq(frame, m_key.seq))
        return false;
    if (!frame.ref.isEmpty())
        m_confirms.insert({frame.pane, frame.ref});
    return true;
}

bool Trail::isReceipt(const Frame &frame) const
{
    if (m_key.clientId.isEmpty() || frame.userId != m_key.sender)
        return false;
    const auto answer = replyAs<protocol::Receipts>(frame);
    return answer && std::ranges::any_of(answer->receipts, [&](const auto &receipt) {
        return receipt.clientId == m_key.clientId;
    });
}

} // namespace parley::frames
