// SPDX-License-Identifier: MIT
// The one table of refusals: the answers to a command, a frame or a request that is not done.
#pragma once

#include <QByteArrayView>

namespace parley {

enum class ErrorCode {
    // frames and commands (docs/protocol.md 4.7)
    BadJson,
    BadField,
    MissingField,
    UnknownCmd,
    Unsupported,
    UnknownUser,
    TooLarge,
    IdReused,
    MailboxFull,
    RateLimited,
    StoreUnavailable,
    Internal,
    // requests before the upgrade (docs/protocol.md 1)
    BadRequest,
    SessionInvalid,
    BadCredentials,
    SessionElsewhere,
    OriginRefused,
    NotFound,
    MethodNotAllowed,
    RequestTimeout,
    UpgradeRequired,
    Overloaded,
};
inline constexpr size_t ErrorCodes = size_t(ErrorCode::Overloaded) + 1; // how many there are

// The code as it goes over the wire: "bad_json".
QByteArrayView name(ErrorCode);
// One English sentence for people.
QByteArrayView text(ErrorCode);
// A frame that counts towards the close with 4400.
bool isBadFrame(ErrorCode);

} // namespace parley
