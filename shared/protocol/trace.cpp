// SPDX-License-Identifier: MIT
#include "protocol/trace.h"

#include "protocol/json.h"
#include "protocol/write.h"

#include <algorithm>
#include <array>

namespace parley::protocol {
namespace {

constexpr std::array<QByteArrayView, 11> Names{"opened", "received", "stored", "routed", "written",
    "fetched", "confirmed", "removed", "presence", "error", "closed"};
static_assert(Names.size() == size_t(TraceKind::Closed) + 1);

template <class Tag> void optionalId(QByteArray &out, QByteArrayView key, Id<Tag> id)
{
    if (id != Id<Tag>())
        member(out, key, id);
}

bool readText(QByteArray &into, json::Value value)
{
    const auto text = value.text();
    into = text ? text->toByteArray() : QByteArray();
    return text.has_value();
}

bool readNumber(qint64 &into, json::Value value)
{
    const auto number = value.integer();
    into = number.value_or(0);
    return number && *number >= 0 && *number <= MaxInteger;
}

template <class Tag> bool readId(Id<Tag> &into, json::Value value)
{
    qint64 number = 0;
    const bool isOne = readNumber(number, value);
    into = Id<Tag>(number);
    return isOne;
}

bool readKind(std::optional<TraceKind> &into, json::Value value)
{
    const auto found = std::ranges::find(Names, value.text().value_or(QByteArrayView()));
    if (found != Names.end())
        into = TraceKind(found - Names.begin());
    return into.has_value();
}

bool read(TraceEvent &event, std::optional<TraceKind> &kind, QByteArrayView key, json::Value value)
{
    if (key == "at")
        return readNumber(event.atUs, value);
    if (key == "node")
        return readText(event.node, value);
    if (key == "kind")
        return readKind(kind, value);
    if (key == "connectionId")
        return readText(event.connectionId, value);
    if (key == "userId")
        return readId(event.userId, value);
    if (key == "peerUserId")
        return readId(event.peerUserId, value);
    if (key == "seq")
        return readId(event.seq, value);
    if (key == "clientId")
        return readText(event.clientId, value);
    if (key == "cmd")
        return readText(event.cmd, value);
    if (key == "code")
        return readText(event.code, value);
    if (key == "dropped")
        return readNumber(event.dropped, value);
    return true;
}

} // namespace

QByteArrayView name(TraceKind kind)
{
    return Names.at(size_t(kind));
}

QByteArray encode(const TraceEvent &event)
{
    QByteArray out;
    member(out, "{\"at\":", event.atUs);
    member(out, ",\"node\":", event.node);
    member(out, ",\"kind\":", name(event.kind));
    optionalMember(out, ",\"connectionId\":", event.connectionId);
    optionalId(out, ",\"userId\":", event.userId);
    optionalId(out, ",\"peerUserId\":", event.peerUserId);
    optionalId(out, ",\"seq\":", event.seq);
    optionalMember(out, ",\"clientId\":", event.clientId);
    optionalMember(out, ",\"cmd\":", event.cmd);
    optionalMember(out, ",\"code\":", event.code);
    if (event.dropped > 0)
        member(out, ",\"dropped\":", event.dropped);
    end(out);
    return out;
}

std::optional<TraceEvent> decodeTraceEvent(QByteArrayView json)
{
    const auto object = json::parse(json);
    TraceEvent event;
    std::optional<TraceKind> kind;
    const bool isRead = object && object->eachMember([&](QByteArrayView key, json::Value value) {
        return read(event, kind, key, value);
    });
    if (!isRead || !kind)
        return std::nullopt;
    event.kind = *kind;
    return event;
}

} // namespace parley::protocol
