// SPDX-License-Identifier: MIT
#include "play/mailbox.h"

namespace parley::play {

void Mailbox::hello(const protocol::Hello &hello)
{
    m_seen.clear();
    m_unseen = hello.unreadCount;
    m_helloLast = m_highest = hello.lastSeq;
}

void Mailbox::grew(Seq seq)
{
    if (seq > m_highest)
        m_seen.insert(seq);
}

void Mailbox::add(Seq seq)
{
    m_highest = std::max(m_highest, seq);
    if (m_seen.insert(seq).second && m_unseen > 0 && seq <= m_helloLast)
        --m_unseen;
}

void Mailbox::behind(qint64 unread)
{
    m_unseen = std::max(qint64(0), unread - qint64(m_seen.size()));
    if (m_unseen > 0)
        m_helloLast = Seq(MaxInteger);
}

void Mailbox::remove(const std::vector<Seq> &seqs)
{
    for (const Seq seq : seqs)
        m_seen.erase(seq);
}

void Mailbox::removeUpTo(Seq last)
{
    m_seen.erase(m_seen.begin(), m_seen.upper_bound(last));
    if (last >= m_helloLast)
        m_unseen = 0;
}

} // namespace parley::play
