// SPDX-License-Identifier: MIT
// Frames and steps of a trace for tests of the diagram, on a clock that the test turns.
#pragma once

#include "diagram/builder.h"
#include "diagram/diagram.h"
#include "diagram/rows.h"
#include "frames/framelog.h"

#include <QStringList>

namespace parley::test {

// Alice is 1 in the pane ClientA, bob is 2 in ClientB.
struct Conversation {
    frames::FrameLog log;
    diagram::Diagram diagram;
    diagram::Builder builder{log, diagram};
    qint64 nowUs = 1'700'000'000'000'000;

    void tick(qint64 us = 1000) { nowUs += us; }

    qint64 frame(int pane, frames::Kind kind, const QByteArray &payload)
    {
        tick();
        return log.append(frames::makeFrame(pane, kind, UserId(pane + 1), payload, nowUs));
    }
    qint64 sent(int pane, const QByteArray &json) { return frame(pane, frames::Kind::Sent, json); }
    qint64 received(int pane, const QByteArray &json)
    {
        return frame(pane, frames::Kind::Received, json);
    }
    void opened(int pane) { frame(pane, frames::Kind::Opened, {}); }
    void ended(int pane, int code, const QByteArray &reason)
    {
        tick();
        log.append(frames::makeEnd(pane, UserId(pane + 1), code, reason, nowUs));
    }
    void hello(int pane, const QByteArray &connectionId)
    {
        received(pane,
            "{\"cmd\":\"HELLO\",\"version\":1,\"userId\":" + QByteArray::number(pane + 1)
                + ",\"connectionId\":\"" + connectionId
                + "\",\"time\":1,\"heartbeat\":{\"interval\":5000,\"timeout\":15000},"
                  "\"limits\":{\"frameBytes\":262144,\"bodyBytes\":32768,\"window\":256,"
                  "\"fetch\":500,\"confirm\":1000,\"users\":1000,\"commandsPerSecond\":1000,"
                  "\"burst\":5000},\"unread\":{\"count\":0,\"lastSeq\":0}}");
    }

    // A step of the server, `us` microseconds from now.
    protocol::TraceEvent step(protocol::TraceKind kind, qint64 us = 0) const
    {
        protocol::TraceEvent event;
        event.kind = kind;
        event.atUs = nowUs + us;
        return event;
    }
    protocol::TraceEvent stored(qint64 seq, const QByteArray &clientId, qint64 us = 0) const
    {
        auto event = step(protocol::TraceKind::Stored, us);
        event.userId = UserId(1);
        event.peerUserId = UserId(2);
        event.seq = Seq(seq);
        event.clientId = clientId;
        return event;
    }
    protocol::TraceEvent mailbox(protocol::TraceKind kind, qint64 seq, qint64 us = 0) const
    {
        auto event = step(kind, us);
        event.userId = UserId(2);
        event.peerUserId = UserId(1);
        event.seq = Seq(seq);
        return event;
    }
    protocol::TraceEvent presence(
        qint64 user, const QByteArray &cmd, qint64 us = 0, const QByteArray &code = {}) const
    {
        auto event = step(protocol::TraceKind::Presence, us);
        event.userId = UserId(user);
        event.cmd = cmd;
        event.code = code;
        return event;
    }

    // "ClientA → Server: SEND → user 2"; what is inferred is in brackets.
    QStringList lines(const diagram::Shown &shown = {.answers = false}) const
    {
        QStringList out;
        for (qsizetype i = 0; i < diagram.size(); ++i) {
            const diagram::Arrow &arrow = diagram.at(i);
            if (!shown.admits(arrow))
                continue;
            const QString ends = arrow.isNote()
                ? diagram.nameOf(arrow.from)
                : diagram.nameOf(arrow.from) + QStringLiteral(" → ") + diagram.nameOf(arrow.to);
            const QString line = ends + QStringLiteral(": ") + arrow.text();
            out.append(arrow.isInferred ? u'[' + line + u']' : line);
        }
        return out;
    }
};

inline const QByteArray SendHello =
    "{\"cmd\":\"SEND\",\"receiveUserId\":2,\"body\":\"hello\",\"clientId\":\"m1\"}";
inline const QByteArray SentHello =
    "{\"cmd\":\"SENT\",\"clientId\":\"m1\",\"receiveUserId\":2,\"seq\":9,\"time\":1}";
inline const QByteArray MessageHello = "{\"cmd\":\"MESSAGE\",\"seq\":9,\"sendUserId\":1,"
                                       "\"body\":\"hello\",\"time\":1,\"clientId\":\"m1\"}";
inline const QByteArray MessagesHello =
    "{\"cmd\":\"MESSAGES\",\"messages\":[{\"seq\":9,\"sendUserId\":1,\"body\":\"hello\","
    "\"time\":1,\"clientId\":\"m1\"}],\"more\":false}";
inline const QByteArray ConfirmHello = "{\"cmd\":\"CONFIRM\",\"seqs\":[9],\"ref\":1}";
inline const QByteArray ConfirmedHello = "{\"cmd\":\"CONFIRMED\",\"removed\":1,\"ref\":1}";
inline const QByteArray Heartbeat = "{\"cmd\":\"HEARTBEAT\"}";
inline const QByteArray HeartbeatAnswer = "{\"cmd\":\"HEARTBEAT\",\"time\":1}";
inline const QByteArray StatusAlice = "{\"cmd\":\"STATUS\",\"userIds\":[1]}";
inline const QByteArray AliceIsOnline =
    "{\"cmd\":\"STATUS\",\"users\":[{\"userId\":1,\"online\":true,\"lastSeen\":1}]}";

} // namespace parley::test
