// SPDX-License-Identifier: MIT
// What the trace of a server reports about each message and connection (docs/protocol.md 6).
// Never a body, never a session.
#pragma once

#include "core/ids.h"

#include <QByteArray>

#include <optional>

namespace parley::protocol {

enum class TraceKind {
    Opened, // a connection was admitted
    Received, // a command came: `cmd`
    Stored, // a message is durably in the mailbox of `peerUserId`
    Routed, // the broadcast of a commit found this connection for a message
    Written, // a frame was handed to the connection's socket: `cmd`
    Fetched, // a message was read from the mailbox for a FETCH
    Confirmed, // a CONFIRM was carried out
    Removed, // a message left the mailbox
    Presence, // the table `presence` was written (`cmd` HEARTBEAT; at the begin and the end of
              // being online `code` "online" or "offline") or read (`cmd` STATUS or WATCH)
    Error, // an ERROR or a refusal before the upgrade: `code`
    Closed, // a connection ended: `code` is the close code in digits
};

// One step. `userId` is whose connection (or mailbox, for Removed) it is, `peerUserId` the other
// side of the message: its receiver at the sender, its sender at the receiver. What does not apply
// is null or 0, and is not on the wire.
struct TraceEvent {
    qint64 atUs = 0; // microseconds since 1970 UTC
    QByteArray node; // the server process
    TraceKind kind = TraceKind::Opened;
    QByteArray connectionId; // as in HELLO
    UserId userId;
    UserId peerUserId;
    Seq seq;
    QByteArray clientId;
    QByteArray cmd;
    QByteArray code;
    qint64 dropped = 0; // steps before this one that this watcher was too slow to be told
};

// "opened".
QByteArrayView name(TraceKind);
QByteArray encode(const TraceEvent &);
// Unknown fields are ignored; nullopt: malformed, or of an unknown kind.
std::optional<TraceEvent> decodeTraceEvent(QByteArrayView json);

} // namespace parley::protocol
