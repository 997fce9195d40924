// SPDX-License-Identifier: MIT
// One thing that a pane's connection did, as the inspector lists it.
#pragma once

#include "core/ids.h"

#include <QByteArray>

namespace parley::frames {

enum class Kind {
    Sent, // a frame from the client to the server
    Received, // a frame from the server to the client
    Opened, // the connection is up; no payload
    Ended, // the connection, or the attempt at one, ended: `code`, and the reason as payload
};

struct Frame {
    qint64 number = 0; // 1, 2, 3 ... in its log
    qint64 atUs = 0; // microseconds since 1970 UTC
    int pane = 0; // of the player: 0 is ClientA, 1 ClientB ...
    Kind kind = Kind::Sent;
    bool isBinary = false;
    UserId userId = {}; // whose connection it is; 0: not known yet
    QByteArray payload = {}; // UTF-8, unless isBinary

    // What could be read of the payload.
    QByteArray cmd = {}; // empty: it is no command and no reply
    QByteArray clientId = {};
    QByteArray ref = {}; // the JSON token
    Seq seq = {}; // of SENT and MESSAGE; of CONFIRM the highest; of MESSAGES the last
    UserId peerUserId = {}; // receiveUserId, or sendUserId
    QByteArray code = {}; // of an ERROR; of Ended the close code, or the HTTP status, in digits

    qint64 roundTripUs = -1; // of an answer: since the command that it answers
};

// With everything that can be read of `payload`; number and roundTripUs are the log's to give.
Frame makeFrame(int pane, Kind, UserId, const QByteArray &payload, qint64 atUs);
// Of an end: `code` is a close code or an HTTP status.
Frame makeEnd(int pane, UserId, int code, const QByteArray &reason, qint64 atUs);
// Ended, and never open: `code` is an HTTP status. The pane may have another connection that lives.
bool isRefusal(const Frame &);
// Now, as atUs has it.
qint64 nowUs();

} // namespace parley::frames
