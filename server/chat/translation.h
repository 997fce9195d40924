// SPDX-License-Identifier: MIT
// Between the wire and the store: what a command asks of it, and what its outcomes are as replies.
#pragma once

#include "protocol/replies.h"
#include "storage/store.h"

namespace parley::chat {

// Of any command but HEARTBEAT, which asks the store nothing.
storage::Action toAction(protocol::Command &&, UserId);

// The reply to the operation, which a command asked for. An Error is without what the connection
// knows: when its rate allows the next one.
protocol::Sent toSent(const storage::Operation &, const storage::Stored &);
protocol::Messages toMessages(const storage::Operation &, const storage::Fetched &);
protocol::Error toError(const storage::Operation &, const storage::Refused &);
// Of any other outcome; nullopt: it is not one of a command.
std::optional<protocol::Reply> toReply(const storage::Operation &, const storage::Outcome &);

} // namespace parley::chat
