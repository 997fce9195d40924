// SPDX-License-Identifier: MIT
#include "audit/checks.h"

namespace parley::audit {

using protocol::TraceEvent;
using protocol::TraceKind;

namespace {

// What was told before of the message that is stored now; null: nothing, or it is no such step.
const Traced::Message *before(const Context &in, const TraceEvent &event)
{
    return event.kind == TraceKind::Stored ? in.ledger.traced().find(event.peerUserId, event.seq)
                                           : nullptr;
}

} // namespace

void seenBeforeStored(const Context &in, const TraceEvent &event)
{
    const Traced::Message *known = before(in, event);
    if (known && known->isSeen && !known->isStored)
        in.report(event.peerUserId, event.seq,
            Sentence::tr("%1 was delivered or answered before it was stored")
                .arg(in.nameOf(event.peerUserId, event.seq, event.clientId)),
            event.clientId);
}

void storedUnderSeqOfAnother(const Context &in, const TraceEvent &event)
{
    const Traced::Message *known = before(in, event);
    if (known && known->isStored && known->clientId != event.clientId)
        in.report(event.peerUserId, event.seq,
            Sentence::tr("%1 has the seq of another message")
                .arg(in.nameOf(event.peerUserId, event.seq, event.clientId)),
            event.clientId);
}

void removedUnconfirmed(const Context &in, const TraceEvent &event)
{
    if (event.kind != TraceKind::Removed)
        return;
    // Only of what was stored since the trace is watched are all CONFIRMs known, too.
    const Traced::Message *known = in.ledger.traced().find(event.userId, event.seq);
    const Mailbox &box = in.mailbox(event.userId);
    if (!known || !known->isStored || box.isForeign || box.isUnsure)
        return;
    const bool isAsked =
        box.hasPane ? box.mayBeAsked(event.seq) : in.ledger.traced().hasConfirmed(event.userId);
    if (!isAsked)
        in.report(event.userId, event.seq,
            Sentence::tr("%1 was removed, but nobody confirmed it")
                .arg(in.nameOf(event.userId, event.seq, event.clientId)),
            event.clientId);
}

} // namespace parley::audit
