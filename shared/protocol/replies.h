// SPDX-License-Identifier: MIT
// What the server says: one struct per frame of docs/protocol.md 4.
#pragma once

#include "core/clock.h"
#include "core/limits.h"
#include "protocol/commands.h"

#include <optional>

namespace parley::protocol {

inline constexpr int Version = 1;

struct Hello {
    UserId userId;
    QByteArray connectionId;
    Time time;
    Limits limits; // those that the contract names, and the heartbeat's two
    qint64 unreadCount = 0;
    Seq firstSeq; // 0 when nothing is unread
    Seq lastSeq;
    QByteArray epoch; // empty: the server does not say
};
struct Sent {
    QByteArray clientId;
    UserId receiveUserId;
    Seq seq;
    Time time;
    bool duplicate = false;
    Ref ref;
};
struct Message {
    Seq seq;
    UserId sendUserId;
    QByteArray body;
    Time time;
    QByteArray clientId;
};
struct Messages {
    std::vector<Message> messages;
    bool more = false;
    Ref ref;
};
struct Confirmed {
    qint64 removed = 0;
    Ref ref;
};
struct Behind {
    qint64 unread = 0;
};
struct Receipt {
    QByteArray clientId;
    UserId receiveUserId;
    Seq seq;
    Time time;
};
struct Receipts {
    std::vector<Receipt> receipts;
};
enum class TrackState { Unread, Confirmed, Unknown };
struct Tracked {
    QByteArray clientId;
    TrackState state = TrackState::Unknown;
    UserId receiveUserId; // this and what follows: absent when unknown
    Seq seq;
    Time sentAt;
    std::optional<Time> confirmedAt;
    Ref ref;
};
struct HeartbeatReply {
    Time time;
    Ref ref;
};
struct Presence {
    UserId userId;
    bool online = false;
    std::optional<Time> lastSeen;
};
struct StatusReply {
    std::vector<Presence> users;
    Ref ref;
};
struct Error {
    ErrorCode code = ErrorCode::Internal;
    QByteArray message; // empty: the code's own text
    Ref ref;
    QByteArray clientId;
    QByteArray field;
    std::optional<milliseconds> retryAfter;
};
struct GoAway {
    milliseconds retryAfter{};
};

using Reply = std::variant<Hello, Sent, Message, Messages, Confirmed, Behind, Receipts, Tracked,
    HeartbeatReply, StatusReply, Error, GoAway>;

} // namespace parley::protocol
