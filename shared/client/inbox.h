// SPDX-License-Identifier: MIT
#pragma once

#include "protocol/replies.h"

#include <map>

namespace parley::client {

// Makes of pushes and fetched pages, over any number of connections, one sequence: every message of
// the mailbox once, in seq order. A message that is missing in between is held to be fetched; only
// when a FETCH to the end did not bring it was it confirmed elsewhere, and is left out.
class Inbox {
public:
    // A new connection. Another user, another epoch of the store, or a mailbox that has given out
    // less than was seen, is another mailbox: true, and nothing of before counts.
    bool connected(const protocol::Hello &);
    // What has not been delivered comes again with the next connection.
    void connectionLost();

    // Both return what is to be delivered now, in order.
    [[nodiscard]] std::vector<protocol::Message> pushed(protocol::Message);
    [[nodiscard]] std::vector<protocol::Message> fetched(protocol::Messages);
    void fellBehind() { m_behind = true; }

    // Something is missing and no FETCH is under way.
    bool needsFetch() const { return !m_fetching && (m_behind || m_known > m_last); }
    bool isFetching() const { return m_fetching; }
    protocol::Fetch beginFetch(int limit);
    void fetchFailed() { m_fetching = false; }

    // Everything up to here was delivered, or is gone.
    Seq last() const { return m_last; }

private:
    void deliver(std::vector<protocol::Message> &out, Seq upTo);
    void deliverUnbroken(std::vector<protocol::Message> &out);

    UserId m_userId;
    QByteArray m_epoch; // of the server's store
    Seq m_last;
    Seq m_known; // the highest seq that is known to have been given out
    Seq m_target; // m_known when the FETCH under way was begun
    bool m_behind = false;
    bool m_fetching = false;
    // Pushed behind a gap. Bounded: what does not fit is dropped, and fetched later.
    std::map<Seq, protocol::Message> m_held;
    qint64 m_heldBytes = 0;
};

} // namespace parley::client
