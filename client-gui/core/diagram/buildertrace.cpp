// SPDX-License-Identifier: MIT
#include "diagram/builder.h"
#include "diagram/describe.h"

#include <algorithm>

namespace parley::diagram {
namespace {

using protocol::TraceEvent;
using protocol::TraceKind;

// Users with a page or a CONFIRM under way that are remembered.
constexpr qsizetype MostUsers = 4096;

void remember(QHash<UserId, qint64> &arrows, UserId user, qint64 number)
{
    if (arrows.size() >= MostUsers)
        arrows.clear();
    arrows.insert(user, number);
}

} // namespace

void Builder::addTrace(const TraceEvent &event)
{
    if (event.dropped > 0)
        m_diagram.add(droppedArrow(event.atUs, event.dropped));
    switch (event.kind) {
    case TraceKind::Stored:
        m_stored.add(event.peerUserId, event.seq);
        m_diagram.add(insertArrow(
            event.atUs, event.userId, event.peerUserId, event.seq, event.clientId.left(64)));
        return;
    case TraceKind::Fetched:
        return addFetched(event);
    case TraceKind::Removed:
        return addRemoved(event);
    case TraceKind::Presence:
        return addPresence(event);
    case TraceKind::Opened: // perhaps a pane's that nobody knows yet; what it does will tell
    case TraceKind::Routed: // MESSAGE follows
        return;
    case TraceKind::Confirmed:
        m_deletes.remove(event.userId);
        return;
    case TraceKind::Received:
    case TraceKind::Written:
        if (event.cmd == "FETCH" || event.cmd == "MESSAGES")
            m_selects.remove(event.userId);
        return addOther(event);
    case TraceKind::Error:
    case TraceKind::Closed:
        return addOther(event);
    }
}

void Builder::addOther(const TraceEvent &event)
{
    // An ERROR is told of twice, HELLO comes before anybody knows whose connection it is, and who
    // was refused without a name may be a pane.
    const bool isTold =
        event.kind == TraceKind::Written && (event.cmd == "ERROR" || event.cmd == "HELLO");
    if (!isTold && event.userId != UserId() && !isPlayed(event))
        m_diagram.add(describeOther(event));
}

// A pane knows its connection's id from HELLO on; before and without one its user has to do.
bool Builder::isPlayed(const TraceEvent &event) const
{
    if (m_connectionIds.contains(event.connectionId))
        return true;
    const bool isNameless = event.connectionId.isEmpty() || event.kind == TraceKind::Error;
    return std::ranges::any_of(m_panes, [&](const Pane &pane) {
        const bool isUnknown = !pane.isGreeted && (pane.isOpen || event.kind == TraceKind::Closed);
        return pane.user == event.userId && (isNameless || isUnknown);
    });
}

void Builder::addPresence(const TraceEvent &event)
{
    if (event.code == "online" || event.code == "offline")
        m_diagram.add(onlineArrow(event.atUs, event.userId, event.code == "online"));
    else if (event.cmd == "STATUS" || event.cmd == "WATCH")
        m_diagram.add(queryArrow(event.atUs, event.userId));
    else
        m_diagram.add(beatArrow(event.atUs, event.userId));
}

// The messages of a page are one arrow.
void Builder::addFetched(const TraceEvent &event)
{
    const qsizetype index = m_diagram.indexOf(m_selects.value(event.userId));
    if (index >= 0 && m_diagram.at(index).seq < event.seq) {
        const Seq first = m_diagram.at(index).firstSeq;
        m_diagram.extend(index, event.seq, event.atUs,
            selectArrow(event.atUs, event.userId, first, event.seq).label);
        return;
    }
    remember(m_selects, event.userId,
        m_diagram.add(selectArrow(event.atUs, event.userId, event.seq, event.seq)));
}

// So are those that one CONFIRM removed: the server tells of it first.
void Builder::addRemoved(const TraceEvent &event)
{
    m_deleted.add(event.userId, event.seq);
    const qsizetype index = m_diagram.indexOf(m_deletes.value(event.userId));
    if (index >= 0 && m_diagram.at(index).seq.next() == event.seq) {
        const Seq first = m_diagram.at(index).firstSeq;
        m_diagram.extend(index, event.seq, event.atUs,
            deleteArrow(event.atUs, event.userId, first, event.seq).label);
        return;
    }
    Arrow arrow = deleteArrow(event.atUs, event.userId, event.seq, event.seq);
    arrow.clientId = event.clientId.left(64);
    remember(m_deletes, event.userId, m_diagram.add(std::move(arrow)));
}

} // namespace parley::diagram
