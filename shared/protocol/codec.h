// SPDX-License-Identifier: MIT
// The only place that knows JSON on the wire. Frames are UTF-8 without a BOM. Every function may be
// called from any thread.
#pragma once

#include "protocol/names.h"

#include <QByteArrayView>

namespace parley::protocol {

// Strict: every field is checked against docs/protocol.md. `frame` must be valid UTF-8.
std::variant<Request, BadFrame> decodeCommand(QByteArrayView frame);
QByteArray encode(const Request &);

// For clients. Unknown fields are ignored, an unknown `cmd` is nullopt, as is a malformed frame.
std::optional<Reply> decodeReply(QByteArrayView frame);
QByteArray encode(const Reply &);

// The same, appended to what a frame is made of; the hot path's.
void append(QByteArray &out, const Message &);
void append(QByteArray &out, const Sent &);

// MESSAGES of at most `maxBytes`, but always with one message if there is one: puts what did not
// fit down as `more`, and drops it from `messages`.
QByteArray encodeFitting(Messages &messages, qint64 maxBytes);

// Whether the bytes are UTF-8 as Unicode defines it.
bool isUtf8(QByteArrayView);
// Code points of valid UTF-8.
qsizetype codePoints(QByteArrayView);

// The JSON bodies of the login: {"username":…,"password":…}; nullopt when it is not that.
struct Credentials {
    QByteArray username;
    QByteArray password;
};
std::optional<Credentials> decodeCredentials(QByteArrayView body);
struct Login {
    UserId userId;
    QByteArray session;
    Time expiresAt;
    QByteArray chat;
};
QByteArray encode(const Login &);
std::optional<Login> decodeLogin(QByteArrayView body);
// {"error":{"code":…,"message":…}}
QByteArray encodeHttpError(ErrorCode, QByteArrayView message = {});

} // namespace parley::protocol
