// SPDX-License-Identifier: MIT
// The `cmd` of each frame of docs/protocol.md 4: each stands here, and nowhere else in the server.
#pragma once

#include "protocol/commands.h"
#include "protocol/replies.h"

#include <QByteArrayView>

#include <array>
#include <type_traits>

namespace parley::protocol {

// In the order of Command.
inline constexpr std::array<QByteArrayView, std::variant_size_v<Command>> CommandNames{
    "SEND", "CONFIRM", "FETCH", "TRACK", "HEARTBEAT", "STATUS", "WATCH"};
// In the order of Reply.
inline constexpr std::array<QByteArrayView, std::variant_size_v<Reply>> ReplyNames{"HELLO", "SENT",
    "MESSAGE", "MESSAGES", "CONFIRMED", "BEHIND", "RECEIPT", "TRACK", "HEARTBEAT", "STATUS",
    "ERROR", "GOAWAY"};

inline QByteArrayView name(const Command &command)
{
    return CommandNames[command.index()];
}
inline QByteArrayView name(const Reply &reply)
{
    return ReplyNames[reply.index()];
}

// Where a type stands in a variant.
template <class Frame, class... Frames>
consteval size_t indexIn(std::type_identity<std::variant<Frames...>>)
{
    constexpr std::array<bool, sizeof...(Frames)> Same{std::is_same_v<Frame, Frames>...};
    size_t index = 0;
    while (!Same.at(index))
        ++index;
    return index;
}
template <class Frame> constexpr QByteArrayView commandName()
{
    return CommandNames[indexIn<Frame>(std::type_identity<Command>())];
}
template <class Frame> constexpr QByteArrayView replyName()
{
    return ReplyNames[indexIn<Frame>(std::type_identity<Reply>())];
}

} // namespace parley::protocol
