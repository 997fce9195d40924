// SPDX-License-Identifier: MIT
#include "core/errorcode.h"

#include <array>

namespace parley {
namespace {

struct Row {
    ErrorCode code;
    QByteArrayView name;
    QByteArrayView text;
};

constexpr std::array Table{
    Row{ErrorCode::BadJson, "bad_json", "The frame is not one JSON object."},
    Row{ErrorCode::BadField, "bad_field", "A field has a value that is not allowed."},
    Row{ErrorCode::MissingField, "missing_field", "A required field is missing."},
    Row{ErrorCode::UnknownCmd, "unknown_cmd", "There is no such command."},
    Row{ErrorCode::Unsupported, "unsupported", "Only text frames are supported."},
    Row{ErrorCode::UnknownUser, "unknown_user", "There is no such user."},
    Row{ErrorCode::TooLarge, "too_large", "This is larger than the limit."},
    Row{ErrorCode::IdReused, "id_reused", "This clientId was used for another receiver."},
    Row{ErrorCode::MailboxFull, "mailbox_full", "The receiver's mailbox is full."},
    Row{ErrorCode::RateLimited, "rate_limited", "Too many; try again later."},
    Row{ErrorCode::StoreUnavailable, "store_unavailable",
        "The store is not available now; nothing was stored."},
    Row{ErrorCode::Internal, "internal", "An error in the server; see its log."},
    Row{ErrorCode::BadRequest, "bad_request", "The request is malformed."},
    Row{ErrorCode::SessionInvalid, "session_invalid", "The session is not valid for this user."},
    Row{ErrorCode::BadCredentials, "bad_credentials", "Unknown name or wrong password."},
    Row{ErrorCode::SessionElsewhere, "session_elsewhere",
        "The session is in use from another network address."},
    Row{ErrorCode::OriginRefused, "origin_refused", "This origin is not allowed."},
    Row{ErrorCode::NotFound, "not_found", "There is nothing at this path."},
    Row{ErrorCode::MethodNotAllowed, "method_not_allowed", "This path does not allow this method."},
    Row{ErrorCode::RequestTimeout, "request_timeout", "The request did not arrive in time."},
    Row{ErrorCode::UpgradeRequired, "upgrade_required",
        "This path needs an upgrade to WebSocket version 13."},
    Row{ErrorCode::Overloaded, "overloaded", "The server cannot take this now."},
};

constexpr bool tableIsInOrder()
{
    for (size_t i = 0; i < Table.size(); ++i) {
        if (size_t(Table[i].code) != i)
            return false;
    }
    return Table.size() == ErrorCodes;
}
static_assert(tableIsInOrder());

} // namespace

QByteArrayView name(ErrorCode code)
{
    return Table[size_t(code)].name;
}
QByteArrayView text(ErrorCode code)
{
    return Table[size_t(code)].text;
}
bool isBadFrame(ErrorCode code)
{
    return code <= ErrorCode::Unsupported;
}

} // namespace parley
