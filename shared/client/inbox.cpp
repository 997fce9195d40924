// SPDX-License-Identifier: MIT
#include "client/inbox.h"

#include <algorithm>

namespace parley::client {
namespace {

constexpr size_t MostHeld = 1024;
constexpr qint64 MostHeldBytes = 8 << 20;

} // namespace

bool Inbox::connected(const protocol::Hello &hello)
{
    connectionLost();
    // A server of before epochs tells none.
    const bool isRestored = !m_epoch.isEmpty() && !hello.epoch.isEmpty() && m_epoch != hello.epoch;
    const bool other =
        m_userId != UserId() && (m_userId != hello.userId || isRestored || hello.lastSeq < m_last);
    if (other)
        m_last = Seq();
    m_userId = hello.userId;
    m_epoch = hello.epoch;
    m_known = hello.lastSeq;
    m_behind = hello.unreadCount > 0;
    if (!m_behind)
        m_last = hello.lastSeq;
    return other;
}

void Inbox::connectionLost()
{
    m_held.clear();
    m_heldBytes = 0;
    m_known = m_last;
    m_behind = false;
    m_fetching = false;
}

std::vector<protocol::Message> Inbox::pushed(protocol::Message message)
{
    std::vector<protocol::Message> out;
    const Seq seq = message.seq;
    m_known = std::max(m_known, seq);
    if (seq <= m_last || m_held.contains(seq))
        return out;
    const bool fits = m_held.size() < MostHeld && m_heldBytes < MostHeldBytes;
    if (!fits && seq != m_last.next())
        return out;
    m_heldBytes += message.body.size();
    m_held.emplace(seq, std::move(message));
    deliverUnbroken(out);
    return out;
}

std::vector<protocol::Message> Inbox::fetched(protocol::Messages page)
{
    m_fetching = false;
    std::vector<protocol::Message> out;
    Seq upTo = m_last;
    for (protocol::Message &message : page.messages) {
        const Seq seq = message.seq;
        upTo = std::max(upTo, seq);
        const qint64 bytes = message.body.size();
        if (seq > m_last && m_held.emplace(seq, std::move(message)).second)
            m_heldBytes += bytes;
    }
    if (!page.more) {
        upTo = std::max(upTo, m_target);
        m_behind = false;
    }
    deliver(out, upTo);
    deliverUnbroken(out);
    return out;
}

protocol::Fetch Inbox::beginFetch(int limit)
{
    m_fetching = true;
    m_target = m_known;
    return {m_last, limit};
}

void Inbox::deliver(std::vector<protocol::Message> &out, Seq upTo)
{
    while (!m_held.empty() && m_held.begin()->first <= upTo) {
        m_heldBytes -= m_held.begin()->second.body.size();
        out.push_back(std::move(m_held.extract(m_held.begin()).mapped()));
    }
    m_last = std::max(m_last, upTo);
    m_known = std::max(m_known, m_last);
}

void Inbox::deliverUnbroken(std::vector<protocol::Message> &out)
{
    while (!m_held.empty() && m_held.begin()->first == m_last.next())
        deliver(out, m_last.next());
}

} // namespace parley::client
