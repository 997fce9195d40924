// SPDX-License-Identifier: MIT
#include "chat/translation.h"

#include <unordered_set>

namespace parley::chat {
namespace {

// Without what is named more than once, in the order of the first ones.
template <class T> std::vector<T> distinct(std::vector<T> items)
{
    if (items.size() < 2)
        return items;
    std::unordered_set<T> seen;
    std::erase_if(items, [&](T item) { return !seen.insert(item).second; });
    return items;
}

struct ToAction {
    UserId user;

    storage::Action operator()(protocol::Send &&send) const
    {
        return storage::StoreMessage{user, send.receiveUserId, std::move(send.clientId),
            std::move(send.body), send.receipt, std::nullopt};
    }
    storage::Action operator()(protocol::Confirm &&confirm) const
    {
        return storage::Confirm{user, distinct(std::move(confirm.seqs)), confirm.upTo};
    }
    storage::Action operator()(protocol::Fetch &&fetch) const
    {
        return storage::Fetch{user, fetch.after, fetch.limit, limits::FetchFrameBytes};
    }
    storage::Action operator()(protocol::Track &&track) const
    {
        return storage::Track{user, std::move(track.clientId)};
    }
    storage::Action operator()(protocol::Status &&status) const
    {
        return storage::ReadPresence{distinct(std::move(status.userIds))};
    }
    storage::Action operator()(protocol::Watch &&watch) const
    {
        return storage::ReadPresence{distinct(std::move(watch.userIds))};
    }
    storage::Action operator()(protocol::Heartbeat &&) const { Q_UNREACHABLE(); }
};

protocol::Tracked toTracked(const storage::Operation &operation, const storage::Tracked &tracked)
{
    protocol::Tracked reply;
    reply.clientId = std::get<storage::Track>(operation.action).clientId;
    reply.ref = operation.ref;
    if (tracked.known) {
        reply.state =
            tracked.confirmedAt ? protocol::TrackState::Confirmed : protocol::TrackState::Unread;
        reply.receiveUserId = tracked.receiver;
        reply.seq = tracked.seq;
        reply.sentAt = tracked.sentAt;
        reply.confirmedAt = tracked.confirmedAt;
    }
    return reply;
}

protocol::StatusReply toStatus(
    const storage::Operation &operation, const storage::FoundPresence &found)
{
    protocol::StatusReply reply;
    reply.ref = operation.ref;
    for (const storage::PresenceRow &row : found.rows)
        reply.users.push_back({row.user, row.online, row.lastSeen});
    return reply;
}

} // namespace

storage::Action toAction(protocol::Command &&command, UserId user)
{
    return std::visit([&](auto &known) { return ToAction{user}(std::move(known)); }, command);
}

protocol::Sent toSent(const storage::Operation &operation, const storage::Stored &stored)
{
    const auto &message = std::get<storage::StoreMessage>(operation.action);
    return {message.clientId, message.receiver, stored.seq, stored.sentAt, stored.duplicate,
        operation.ref};
}

protocol::Messages toMessages(const storage::Operation &operation, const storage::Fetched &fetched)
{
    protocol::Messages reply;
    reply.more = fetched.more;
    reply.ref = operation.ref;
    reply.messages.reserve(fetched.messages.size());
    for (const storage::Message &message : fetched.messages)
        reply.messages.push_back(
            {message.seq, message.sender, message.body, message.sentAt, message.clientId});
    return reply;
}

protocol::Error toError(const storage::Operation &operation, const storage::Refused &refused)
{
    protocol::Error error;
    error.code = refused.code;
    error.ref = operation.ref;
    if (const auto *message = std::get_if<storage::StoreMessage>(&operation.action)) {
        error.clientId = message->clientId;
        if (refused.code == ErrorCode::TooLarge)
            error.field = QByteArrayLiteral("body");
        else if (refused.code == ErrorCode::UnknownUser)
            error.field = QByteArrayLiteral("receiveUserId");
    }
    if (refused.code == ErrorCode::StoreUnavailable)
        error.retryAfter = limits::RetryAfter;
    else if (refused.code == ErrorCode::Internal)
        error.message = "An error in the server; incident " + refused.incident + '.';
    return error;
}

std::optional<protocol::Reply> toReply(
    const storage::Operation &operation, const storage::Outcome &outcome)
{
    if (const auto *confirmed = std::get_if<storage::Confirmed>(&outcome))
        return protocol::Confirmed{qint64(confirmed->removed.size()), operation.ref};
    if (const auto *tracked = std::get_if<storage::Tracked>(&outcome))
        return toTracked(operation, *tracked);
    if (const auto *found = std::get_if<storage::FoundPresence>(&outcome))
        return toStatus(operation, *found);
    return std::nullopt;
}

} // namespace parley::chat
