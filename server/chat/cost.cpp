// SPDX-License-Identifier: MIT
#include "chat/cost.h"

#include <algorithm>

namespace parley::chat {
namespace {

constexpr qint64 Escaped = 6; // bytes of the longest form of a byte of text in JSON: \u0000

qint64 beyond(const protocol::Send &send, const Limits &, Seq)
{
    return send.body.size();
}

qint64 beyond(const protocol::Confirm &confirm, const Limits &limits, Seq confirmedUpTo)
{
    if (!confirm.upTo)
        return qint64(confirm.seqs.size()) * limits::SeqBytes;
    const qint64 messages = std::clamp<qint64>(
        confirm.upTo->value() - confirmedUpTo.value(), 0, limits.mailboxMessages);
    return messages * limits::SeqBytes;
}

// The messages as the store gives them, and the frame that is made of them: one at least.
qint64 beyond(const protocol::Fetch &fetch, const Limits &limits, Seq)
{
    const qint64 messages = fetch.limit;
    const qint64 bodies = std::min(
        messages * limits.bodyBytes, std::max<qint64>(limits::FetchFrameBytes, limits.bodyBytes));
    const qint64 frame = std::min(messages * Escaped * limits.bodyBytes,
        std::max<qint64>(limits::FetchFrameBytes, Escaped * limits.bodyBytes));
    return bodies + frame + messages * limits::RowBytes;
}

template <class List> qint64 beyond(const List &list, const Limits &, Seq)
{
    if constexpr (requires { list.userIds; })
        return qint64(list.userIds.size()) * limits::IdBytes;
    else
        return 0;
}

} // namespace

qint64 costOf(const protocol::Command &command, const Limits &limits, Seq confirmedUpTo)
{
    return limits::CommandBytes
        + std::visit(
            [&](const auto &which) { return beyond(which, limits, confirmedUpTo); }, command);
}

qint64 largestCost(const Limits &limits)
{
    protocol::Confirm all;
    all.upTo = Seq(MaxInteger);
    protocol::Fetch page;
    page.limit = limits::Fetch;
    return std::max(costOf(all, limits, {}), costOf(page, limits, {}));
}

} // namespace parley::chat
