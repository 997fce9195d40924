// SPDX-License-Identifier: MIT
#include "bench/mqtt.h"

namespace parley::bench::mqtt {

namespace {

// The first byte of a packet: its type, and flags below it.
constexpr std::uint8_t Connect = 0x10;
constexpr std::uint8_t PublishQos1 = 0x32;
constexpr std::uint8_t PubAck = 0x40;
constexpr std::uint8_t Subscribe = 0x82;
constexpr std::uint8_t PingReq = 0xc0;
constexpr std::uint8_t Disconnect = 0xe0;

constexpr std::uint8_t CleanSession = 0x02;
constexpr std::uint8_t Qos1 = 1;
constexpr std::uint8_t DupFlag = 0x08;
constexpr std::uint8_t RetainFlag = 0x01;

// A remaining length has seven bits in each byte, and at most four bytes.
constexpr std::size_t MaxLengthBytes = 4;
// More than any packet with the benchmark's own messages: a longer one would be a defect.
constexpr std::size_t MaxRemaining = 16 << 20;

void appendHead(std::string &out, std::uint8_t first, std::size_t remaining)
{
    out.push_back(char(first));
    for (; remaining > 0x7f; remaining >>= 7)
        out.push_back(char(0x80 | (remaining & 0x7f)));
    out.push_back(char(remaining));
}

void append16(std::string &out, std::size_t value)
{
    out.push_back(char(value >> 8));
    out.push_back(char(value));
}

void appendText(std::string &out, std::string_view text)
{
    append16(out, text.size());
    out.append(text);
}

std::uint8_t byteAt(std::string_view bytes, std::size_t i)
{
    return std::uint8_t(bytes[i]);
}

std::uint16_t read16(std::string_view bytes)
{
    return std::uint16_t(byteAt(bytes, 0) << 8 | byteAt(bytes, 1));
}

// `at` is behind the first byte, and then behind the length.
Taken takeLength(std::string_view bytes, std::size_t &at, std::size_t &remaining)
{
    remaining = 0;
    for (std::size_t i = 0; i < MaxLengthBytes; ++i) {
        if (at == bytes.size())
            return Taken::Incomplete;
        const std::uint8_t byte = byteAt(bytes, at++);
        remaining |= std::size_t(byte & 0x7f) << (7 * i);
        if (byte < 0x80)
            return remaining <= MaxRemaining ? Taken::Whole : Taken::Malformed;
    }
    return Taken::Malformed;
}

bool readId(std::string_view body, Packet &packet)
{
    packet.id = read16(body);
    return packet.id != 0;
}

bool readPublish(std::uint8_t flags, std::string_view body, Packet &packet)
{
    if ((flags & ~(DupFlag | RetainFlag)) != Qos1 << 1 || body.size() < 2)
        return false;
    const std::size_t topicEnd = 2 + read16(body);
    if (body.size() < topicEnd + 2)
        return false;
    packet.topic = body.substr(2, topicEnd - 2);
    packet.payload = body.substr(topicEnd + 2);
    return readId(body.substr(topicEnd), packet);
}

bool read(std::uint8_t first, std::string_view body, Packet &packet)
{
    packet = {};
    packet.type = Type(first >> 4);
    const std::uint8_t flags = first & 0x0f;
    if (packet.type == Type::Publish)
        return readPublish(flags, body, packet);
    if (flags != 0)
        return false;
    switch (packet.type) {
    case Type::ConnAck:
        if (body.size() != 2 || byteAt(body, 0) > 1)
            return false;
        packet.sessionPresent = byteAt(body, 0) == 1;
        packet.code = byteAt(body, 1);
        return true;
    case Type::PubAck:
        return body.size() == 2 && readId(body, packet);
    case Type::SubAck:
        if (body.size() != 3)
            return false;
        packet.code = byteAt(body, 2);
        return readId(body, packet);
    case Type::PingResp:
        return body.empty();
    case Type::Publish:
        break;
    }
    return false; // no server sends any other
}

} // namespace

void appendConnect(
    std::string &out, std::string_view clientId, bool cleanSession, std::uint16_t keepAliveSeconds)
{
    constexpr std::string_view ProtocolAndLevel("\0\4MQTT\4", 7);
    appendHead(out, Connect, ProtocolAndLevel.size() + 3 + 2 + clientId.size());
    out.append(ProtocolAndLevel);
    out.push_back(char(cleanSession ? CleanSession : 0));
    append16(out, keepAliveSeconds);
    appendText(out, clientId);
}

void appendSubscribe(std::string &out, PacketId id, std::string_view topic)
{
    appendHead(out, Subscribe, 2 + 2 + topic.size() + 1);
    append16(out, id);
    appendText(out, topic);
    out.push_back(char(Qos1));
}

void appendPublish(std::string &out, PacketId id, std::string_view topic, std::string_view first,
    std::string_view second)
{
    appendHead(out, PublishQos1, 2 + topic.size() + 2 + first.size() + second.size());
    appendText(out, topic);
    append16(out, id);
    out.append(first).append(second);
}

void appendPubAck(std::string &out, PacketId id)
{
    appendHead(out, PubAck, 2);
    append16(out, id);
}

void appendPing(std::string &out)
{
    appendHead(out, PingReq, 0);
}

void appendDisconnect(std::string &out)
{
    appendHead(out, Disconnect, 0);
}

Taken takePacket(std::string_view &bytes, Packet &packet)
{
    if (bytes.empty())
        return Taken::Incomplete;
    std::size_t at = 1;
    std::size_t remaining = 0;
    if (const Taken length = takeLength(bytes, at, remaining); length != Taken::Whole)
        return length;
    if (bytes.size() - at < remaining)
        return Taken::Incomplete;
    if (!read(byteAt(bytes, 0), bytes.substr(at, remaining), packet))
        return Taken::Malformed;
    bytes.remove_prefix(at + remaining);
    return Taken::Whole;
}

} // namespace parley::bench::mqtt
