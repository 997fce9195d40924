// SPDX-License-Identifier: MIT
#include "protocol/codec.h"
#include "protocol/json.h"

#include <algorithm>
#include <array>
#include <limits>

namespace parley::protocol {
namespace {

// An object's members. One that is missing or of another type makes the whole frame malformed.
class Reader {
public:
    Reader(json::Value object, bool &ok)
        : m_object(object)
        , m_ok(ok)
    {
    }

    template <class T = qint64> T integer(QByteArrayView key, qint64 min = 0)
    {
        constexpr qint64 Max = std::min<qint64>(std::numeric_limits<T>::max(), MaxInteger);
        const auto number = required(key).integer();
        return T(take(number && *number >= min && *number <= Max ? number : std::nullopt));
    }
    UserId userId(QByteArrayView key) { return UserId(integer(key, 1)); }
    Seq seq(QByteArrayView key) { return Seq(integer(key)); }
    Time time(QByteArrayView key) { return fromMs(integer(key)); }
    milliseconds duration(QByteArrayView key) { return milliseconds(integer(key)); }
    QByteArray text(QByteArrayView key) { return take(required(key).text()).toByteArray(); }
    bool flag(QByteArrayView key) { return take(required(key).boolean()); }
    Reader object(QByteArrayView key) { return Reader(required(key), m_ok); }
    Ref ref() { return has("ref") ? required("ref").token() : Ref(); }
    // A text that may not be there.
    QByteArray optionalText(QByteArrayView key) { return has(key) ? text(key) : QByteArray(); }

    bool has(QByteArrayView key) const
    {
        const auto value = m_object.find(key);
        return value && !value->isNull();
    }

    template <class T> std::vector<T> list(QByteArrayView key, T (*read)(Reader &))
    {
        std::vector<T> items;
        const bool all = required(key).eachElement([&](json::Value element) {
            Reader reader(element, m_ok);
            items.push_back(read(reader));
            return m_ok;
        });
        m_ok = m_ok && all;
        return items;
    }

private:
    json::Value required(QByteArrayView key) { return take(m_object.find(key)); }
    template <class T> T take(const std::optional<T> &value)
    {
        m_ok = m_ok && value;
        return value.value_or(T());
    }

    json::Value m_object;
    bool &m_ok;
};

Reply hello(Reader &reader)
{
    Hello hello;
    hello.userId = reader.userId("userId");
    hello.connectionId = reader.text("connectionId");
    hello.time = reader.time("time");
    Reader heartbeat = reader.object("heartbeat");
    hello.limits.heartbeatInterval = heartbeat.duration("interval");
    hello.limits.heartbeatTimeout = heartbeat.duration("timeout");
    Reader limits = reader.object("limits");
    hello.limits.frameBytes = limits.integer<int>("frameBytes");
    hello.limits.bodyBytes = limits.integer<int>("bodyBytes");
    hello.limits.window = limits.integer<int>("window");
    hello.limits.commandsPerSecond = limits.integer<int>("commandsPerSecond");
    hello.limits.burst = limits.integer<int>("burst");
    Reader unread = reader.object("unread");
    hello.unreadCount = unread.integer("count");
    if (unread.has("firstSeq"))
        hello.firstSeq = unread.seq("firstSeq");
    hello.lastSeq = unread.seq("lastSeq");
    hello.epoch = reader.optionalText("epoch");
    return hello;
}

Reply sent(Reader &reader)
{
    return Sent{reader.optionalText("clientId"), reader.userId("receiveUserId"), reader.seq("seq"),
        reader.time("time"), reader.has("duplicate") && reader.flag("duplicate"), reader.ref()};
}

Message oneMessage(Reader &reader)
{
    return {reader.seq("seq"), reader.userId("sendUserId"), reader.text("body"),
        reader.time("time"), reader.optionalText("clientId")};
}

Reply message(Reader &reader)
{
    return oneMessage(reader);
}

Reply messages(Reader &reader)
{
    return Messages{reader.list("messages", oneMessage), reader.flag("more"), reader.ref()};
}

Reply confirmed(Reader &reader)
{
    return Confirmed{reader.integer("removed"), reader.ref()};
}

Reply behind(Reader &reader)
{
    return Behind{reader.integer("unread")};
}

Receipt oneReceipt(Reader &reader)
{
    return {reader.optionalText("clientId"), reader.userId("receiveUserId"), reader.seq("seq"),
        reader.time("time")};
}

Reply receipts(Reader &reader)
{
    return Receipts{reader.list("receipts", oneReceipt)};
}

Reply tracked(Reader &reader)
{
    Tracked tracked;
    tracked.clientId = reader.text("clientId");
    const QByteArray state = reader.text("state");
    tracked.ref = reader.ref();
    if (state != "unread" && state != "confirmed")
        return tracked;
    tracked.state = state == "unread" ? TrackState::Unread : TrackState::Confirmed;
    tracked.receiveUserId = reader.userId("receiveUserId");
    tracked.seq = reader.seq("seq");
    tracked.sentAt = reader.time("sentAt");
    if (reader.has("confirmedAt"))
        tracked.confirmedAt = reader.time("confirmedAt");
    return tracked;
}

Reply heartbeat(Reader &reader)
{
    return HeartbeatReply{reader.time("time"), reader.ref()};
}

Presence onePresence(Reader &reader)
{
    Presence presence{reader.userId("userId"), reader.flag("online"), {}};
    if (reader.has("lastSeen"))
        presence.lastSeen = reader.time("lastSeen");
    return presence;
}

Reply status(Reader &reader)
{
    return StatusReply{reader.list("users", onePresence), reader.ref()};
}

// A code that this client does not know yet is kept as the one that says least.
ErrorCode errorCode(QByteArrayView text)
{
    for (int code = 0; code <= int(ErrorCode::Overloaded); ++code) {
        if (parley::name(ErrorCode(code)) == text)
            return ErrorCode(code);
    }
    return ErrorCode::Internal;
}

Reply error(Reader &reader)
{
    Error error{errorCode(reader.text("code")), reader.text("message"), reader.ref(),
        reader.optionalText("clientId"), reader.optionalText("field"), {}};
    if (reader.has("retryAfter"))
        error.retryAfter = reader.duration("retryAfter");
    return error;
}

Reply goAway(Reader &reader)
{
    return GoAway{reader.duration("retryAfter")};
}

// In the order of Reply, as the names are.
constexpr std::array<Reply (*)(Reader &), ReplyNames.size()> Decoders{hello, sent, message,
    messages, confirmed, behind, receipts, tracked, heartbeat, status, error, goAway};

} // namespace

std::optional<Reply> decodeReply(QByteArrayView frame)
{
    const auto object = json::parse(frame);
    if (!object)
        return std::nullopt;
    bool ok = true;
    Reader reader(*object, ok);
    const QByteArray cmd = reader.text("cmd");
    const auto found = std::ranges::find(ReplyNames, cmd);
    if (found == ReplyNames.end())
        return std::nullopt;
    Reply reply = Decoders[size_t(found - ReplyNames.begin())](reader);
    return ok ? std::optional(std::move(reply)) : std::nullopt;
}

std::optional<Login> decodeLogin(QByteArrayView body)
{
    const auto object = json::parse(body);
    if (!object)
        return std::nullopt;
    bool ok = true;
    Reader reader(*object, ok);
    Login login{reader.userId("userId"), reader.text("session"), reader.time("expiresAt"),
        reader.text("chat")};
    return ok ? std::optional(std::move(login)) : std::nullopt;
}

} // namespace parley::protocol
