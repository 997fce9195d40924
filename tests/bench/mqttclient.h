// SPDX-License-Identifier: MIT
#pragma once

#include "bench/client.h"
#include "bench/inbox.h"
#include "bench/mqtt.h"
#include "bench/tag.h"

#include <unordered_map>

namespace parley::bench {

// MQTT 3.1.1, QoS 1 both ways. User 7 is the client u7, and what is sent to them has the topic
// u/7. They are greeted by CONNACK, and by SUBACK if the server held no session of theirs.
//
// MQTT numbers no mailbox, and names no sender: a message's number stands in for its seq.
class MqttClient final : public Client {
public:
    MqttClient(Engine &, Observer &, UserId, int index, Protocol);

    void send(UserId to, std::string_view tag, std::string_view filler) override;
    // A ping, since nothing asks for a mailbox: before its answer comes whatever the server sends
    // without being asked.
    void check() override;
    bool namesSenders() const override { return false; }

private:
    void arriving(const Target &) override;
    void leaving() override;
    void queueHeartbeat() override;
    void opened() override;
    void received(std::string_view bytes) override;
    void flushed() override;

    void takePackets(std::string_view &bytes);
    void take(const mqtt::Packet &);
    void takeConnAck(const mqtt::Packet &);
    void takeSubAck(const mqtt::Packet &);
    void takePublish(const mqtt::Packet &);
    void takePubAck(const mqtt::Packet &);
    void takePingResp();
    void arrived();
    mqtt::PacketId nextId();

    const std::string m_topic; // theirs
    MqttOptions m_options;
    Inbox m_in;
    std::unordered_map<mqtt::PacketId, Tag> m_sending; // without PUBACK as yet
    mqtt::PacketId m_lastId = 0;
    Seq m_got; // the last that was delivered
    bool m_confirming = false; // its PUBACK is not written yet
    int m_beats = 0; // without PINGRESP as yet
    bool m_checking = false;
    bool m_gotSinceCheck = false;
};

} // namespace parley::bench
