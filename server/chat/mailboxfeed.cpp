// SPDX-License-Identifier: MIT
#include "chat/mailboxfeed.h"

#include <algorithm>

namespace parley::chat {

void MailboxFeed::begin(const storage::Mailbox &mailbox)
{
    if (mailbox.count == 0)
        caughtUp(mailbox.lastSeq);
}

void MailboxFeed::caughtUp(Seq lastSeq)
{
    if (m_live)
        return;
    m_live = true;
    m_next = lastSeq.next();
    m_unconfirmed.clear();
}

MailboxFeed::Push MailboxFeed::offer(Seq seq)
{
    if (!m_live || seq < m_next)
        return Push::Skip;
    // A gap cannot be (Sequence); were there one, to fall behind loses nothing, and to go on would.
    if (seq > m_next || m_unconfirmed.size() >= m_window) {
        m_live = false;
        m_unconfirmed = {};
        return Push::FallBehind;
    }
    m_unconfirmed.push_back(seq);
    m_next = seq.next();
    return Push::Deliver;
}

void MailboxFeed::skipTo(Seq seq)
{
    m_next = std::max(m_next, seq);
}

void MailboxFeed::confirmed(const std::vector<storage::Message> &removed)
{
    if (m_unconfirmed.empty() || removed.empty())
        return;
    auto next = removed.begin();
    std::erase_if(m_unconfirmed, [&](Seq seq) {
        while (next != removed.end() && next->seq < seq)
            ++next;
        return next != removed.end() && next->seq == seq;
    });
}

} // namespace parley::chat
