// SPDX-License-Identifier: MIT
// Which messages of a mailbox a connection is pushed: live or behind (docs/protocol.md 4.3).
#pragma once

#include "storage/messages.h"

#include <vector>

namespace parley::chat {

class MailboxFeed {
public:
    explicit MailboxFeed(int window)
        : m_window(size_t(window))
    {
    }

    // HELLO went out: live when nothing was unread.
    void begin(const storage::Mailbox &);
    // MESSAGES went out with more = false, read when `lastSeq` was the mailbox's last: live from
    // there on. Changes nothing when live already.
    void caughtUp(Seq lastSeq);

    enum class Push {
        Deliver, // send it: it is the next one
        Skip, // behind, or read by a FETCH already
        FallBehind, // tell BEHIND, once
    };
    Push offer(Seq);
    // Those before it are gone: they were confirmed before they could be pushed here.
    void skipTo(Seq);
    // Somebody confirmed these, ascending.
    void confirmed(const std::vector<storage::Message> &removed);

    bool isLive() const { return m_live; }
    // While live: what it is pushed next.
    Seq next() const { return m_next; }

private:
    size_t m_window;
    bool m_live = false;
    Seq m_next; // while live
    std::vector<Seq> m_unconfirmed; // pushes, ascending
};

} // namespace parley::chat
