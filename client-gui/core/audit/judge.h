// SPDX-License-Identifier: MIT
#pragma once

#include "audit/findings.h"

namespace parley::audit {

// Holds what is seen against the promises of the protocol: shows it to each check, then to the
// ledger, which they compare it with. Says only what is certain from the order in which the frames
// were seen: what is received before a command goes out had happened before the server read that
// command, and a connection is answered in order. Frames of several connections tell nothing else
// of each other.
//
// Assumes that every connection of a user whose pane is seen is seen, unless told otherwise, or the
// trace or a RECEIPT shows others.
class Judge {
public:
    explicit Judge(Findings::Report);

    void read(const frames::Frame &);
    void read(const protocol::TraceEvent &);
    // See Auditor.
    void attempting(int pane) { m_ledger.attempting(pane); }
    void setForeign(UserId user) { m_ledger.setForeign(user); }
    void conclude();
    void reset();

    const Numbers &numbers() const { return m_ledger.numbers(); }

private:
    void received(Connection &, const frames::Frame &);
    template <class Reply> void judge(Connection &, const Reply &);
    void judge(Connection &, const protocol::Message &);
    void judge(Connection &, const protocol::Messages &);
    void deliver(const Delivery &);
    // Those checks that look at this kind.
    template <class What> void check(const What &);

    Ledger m_ledger;
    Findings m_findings;
};

} // namespace parley::audit
