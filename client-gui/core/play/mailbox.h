// SPDX-License-Identifier: MIT
#pragma once

#include "protocol/replies.h"

#include <set>

namespace parley::play {

// How many messages a player's mailbox holds, as far as it can know: some it has seen, of others it
// was only told the count.
class Mailbox {
public:
    void hello(const protocol::Hello &);
    // It was pushed or fetched.
    void add(Seq);
    // Somebody was told that it is stored here; it may have come and gone already.
    void grew(Seq);
    void behind(qint64 unread);
    // A FETCH from the beginning came to its end.
    void sawAll() { m_unseen = 0; }
    void remove(const std::vector<Seq> &);
    void removeUpTo(Seq);

    qint64 unread() const { return qint64(m_seen.size()) + m_unseen; }

private:
    std::set<Seq> m_seen;
    qint64 m_unseen = 0;
    Seq m_helloLast; // what is unseen is not above
    Seq m_highest; // of what was seen, or is known to have been
};

} // namespace parley::play
