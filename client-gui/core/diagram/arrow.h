// SPDX-License-Identifier: MIT
// What a sequence diagram is made of.
#pragma once

#include "core/ids.h"

#include <QByteArray>
#include <QString>

namespace parley::diagram {

// Lifelines go by an id that stays, whatever is added beside them; where one is drawn,
// Diagram::columnOf() tells.
enum Line : int {
    ServerLine,
    DatabaseLine,
    OthersLine, // the users that no pane plays
    FirstPaneLine,
};
constexpr int lineOfPane(int pane)
{
    return FirstPaneLine + pane;
}

struct Lifeline {
    int id = ServerLine;
    QString name;
};

// What an arrow is about: its colour.
enum class Kind { Command, Store, Deliver, Confirm, Presence, Error, Connection, Answer };

// What an arrow stands for, as far as it comes before or after others.
enum class Event {
    Other,
    Connect,
    Online, // of the database: this user is here
    Offline,
    Hello,
    Ended,
    Send,
    Insert,
    Sent,
    Message,
    Fetch,
    Select,
    Messages,
    Confirm,
    Delete,
    Confirmed,
    Receipt,
    Heartbeat,
    Beat, // of the database: a heartbeat was written
    HeartbeatAnswer,
    Status, // also WATCH
    Query,
    StatusAnswer,
};

struct Arrow {
    qint64 number = 0; // 1, 2, 3 ... as they became known; never changes
    qint64 atUs = 0; // microseconds since 1970 UTC
    qint64 lastUs = 0; // of several that are one arrow: the latest's
    int from = ServerLine;
    int to = ServerLine; // the same: a note
    Kind kind = Kind::Command;
    Event event = Event::Other;
    QString label; // one line of printable text
    qint64 frame = 0; // in the FrameLog; 0: it is no frame
    QByteArray clientId;
    UserId user; // whose connection it is about
    UserId receiver; // whose mailbox
    Seq firstSeq; // of a message, or of several: firstSeq ... seq
    Seq seq;
    int times = 1; // so many alike, one after the other
    bool isInferred = false; // nobody told: it must have happened

    bool isNote() const { return from == to; }
    bool isHeartbeat() const
    {
        return event == Event::Heartbeat || event == Event::Beat || event == Event::HeartbeatAnswer;
    }
    bool covers(UserId mailbox, Seq one) const
    {
        return one != Seq() && mailbox == receiver && firstSeq <= one && one <= seq;
    }
    QString text() const
    {
        return times > 1 ? QStringLiteral("%1 ×%2").arg(label).arg(times) : label;
    }
};

// One message, by whatever of it is known.
struct MessageKey {
    UserId receiver;
    Seq seq;
    QByteArray clientId;

    bool isNull() const { return seq == Seq() && clientId.isEmpty(); }
    bool isOf(const Arrow &arrow) const
    {
        return arrow.covers(receiver, seq) || (!clientId.isEmpty() && clientId == arrow.clientId);
    }
};

// Which arrows are looked at.
struct Shown {
    bool answers = true; // also those that the original flows do not have
    bool heartbeats = true;

    bool admits(const Arrow &arrow) const
    {
        return (answers || arrow.kind != Kind::Answer) && (heartbeats || !arrow.isHeartbeat());
    }
    friend bool operator==(const Shown &, const Shown &) = default;
};

} // namespace parley::diagram
