// SPDX-License-Identifier: MIT
// What the auditor says.
#pragma once

#include "core/ids.h"

#include <QByteArray>
#include <QString>

namespace parley::audit {

// What is broken when a finding is made; each is a promise of docs/protocol.md.
enum class Rule {
    Lost, // accepted, not confirmed, and not in the mailbox
    NotPushed, // a live connection was not pushed it
    PushedTwice,
    Disorder, // of pushes, of a page, or of the seqs that one sender's messages got
    Changed, // delivered otherwise than it was sent, or than it was delivered before
    Misrouted, // delivered to somebody else than it was sent to
    SeqGivenTwice, // one seq, two messages
    StoredTwice, // one clientId, two seqs or two first SENTs
    WentBack, // a mailbox that has given out less than it had before
    CameBack, // delivered again after its CONFIRM was answered
    RemovedTooMuch, // a CONFIRM removed more than it named
    RemovedUnasked, // removed, and nobody confirmed it
    RefusedYetDelivered, // answered by an ERROR, and stored all the same
    BeforeStored, // delivered or answered before it was stored
};

enum class Verdict {
    Idle, // nothing was accepted nor delivered yet
    Good,
    Bad,
};

// Of the messages that were seen: accepted by a SENT, or delivered. The auditor's claim is that
// accepted = delivered ∪ unread.
struct Numbers {
    qint64 accepted = 0;
    qint64 delivered = 0; // to a pane, at least once
    qint64 confirmed = 0; // and CONFIRMED was answered
    qint64 unread = 0; // accepted, not confirmed

    bool operator==(const Numbers &) const = default;
};

struct Finding {
    Rule rule = Rule::Lost;
    QString text; // plain text: "#9 of user 2 (clientId …): accepted, but missing …"
    UserId mailbox;
    Seq seq; // 0: it is not certain which message it is
    QByteArray clientId; // null: unknown
    qint64 frame = 0; // the number of the frame that showed it; 0: the trace did
};

// In a word or two: "LOST", "NOT PUSHED".
QString name(Rule);
// What a badge says of it: "LOST #9 of user 2".
QString headline(const Finding &);

} // namespace parley::audit
