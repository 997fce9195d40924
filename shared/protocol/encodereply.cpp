// SPDX-License-Identifier: MIT
#include "protocol/codec.h"
#include "protocol/write.h"

#include <algorithm>
#include <array>
#include <limits>

namespace parley::protocol {
namespace {

// More than a frame's envelope takes, bar its texts.
constexpr qsizetype Envelope = 192;

// Makes room at once in a new frame; a buffer of many grows by itself, and doubles then.
void makeRoom(QByteArray &out, qsizetype size)
{
    if (out.isEmpty())
        out.reserve(size + Envelope);
}

// What a frame begins with, `{"cmd":"SENT"`, put together when this is compiled.
template <class Frame> constexpr auto beginning()
{
    constexpr QByteArrayView Before = "{\"cmd\":\"";
    constexpr QByteArrayView Name = replyName<Frame>();
    std::array<char, size_t(Before.size() + Name.size()) + 1> text{};
    std::copy(Name.begin(), Name.end(), std::copy(Before.begin(), Before.end(), text.begin()));
    text.back() = '"';
    return text;
}

template <class Frame> void begin(QByteArray &out)
{
    static constexpr auto Text = beginning<Frame>();
    out.append(Text.data(), qsizetype(Text.size()));
}

// The members of MESSAGE, which the elements of MESSAGES have, too. `seqKey` is the first one's
// key, with what stands before it.
void members(QByteArray &out, QByteArrayView seqKey, const Message &message)
{
    member(out, seqKey, message.seq);
    member(out, ",\"sendUserId\":", message.sendUserId);
    member(out, ",\"body\":", message.body);
    member(out, ",\"time\":", message.time);
    optionalMember(out, ",\"clientId\":", message.clientId);
    out.append('}');
}

void appendLimits(QByteArray &out, const Limits &limits)
{
    member(out, ",\"heartbeat\":{\"interval\":", limits.heartbeatInterval.count());
    member(out, ",\"timeout\":", limits.heartbeatTimeout.count());
    member(out, "},\"limits\":{\"frameBytes\":", limits.frameBytes);
    member(out, ",\"bodyBytes\":", limits.bodyBytes);
    member(out, ",\"window\":", limits.window);
    member(out, ",\"fetch\":", limits::Fetch);
    member(out, ",\"confirm\":", limits::Confirm);
    member(out, ",\"users\":", limits::Users);
    member(out, ",\"commandsPerSecond\":", limits.commandsPerSecond);
    member(out, ",\"burst\":", limits.burst);
    out.append('}');
}

void append(QByteArray &out, const Hello &hello)
{
    begin<Hello>(out);
    member(out, ",\"version\":", Version);
    member(out, ",\"userId\":", hello.userId);
    member(out, ",\"connectionId\":", hello.connectionId);
    member(out, ",\"time\":", hello.time);
    appendLimits(out, hello.limits);
    member(out, ",\"unread\":{\"count\":", hello.unreadCount);
    if (hello.unreadCount > 0)
        member(out, ",\"firstSeq\":", hello.firstSeq);
    member(out, ",\"lastSeq\":", hello.lastSeq);
    out.append('}');
    if (!hello.epoch.isEmpty())
        member(out, ",\"epoch\":", hello.epoch);
    out.append('}');
}

void append(QByteArray &out, Messages messages)
{
    out.append(encodeFitting(messages, std::numeric_limits<qint64>::max()));
}

void append(QByteArray &out, const Confirmed &confirmed)
{
    begin<Confirmed>(out);
    member(out, ",\"removed\":", confirmed.removed);
    end(out, confirmed.ref);
}

void append(QByteArray &out, const Behind &behind)
{
    begin<Behind>(out);
    member(out, ",\"unread\":", behind.unread);
    end(out);
}

void append(QByteArray &out, const Receipts &receipts)
{
    begin<Receipts>(out);
    out.append(",\"receipts\":");
    appendList(out, receipts.receipts, [&out](const Receipt &receipt) {
        out.append('{');
        if (!receipt.clientId.isNull()) {
            member(out, "\"clientId\":", receipt.clientId);
            out.append(',');
        }
        member(out, "\"receiveUserId\":", receipt.receiveUserId);
        member(out, ",\"seq\":", receipt.seq);
        member(out, ",\"time\":", receipt.time);
        out.append('}');
    });
    end(out);
}

QByteArrayView name(TrackState state)
{
    switch (state) {
    case TrackState::Unread:
        return "unread";
    case TrackState::Confirmed:
        return "confirmed";
    case TrackState::Unknown:
        return "unknown";
    }
    Q_UNREACHABLE();
}

void append(QByteArray &out, const Tracked &tracked)
{
    begin<Tracked>(out);
    member(out, ",\"clientId\":", tracked.clientId);
    member(out, ",\"state\":", name(tracked.state));
    if (tracked.state != TrackState::Unknown) {
        member(out, ",\"receiveUserId\":", tracked.receiveUserId);
        member(out, ",\"seq\":", tracked.seq);
        member(out, ",\"sentAt\":", tracked.sentAt);
        if (tracked.confirmedAt)
            member(out, ",\"confirmedAt\":", *tracked.confirmedAt);
    }
    end(out, tracked.ref);
}

void append(QByteArray &out, const HeartbeatReply &heartbeat)
{
    begin<HeartbeatReply>(out);
    member(out, ",\"time\":", heartbeat.time);
    end(out, heartbeat.ref);
}

void append(QByteArray &out, const StatusReply &status)
{
    begin<StatusReply>(out);
    out.append(",\"users\":");
    appendList(out, status.users, [&out](const Presence &presence) {
        member(out, "{\"userId\":", presence.userId);
        out.append(presence.online ? ",\"online\":true" : ",\"online\":false");
        if (presence.lastSeen)
            member(out, ",\"lastSeen\":", *presence.lastSeen);
        else
            out.append(",\"lastSeen\":null");
        out.append('}');
    });
    end(out, status.ref);
}

void append(QByteArray &out, const Error &error)
{
    const QByteArrayView message = error.message.isEmpty() ? text(error.code) : error.message;
    begin<Error>(out);
    member(out, ",\"code\":", parley::name(error.code));
    member(out, ",\"message\":", message);
    if (!error.ref.isNull())
        out.append(",\"ref\":").append(error.ref);
    optionalMember(out, ",\"clientId\":", error.clientId);
    if (!error.field.isEmpty())
        member(out, ",\"field\":", error.field);
    if (error.retryAfter)
        member(out, ",\"retryAfter\":", error.retryAfter->count());
    out.append('}');
}

void append(QByteArray &out, const GoAway &goAway)
{
    begin<GoAway>(out);
    member(out, ",\"retryAfter\":", goAway.retryAfter.count());
    end(out);
}

} // namespace

void append(QByteArray &out, const Message &message)
{
    makeRoom(out, message.body.size() + message.clientId.size());
    begin<Message>(out);
    members(out, ",\"seq\":", message);
}

void append(QByteArray &out, const Sent &sent)
{
    makeRoom(out, sent.clientId.size() + sent.ref.size());
    begin<Sent>(out);
    optionalMember(out, ",\"clientId\":", sent.clientId);
    member(out, ",\"receiveUserId\":", sent.receiveUserId);
    member(out, ",\"seq\":", sent.seq);
    member(out, ",\"time\":", sent.time);
    if (sent.duplicate)
        out.append(",\"duplicate\":true");
    end(out, sent.ref);
}

QByteArray encode(const Reply &reply)
{
    QByteArray out;
    std::visit([&out](const auto &frame) { append(out, frame); }, reply);
    return out;
}

QByteArray encodeFitting(Messages &messages, qint64 maxBytes)
{
    const auto tail = [&messages](bool more) {
        QByteArray tail = more ? "],\"more\":true" : "],\"more\":false";
        end(tail, messages.ref);
        return tail;
    };
    const qint64 room = maxBytes - tail(false).size();
    QByteArray out;
    begin<Messages>(out);
    out.append(",\"messages\":[");
    for (size_t i = 0; i < messages.messages.size(); ++i) {
        const auto before = out.size();
        members(out, i == 0 ? "{\"seq\":" : ",{\"seq\":", messages.messages[i]);
        if (i > 0 && out.size() > room) {
            out.truncate(before);
            messages.messages.resize(i);
            messages.more = true;
        }
    }
    return out.append(tail(messages.more));
}

} // namespace parley::protocol
