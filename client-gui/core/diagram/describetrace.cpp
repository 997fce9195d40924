// SPDX-License-Identifier: MIT
#include "diagram/describe.h"

#include <array>

namespace parley::diagram {
namespace {

using protocol::TraceEvent;
using protocol::TraceKind;

Arrow toDatabase(qint64 atUs, UserId user, Event event, Kind kind, const QString &label)
{
    Arrow arrow;
    arrow.atUs = atUs;
    arrow.from = ServerLine;
    arrow.to = DatabaseLine;
    arrow.kind = kind;
    arrow.event = event;
    arrow.label = label;
    arrow.user = user;
    return arrow;
}

struct Word {
    QByteArrayView cmd;
    Event asked;
    Kind askedKind;
    Event told;
    Kind toldKind;
};
constexpr std::array Words{
    Word{"SEND", Event::Send, Kind::Command, Event::Other, Kind::Answer},
    Word{"SENT", Event::Other, Kind::Command, Event::Sent, Kind::Answer},
    Word{"MESSAGE", Event::Other, Kind::Command, Event::Message, Kind::Deliver},
    Word{"FETCH", Event::Fetch, Kind::Command, Event::Other, Kind::Answer},
    Word{"MESSAGES", Event::Other, Kind::Command, Event::Messages, Kind::Deliver},
    Word{"CONFIRM", Event::Confirm, Kind::Confirm, Event::Other, Kind::Answer},
    Word{"HEARTBEAT", Event::Heartbeat, Kind::Presence, Event::HeartbeatAnswer, Kind::Answer},
    Word{"STATUS", Event::Status, Kind::Presence, Event::StatusAnswer, Kind::Presence},
    Word{"WATCH", Event::Status, Kind::Presence, Event::Other, Kind::Answer},
    Word{"ERROR", Event::Other, Kind::Error, Event::Other, Kind::Error},
};

// "user 7: SEND → user 2", "user 7: MESSAGE #9".
QString otherText(const TraceEvent &event)
{
    QString text = QStringLiteral("user %1: ").arg(event.userId.value());
    switch (event.kind) {
    case TraceKind::Closed:
        return text + QStringLiteral("closed ") + plainText(event.code, 5);
    case TraceKind::Error:
        return text + QStringLiteral("ERROR ") + plainText(event.code, 24);
    default:
        text += plainText(event.cmd, 24);
        if (event.cmd == "SEND")
            text += QStringLiteral(" → user %1").arg(event.peerUserId.value());
        else if (event.seq != Seq())
            text += u' ' + seqText(event.seq, event.seq);
        return text;
    }
}

} // namespace

Arrow insertArrow(qint64 atUs, UserId sender, UserId receiver, Seq seq, const QByteArray &clientId)
{
    Arrow arrow = toDatabase(atUs, sender, Event::Insert, Kind::Store,
        QStringLiteral("INSERT unread ") + seqText(seq, seq));
    arrow.receiver = receiver;
    arrow.firstSeq = arrow.seq = seq;
    arrow.clientId = clientId;
    return arrow;
}

// The original drawings do not have it: they let MESSAGES follow FETCH.
Arrow selectArrow(qint64 atUs, UserId receiver, Seq first, Seq last)
{
    Arrow arrow = toDatabase(atUs, receiver, Event::Select, Kind::Answer,
        last == Seq() ? QStringLiteral("SELECT unread: none")
                      : QStringLiteral("SELECT unread ") + seqText(first, last));
    std::swap(arrow.from, arrow.to);
    arrow.receiver = receiver;
    arrow.firstSeq = first;
    arrow.seq = last;
    return arrow;
}

Arrow deleteArrow(qint64 atUs, UserId receiver, Seq first, Seq last)
{
    Arrow arrow = toDatabase(atUs, receiver, Event::Delete, Kind::Confirm,
        QStringLiteral("DELETE unread ") + seqText(first, last));
    arrow.receiver = receiver;
    arrow.firstSeq = first;
    arrow.seq = last;
    return arrow;
}

Arrow onlineArrow(qint64 atUs, UserId user, bool isOnline)
{
    return toDatabase(atUs, user, isOnline ? Event::Online : Event::Offline, Kind::Presence,
        QStringLiteral("ADD user %1 %2")
            .arg(user.value())
            .arg(isOnline ? QStringLiteral("online") : QStringLiteral("offline")));
}

Arrow beatArrow(qint64 atUs, UserId user)
{
    return toDatabase(atUs, user, Event::Beat, Kind::Presence,
        QStringLiteral("ADD presence user %1").arg(user.value()));
}

Arrow queryArrow(qint64 atUs, UserId asker)
{
    return toDatabase(atUs, asker, Event::Query, Kind::Presence, QStringLiteral("query presence"));
}

Arrow describeOther(const TraceEvent &event)
{
    Arrow arrow;
    arrow.atUs = event.atUs;
    arrow.user = event.userId;
    arrow.label = otherText(event);
    arrow.clientId = event.clientId.left(64);
    const bool isAsked = event.kind == TraceKind::Received;
    arrow.from = isAsked ? OthersLine : ServerLine;
    arrow.to = isAsked ? ServerLine : OthersLine;
    arrow.kind = isAsked ? Kind::Command : Kind::Answer;
    if (event.kind == TraceKind::Closed) {
        arrow.from = OthersLine;
        arrow.kind = Kind::Connection;
    }
    if (event.kind == TraceKind::Error)
        arrow.kind = Kind::Error;
    const auto word = std::ranges::find(Words, QByteArrayView(event.cmd), &Word::cmd);
    if (word != Words.end()
        && (event.kind == TraceKind::Received || event.kind == TraceKind::Written)) {
        arrow.event = isAsked ? word->asked : word->told;
        arrow.kind = isAsked ? word->askedKind : word->toldKind;
    }
    // A mailbox is the receiver's: what they are sent and confirm is about their own.
    if (event.seq != Seq()) {
        arrow.firstSeq = arrow.seq = event.seq;
        const bool isSenders = event.cmd == "SENT" || event.cmd == "SEND";
        arrow.receiver = isSenders ? event.peerUserId : event.userId;
    }
    return arrow;
}

Arrow droppedArrow(qint64 atUs, qint64 count)
{
    Arrow arrow;
    arrow.atUs = atUs;
    arrow.kind = Kind::Error;
    arrow.label = QStringLiteral("%1 steps of the server missed").arg(count);
    return arrow;
}

} // namespace parley::diagram
