// SPDX-License-Identifier: MIT
#pragma once

#include "frames/frame.h"

#include <QFlags>

namespace parley::frames {

// What a frame is about, coarsely: for colours and for filters.
enum class Topic {
    Message = 1, // SEND, SENT, MESSAGE
    Fetch = 2, // FETCH, MESSAGES, BEHIND
    Confirm = 4, // CONFIRM, CONFIRMED, RECEIPT, TRACK
    Heartbeat = 8,
    Presence = 16, // STATUS, WATCH
    Error = 32, // ERROR, and an end that was no goodbye
    Connection = 64, // HELLO, GOAWAY, the connection's begin and end
    Other = 128, // what is no command and no reply
};
Q_DECLARE_FLAGS(Topics, Topic)
Q_DECLARE_OPERATORS_FOR_FLAGS(Topics)

inline constexpr Topic AllTopics[] = {Topic::Message, Topic::Fetch, Topic::Confirm,
    Topic::Heartbeat, Topic::Presence, Topic::Error, Topic::Connection, Topic::Other};

Topic topicOf(const Frame &);

} // namespace parley::frames
