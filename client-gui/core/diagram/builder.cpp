// SPDX-License-Identifier: MIT
#include "diagram/builder.h"

#include "diagram/describe.h"
#include "protocol/codec.h"

#include <algorithm>

namespace parley::diagram {

using protocol::TraceEvent;
using protocol::TraceKind;

namespace {

// More than that in one frame, or waiting, is forgotten rather than kept.
constexpr qsizetype MostWaiting = 4096;
constexpr qsizetype MostConnections = 256;
// Users with a page or a CONFIRM under way that are remembered.
constexpr qsizetype MostUsers = 4096;

template <class T> std::optional<T> decode(const QByteArray &payload)
{
    if (protocol::isUtf8(payload))
        if (auto reply = protocol::decodeReply(payload))
            if (auto *wanted = std::get_if<T>(&*reply))
                return std::move(*wanted);
    return std::nullopt;
}

void remember(QHash<UserId, qint64> &arrows, UserId user, qint64 number)
{
    if (arrows.size() >= MostUsers)
        arrows.clear();
    arrows.insert(user, number);
}

} // namespace

Builder::Builder(const frames::FrameLog &log, Diagram &diagram, QObject *parent)
    : QObject(parent)
    , m_log(log)
    , m_diagram(diagram)
{
    connect(&log, &frames::FrameLog::appended, this, &Builder::addFrame);
    connect(&log, &frames::FrameLog::dataChanged, this, &Builder::takePaneNames);
}

void Builder::setTraced(bool isTraced)
{
    m_isTraced = isTraced;
    m_selects.clear();
    m_deletes.clear();
}

void Builder::takePaneNames()
{
    QList<int> panes = m_panes.keys();
    for (const Lifeline &line : m_diagram.lifelines())
        if (line.id >= FirstPaneLine)
            panes.append(line.id - FirstPaneLine);
    for (const int pane : std::as_const(panes))
        if (const QString name = m_log.paneName(pane);
            !name.isEmpty() && name != m_diagram.nameOf(lineOfPane(pane)))
            m_diagram.setPane(pane, name);
}

void Builder::addFrame(const frames::Frame &frame)
{
    if (!m_panes.contains(frame.pane)) {
        m_panes.insert(frame.pane, {});
        takePaneNames();
    }
    Pane &pane = m_panes[frame.pane];
    if (frame.userId != UserId())
        pane.user = frame.userId;
    switch (frame.kind) {
    case frames::Kind::Opened:
    case frames::Kind::Ended:
        return addConnection(pane, frame);
    case frames::Kind::Sent:
        return addSent(pane, frame);
    case frames::Kind::Received:
        return addReceived(pane, frame);
    }
}

void Builder::addConnection(Pane &pane, const frames::Frame &frame)
{
    if (frames::isRefusal(frame) && m_loggingIn.contains(frame.pane))
        return;
    const bool isOther = frames::isRefusal(frame) && pane.isOpen;
    const bool wasOpen = pane.isOpen && !isOther;
    if (!isOther)
        pane = {.user = pane.user, .isOpen = frame.kind == frames::Kind::Opened};
    frames::Frame known = frame;
    known.userId = pane.user;
    for (const Arrow &arrow : describeConnection(known, wasOpen))
        m_diagram.add(arrow);
}

void Builder::addSent(Pane &pane, const frames::Frame &frame)
{
    Arrow arrow = describe(frame);
    arrow.user = pane.user;
    if (arrow.event == Event::Confirm) {
        arrow.receiver = pane.user;
        if (arrow.firstSeq == Seq()) {
            Seq &upTo = m_confirmedUpTo[pane.user];
            arrow.firstSeq = std::min(upTo.next(), arrow.seq);
            upTo = std::max(upTo, arrow.seq);
        }
        if (pane.confirms.size() >= MostWaiting)
            pane.confirms.clear();
        if (!frame.ref.isEmpty())
            pane.confirms.insert(frame.ref, {pane.user, arrow.firstSeq, arrow.seq});
    }
    if (arrow.event == Event::Status)
        ++pane.asking;
    m_diagram.add(arrow);
}

void Builder::addReceived(Pane &pane, const frames::Frame &frame)
{
    Arrow arrow = describe(frame);
    if (arrow.event == Event::Hello)
        readHello(pane, frame);
    arrow.user = pane.user;
    if (arrow.event == Event::Message || arrow.event == Event::Messages)
        arrow.receiver = pane.user;
    if (arrow.event == Event::Confirmed) {
        const Range range = pane.confirms.take(frame.ref);
        arrow.receiver = range.receiver;
        arrow.firstSeq = range.first;
        arrow.seq = range.last;
    }
    // Nothing was read, so the trace has nothing to tell.
    if (arrow.event == Event::Messages && arrow.seq == Seq())
        infer(selectArrow(arrow.atUs, pane.user, {}, {}));
    else if (!m_isTraced)
        inferBefore(pane, arrow, frame);
    if (arrow.event == Event::StatusAnswer)
        pane.asking = std::max(0, pane.asking - 1);
    m_diagram.add(arrow);
}

void Builder::readHello(Pane &pane, const frames::Frame &frame)
{
    const auto hello = decode<protocol::Hello>(frame.payload);
    if (!hello)
        return;
    pane.user = hello->userId;
    pane.isGreeted = true;
    if (m_connectionIds.size() >= MostConnections)
        m_connectionIds.removeFirst();
    m_connectionIds.append(hello->connectionId);
    // A mailbox that gave out less than was seen is another one: of a server that began anew.
    m_stored.forgetAfter(pane.user, hello->lastSeq);
    m_deleted.forgetAfter(pane.user, hello->lastSeq);
    if (m_confirmedUpTo.value(pane.user) > hello->lastSeq)
        m_confirmedUpTo.remove(pane.user);
}

// Without a trace: what the server must have done before it could say this.
void Builder::inferBefore(Pane &pane, const Arrow &arrow, const frames::Frame &frame)
{
    switch (arrow.event) {
    case Event::Hello:
        return infer(onlineArrow(arrow.atUs, pane.user, true));
    case Event::Sent:
        return inferInsert(arrow, pane.user);
    case Event::Message:
        return inferInsert(arrow, frame.peerUserId);
    case Event::Messages:
        return infer(selectArrow(arrow.atUs, pane.user, arrow.firstSeq, arrow.seq));
    case Event::Confirmed:
        if (const auto told = decode<protocol::Confirmed>(frame.payload);
            told && told->removed > 0 && arrow.seq != Seq())
            inferDelete(arrow.atUs, {arrow.receiver, arrow.firstSeq, arrow.seq});
        return;
    case Event::Receipt:
        return inferReceipts(frame);
    case Event::HeartbeatAnswer:
        return infer(beatArrow(arrow.atUs, pane.user));
    case Event::StatusAnswer:
        if (pane.asking > 0)
            infer(queryArrow(arrow.atUs, pane.user));
        return;
    default:
        return;
    }
}

// A message that comes again was stored long before.
void Builder::inferInsert(const Arrow &proof, UserId sender)
{
    if (m_stored.add(proof.receiver, proof.seq))
        infer(insertArrow(proof.atUs, sender, proof.receiver, proof.seq, proof.clientId));
}

void Builder::inferDelete(qint64 atUs, const Range &range)
{
    if (m_deleted.add(range.receiver, range.last))
        infer(deleteArrow(atUs, range.receiver, range.first, range.last));
}

void Builder::inferReceipts(const frames::Frame &frame)
{
    const auto told = decode<protocol::Receipts>(frame.payload);
    if (!told)
        return;
    Range range;
    const auto flush = [&] {
        if (range.last != Seq())
            inferDelete(frame.atUs, range);
    };
    for (const protocol::Receipt &receipt : told->receipts) {
        if (receipt.receiveUserId == range.receiver && receipt.seq == range.last.next()) {
            range.last = receipt.seq;
            continue;
        }
        flush();
        range = {receipt.receiveUserId, receipt.seq, receipt.seq};
    }
    flush();
}

void Builder::infer(Arrow arrow)
{
    arrow.isInferred = true;
    m_diagram.add(std::move(arrow));
}

void Builder::addLogin(
    int pane, const QString &user, int httpStatus, qint64 askedUs, qint64 answeredUs)
{
    m_loggingIn.remove(pane);
    const bool isRefused = httpStatus != 200;
    Arrow arrow;
    arrow.atUs = askedUs;
    arrow.from = lineOfPane(pane);
    arrow.to = ServerLine;
    arrow.kind = Kind::Connection;
    arrow.label = QStringLiteral("POST /login ") + plainText(user.toUtf8(), 24);
    m_diagram.add(arrow);
    std::swap(arrow.from, arrow.to);
    arrow.atUs = answeredUs;
    arrow.kind = isRefused ? Kind::Error : Kind::Connection;
    arrow.label =
        isRefused ? QStringLiteral("refused %1").arg(httpStatus) : QStringLiteral("200 session");
    m_diagram.add(arrow);
}

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
