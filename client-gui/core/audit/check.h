// SPDX-License-Identifier: MIT
#pragma once

#include "audit/findings.h"

#include <span>
#include <variant>

namespace parley::audit {

// For a check: what was known before what it looks at came, and whom to tell.
struct Context {
    Ledger &ledger;
    Findings &findings;
    Rule rule;

    Mailbox &mailbox(UserId user) const { return ledger.mailbox(user); }
    QString nameOf(UserId user, Seq seq, const QByteArray &clientId = {}) const
    {
        return findings.nameOf(user, seq, clientId);
    }
    void report(UserId user, Seq seq, const QString &text, const QByteArray &clientId = {}) const
    {
        findings.add(rule, user, seq, text, clientId);
    }
};

// Looks at what came, and changes nothing, but that what it said to be missing is not missed again
// (writeOff).
template <class What> using Look = void (*)(const Context &, const What &);

// One promise, at one occasion at which it can be seen to be broken.
struct Check {
    Rule rule;
    std::variant<Look<Came<protocol::Hello>>, Look<Came<protocol::Sent>>,
        Look<Came<protocol::Message>>, Look<Delivery>, Look<Came<protocol::Messages>>,
        Look<Came<protocol::Confirmed>>, Look<Came<protocol::Behind>>,
        Look<Came<protocol::Receipts>>, Look<Came<protocol::Tracked>>,
        Look<Came<protocol::HeartbeatReply>>, Look<Came<protocol::StatusReply>>,
        Look<Came<protocol::Error>>, Look<Came<protocol::GoAway>>, Look<Fence>,
        Look<protocol::TraceEvent>>
        look;
};

// All of them, in the order in which they are made.
std::span<const Check> checks();

} // namespace parley::audit
