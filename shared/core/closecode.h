// SPDX-License-Identifier: MIT
// Why a connection is closed (docs/protocol.md 4.8).
#pragma once

#include <QByteArrayView>

namespace parley {

enum class CloseCode : quint16 {
    Normal = 1000,
    ProtocolError = 1002,
    NotUtf8 = 1007,
    TooLarge = 1009,
    BadFrames = 4400,
    SessionEnded = 4401,
    Replaced = 4409,
    OverRate = 4429,
    InternalError = 4500,
    Overloaded = 4503,
    HeartbeatTimeout = 4508,
    ShuttingDown = 4512,
    SlowConsumer = 4513,
};

// One English phrase for the Close frame's reason.
QByteArrayView reason(CloseCode);
// Whether a client may come back unchanged after this code; an end without a code is 1006.
constexpr bool mayComeBack(int code)
{
    return !(code / 100 == 44 || code == 1002 || code == 1007 || code == 1009);
}

} // namespace parley
