// SPDX-License-Identifier: MIT
// MQTT 3.1.1 as a client of QoS 1 writes and reads it; just what the benchmark needs.
#pragma once

#include "bench/taken.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace parley::bench::mqtt {

using PacketId = std::uint16_t; // never 0

// Each appends one whole packet to what is to be written. Texts are at most 65 535 bytes.
void appendConnect(
    std::string &out, std::string_view clientId, bool cleanSession, std::uint16_t keepAliveSeconds);
void appendSubscribe(std::string &out, PacketId, std::string_view topic);
// The payload is `first` and `second`, one behind the other.
void appendPublish(std::string &out, PacketId, std::string_view topic, std::string_view first,
    std::string_view second);
void appendPubAck(std::string &out, PacketId);
void appendPing(std::string &out);
void appendDisconnect(std::string &out);

// What a server sends.
enum class Type : std::uint8_t { ConnAck = 2, Publish = 3, PubAck = 4, SubAck = 9, PingResp = 13 };

constexpr std::uint8_t Accepted = 0; // the code of a good CONNACK
constexpr std::uint8_t GrantedQos1 = 1; // that of a good SUBACK

struct Packet {
    Type type = Type::PingResp;
    PacketId id = 0; // of PUBLISH, PUBACK and SUBACK
    std::uint8_t code = 0; // of CONNACK and SUBACK
    bool sessionPresent = false; // of CONNACK
    std::string_view topic; // of PUBLISH; both are within the bytes that it was taken from
    std::string_view payload;
};

// Takes one whole packet off the front of `bytes`; otherwise leaves them as they are. Malformed is
// also what this client has not asked for: another QoS, or a SUBACK for several topics.
Taken takePacket(std::string_view &bytes, Packet &packet);

} // namespace parley::bench::mqtt
