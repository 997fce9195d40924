// SPDX-License-Identifier: MIT
#include "storage/unreadcensus.h"

#include <utility>

namespace parley::storage {

namespace {

void add(UnreadCensus::Unread &to, qint64 messages, qint64 bytes, Time at)
{
    to.messages += messages;
    to.bytes += bytes;
    if (to.messages == 0)
        to.oldest.reset();
    else if (!to.oldest)
        to.oldest = at;
}

} // namespace

void UnreadCensus::note(const Operation &operation, const Outcome &outcome)
{
    if (const auto *stored = std::get_if<Stored>(&outcome)) {
        const auto &message = std::get<StoreMessage>(operation.action);
        if (!stored->duplicate)
            change(message.receiver, 1, message.body.size(), stored->sentAt);
    } else if (const auto *confirmed = std::get_if<Confirmed>(&outcome)) {
        if (!confirmed->removed.empty())
            change(std::get<Confirm>(operation.action).user, -qint64(confirmed->removed.size()),
                -confirmed->bytes, confirmed->removed.front().sentAt);
    } else if (const auto *surveyed = std::get_if<Surveyed>(&outcome)) {
        note(*surveyed);
    }
}

void UnreadCensus::change(UserId user, qint64 messages, qint64 bytes, Time at)
{
    if (m_known)
        add(*m_known, messages, bytes, at);
    if (user <= m_done)
        add(m_round, messages, bytes, at);
}

void UnreadCensus::note(const Surveyed &surveyed)
{
    m_round.messages += surveyed.messages;
    m_round.bytes += surveyed.bytes;
    if (surveyed.oldest)
        m_round.oldest = std::min(m_round.oldest.value_or(*surveyed.oldest), *surveyed.oldest);
    m_done = surveyed.last;
    if (surveyed.more)
        return;
    m_known = std::exchange(m_round, {});
    m_done = {};
}

} // namespace parley::storage
