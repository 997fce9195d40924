// SPDX-License-Identifier: MIT
// What the server's own trace shows. Its steps come in the order in which they were done.
#include "audit/judge.h"

#include "audit/judgetext.h"

namespace parley::audit {

using protocol::TraceEvent;
using protocol::TraceKind;

namespace {

constexpr size_t MostSteps = 200'000;

} // namespace

void Judge::read(const TraceEvent &event)
{
    if (event.dropped > 0) {
        // A step that was not told may be the one that makes another right.
        m_steps.clear();
        m_stepOrder.clear();
    }
    switch (event.kind) {
    case TraceKind::Received:
        if (event.cmd != "CONFIRM")
            return;
        ++m_tracedConfirms[event.userId];
        if (!m_connections.contains(event.connectionId))
            mailbox(event.userId).isForeign = true;
        return;
    case TraceKind::Stored:
        return traceStored(event);
    case TraceKind::Written:
        if (event.cmd == "MESSAGE")
            traceSeen(event.userId, event);
        else if (event.cmd == "SENT")
            traceSeen(event.peerUserId, event);
        return;
    case TraceKind::Fetched:
        return traceSeen(event.userId, event);
    case TraceKind::Removed:
        return traceRemoved(event);
    default:
        return;
    }
}

Judge::Step &Judge::step(UserId user, Seq seq)
{
    const Place place(user, seq);
    const auto [at, isNew] = m_steps.try_emplace(place);
    if (isNew) {
        m_stepOrder.push_back(place);
        if (m_stepOrder.size() > MostSteps) {
            m_steps.erase(m_stepOrder.front());
            m_stepOrder.pop_front();
        }
    }
    return at->second;
}

void Judge::traceStored(const TraceEvent &event)
{
    if (event.seq == Seq())
        return;
    Step &known = step(event.peerUserId, event.seq);
    const QString named = nameOf(event.peerUserId, event.seq, event.clientId);
    if (known.isSeen && !known.isStored)
        report(Rule::BeforeStored, event.peerUserId, event.seq,
            Judgement::tr("%1 was delivered or answered before it was stored").arg(named),
            event.clientId);
    if (known.isStored && known.clientId != event.clientId)
        report(Rule::SeqGivenTwice, event.peerUserId, event.seq,
            Judgement::tr("%1 has the seq of another message").arg(named), event.clientId);
    known.isStored = true;
    known.clientId = event.clientId;
}

void Judge::traceSeen(UserId user, const TraceEvent &event)
{
    if (event.seq > Seq())
        step(user, event.seq).isSeen = true;
}

void Judge::traceRemoved(const TraceEvent &event)
{
    const Step &known = step(event.userId, event.seq);
    Mailbox &box = mailbox(event.userId);
    // Only of what was stored since the trace is watched are all CONFIRMs known, too.
    if (!known.isStored || box.isForeign || box.isUnsure)
        return;
    const bool isAsked =
        box.hasPane ? box.mayBeAsked(event.seq) : m_tracedConfirms[event.userId] > 0;
    if (!isAsked)
        report(Rule::RemovedUnasked, event.userId, event.seq,
            Judgement::tr("%1 was removed, and nobody confirmed it")
                .arg(nameOf(event.userId, event.seq, event.clientId)),
            event.clientId);
}

} // namespace parley::audit
