// SPDX-License-Identifier: MIT
#pragma once

#include "protocol/commands.h"

#include <map>
#include <set>

namespace parley::client {

// The seqs to confirm, until the server says CONFIRMED: a CONFIRM that was lost with its
// connection, or refused for now, is sent again.
class Confirms {
public:
    void add(Seq seq) { m_waiting.insert(seq); }
    void addUpTo(Seq);

    // The next CONFIRM, with as many seqs as one may hold; nullopt when there is nothing to confirm
    // or enough are unanswered: waiting makes the next one larger.
    std::optional<protocol::Request> take();
    bool answered(const protocol::Ref &);
    bool refused(const protocol::Ref &);
    void connectionLost();
    void clear();

    bool isEmpty() const { return m_waiting.empty() && !m_waitingUpTo && m_inFlight.empty(); }

    static constexpr size_t MostInFlight = 8;

private:
    void putBack(const protocol::Confirm &);

    std::set<Seq> m_waiting;
    std::optional<Seq> m_waitingUpTo;
    std::map<protocol::Ref, protocol::Confirm> m_inFlight;
    quint64 m_lastRef = 0;
};

} // namespace parley::client
