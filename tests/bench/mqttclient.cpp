// SPDX-License-Identifier: MIT
#include "bench/mqttclient.h"

#include "bench/websocket.h"

#include <utility>

namespace parley::bench {

namespace {

// Longer than a run: whoever is to be seen to be there is told to ping.
constexpr std::uint16_t KeepAliveSeconds = 3600;

std::unique_ptr<Stream> makePlain(StreamOwner &owner)
{
    return std::make_unique<Stream>(owner);
}

std::unique_ptr<Stream> makeWebSocket(StreamOwner &owner)
{
    return std::make_unique<WebSocket>(owner, Opcode::Binary);
}

std::string topicOf(UserId user)
{
    return "u/" + std::to_string(user.value());
}

// One packet, in memory that stays.
template <class Append> const std::string &packet(Append append)
{
    thread_local std::string bytes;
    bytes.clear();
    append(bytes);
    return bytes;
}

} // namespace

MqttClient::MqttClient(
    Engine &engine, Observer &observer, UserId user, int index, Protocol protocol)
    : Client(engine, observer, user, index, protocol == Protocol::Mqtt ? makePlain : makeWebSocket)
    , m_topic(topicOf(user))
{
}

mqtt::PacketId MqttClient::nextId()
{
    do
        ++m_lastId;
    while (m_lastId == 0 || m_sending.contains(m_lastId));
    return m_lastId;
}

void MqttClient::send(UserId to, std::string_view tag, std::string_view filler)
{
    const std::optional<Tag> read = Tag::read(tag);
    if (!read || !isOpen())
        return;
    const mqtt::PacketId id = nextId();
    m_sending.emplace(id, *read);
    stream().queue(
        packet([&](std::string &out) { mqtt::appendPublish(out, id, topicOf(to), tag, filler); }));
}

void MqttClient::check()
{
    m_checking = true;
    m_gotSinceCheck = false;
    stream().queue(packet(mqtt::appendPing));
}

void MqttClient::queueHeartbeat()
{
    ++m_beats;
    stream().queue(packet(mqtt::appendPing));
}

void MqttClient::arriving(const Target &target)
{
    m_options = target.mqtt();
    m_hello = {};
    m_hello.heartbeatMs = 1000 * qint64(m_options.pingSeconds);
    m_in.clear();
    m_sending.clear();
    m_beats = 0;
    m_confirming = false;
    m_checking = false;
}

void MqttClient::opened()
{
    stream().queue(packet([this](std::string &out) {
        mqtt::appendConnect(
            out, "u" + std::to_string(user().value()), m_options.cleanSessions, KeepAliveSeconds);
    }));
}

void MqttClient::leaving()
{
    stream().queue(packet(mqtt::appendDisconnect));
}

void MqttClient::received(std::string_view bytes)
{
    m_in.add(bytes, [this](std::string_view &there) { takePackets(there); });
}

void MqttClient::takePackets(std::string_view &bytes)
{
    mqtt::Packet packet;
    while (isOpen()) {
        const Taken taken = mqtt::takePacket(bytes, packet);
        if (taken == Taken::Malformed)
            return giveUp("a malformed packet, or one that was not asked for");
        if (taken == Taken::Incomplete)
            return;
        take(packet);
    }
    bytes = {}; // what comes behind a farewell says nothing
}

void MqttClient::take(const mqtt::Packet &packet)
{
    if (packet.type == mqtt::Type::PingResp)
        return takePingResp();
    progressed();
    switch (packet.type) {
    case mqtt::Type::ConnAck:
        return takeConnAck(packet);
    case mqtt::Type::SubAck:
        return takeSubAck(packet);
    case mqtt::Type::Publish:
        return takePublish(packet);
    case mqtt::Type::PubAck:
        return takePubAck(packet);
    case mqtt::Type::PingResp:
        return;
    }
}

void MqttClient::takeConnAck(const mqtt::Packet &ack)
{
    if (phase() != Phase::Arriving)
        return giveUp("a second CONNACK");
    if (ack.code != mqtt::Accepted)
        return giveUp("refused by CONNACK with " + std::to_string(ack.code));
    if (ack.sessionPresent)
        return arrived();
    stream().queue(
        packet([this](std::string &out) { mqtt::appendSubscribe(out, nextId(), m_topic); }));
}

void MqttClient::takeSubAck(const mqtt::Packet &ack)
{
    if (phase() != Phase::Arriving || ack.id != m_lastId)
        return giveUp("a SUBACK that was not asked for");
    if (ack.code != mqtt::GrantedQos1)
        return giveUp("SUBACK grants " + std::to_string(ack.code) + ", not QoS 1");
    arrived();
}

void MqttClient::arrived()
{
    enter(Phase::Greeted);
    observer().greeted(*this);
    enter(Phase::CaughtUp); // the server sends by itself what it has stored
}

void MqttClient::takePublish(const mqtt::Packet &publish)
{
    if (publish.topic != m_topic)
        return giveUp("a message with the topic of another user");
    m_gotSinceCheck = true;
    const std::optional<Tag> tag = Tag::read(publish.payload);
    Mail mail;
    mail.seq = Seq(tag ? tag->number : 0);
    mail.body = publish.payload;
    mail.clientId = publish.payload.substr(0, Tag::Size);
    m_got = mail.seq;
    m_confirming = true;
    stream().queue(packet([&](std::string &out) { mqtt::appendPubAck(out, publish.id); }));
    observer().delivered(*this, mail);
}

void MqttClient::takePubAck(const mqtt::Packet &ack)
{
    const auto found = m_sending.find(ack.id);
    if (found == m_sending.end())
        return giveUp("a PUBACK for a message that was not sent, or a second PUBACK");
    const Tag tag = found->second;
    m_sending.erase(found);
    char text[Tag::Size];
    tag.write(text);
    Reply reply;
    reply.cmd = Cmd::Sent;
    reply.mail.seq = Seq(tag.number);
    reply.mail.clientId = {text, sizeof text};
    observer().sent(*this, reply);
}

void MqttClient::takePingResp()
{
    if (m_beats > 0) {
        --m_beats;
        return beaten();
    }
    if (!m_checking)
        return giveUp("a PINGRESP without a PINGREQ");
    m_checking = false;
    observer().checked(*this, !m_gotSinceCheck);
}

void MqttClient::flushed()
{
    if (std::exchange(m_confirming, false))
        observer().confirmed(*this, m_got);
}

} // namespace parley::bench
