// SPDX-License-Identifier: MIT
// How much is unread in all mailboxes, without ever reading all of them at once, and without any
// work in the path of a message.
#pragma once

#include "storage/store.h"

namespace parley::storage {

// Goes round all mailboxes by Surveys, some of them at a time, over and over, and adds what is
// committed meanwhile. The sums are exact as long as only this program writes; whatever others did
// is known after the next round. The oldest is that of the last round.
class UnreadCensus {
public:
    struct Unread {
        qint64 messages = 0;
        qint64 bytes = 0; // of their bodies
        std::optional<Time> oldest;
    };

    // Two hundred mailboxes are a millisecond of the storage thread, and more where they have to be
    // read from a disk.
    explicit UnreadCensus(int mailboxesAtOnce = 200)
        : m_mailboxesAtOnce(mailboxesAtOnce)
    {
    }

    // The next part of the round. One at a time.
    Survey next() const { return {m_done, m_mailboxesAtOnce}; }
    // Of each committed operation, in the order of their effect; the Surveys too.
    void note(const Operation &, const Outcome &);
    // Unset until the first round is over.
    const std::optional<Unread> &unread() const { return m_known; }

private:
    void note(const Surveyed &);
    void change(UserId, qint64 messages, qint64 bytes, Time at);

    const int m_mailboxesAtOnce;
    std::optional<Unread> m_known;
    Unread m_round; // of the mailboxes up to m_done
    UserId m_done;
};

} // namespace parley::storage
