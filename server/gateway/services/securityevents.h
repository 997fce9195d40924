// SPDX-License-Identifier: MIT
// What an operator wants to know of attacks, and of mistakes that look like them.
#pragma once

#include <QByteArrayView>

namespace parley::gateway {

enum class SecurityEvent {
    FailedLogin, // an unknown name, a disabled user or a wrong password
    RefusedSession, // wrong, expired or revoked
    SessionElsewhere, // a time session that is bound to another address
    ThrottledLogin, // too many failed ones before it
    ThrottledSession, // likewise
    BadFrames, // a connection was closed for them
    BadAdminToken,
    Count
};

// Stable: metrics, logs and fail2ban's filter have it.
constexpr QByteArrayView name(SecurityEvent event)
{
    switch (event) {
    case SecurityEvent::FailedLogin:
        return "failed_login";
    case SecurityEvent::RefusedSession:
        return "refused_session";
    case SecurityEvent::SessionElsewhere:
        return "session_elsewhere";
    case SecurityEvent::ThrottledLogin:
        return "throttled_login";
    case SecurityEvent::ThrottledSession:
        return "throttled_session";
    case SecurityEvent::BadFrames:
        return "bad_frames";
    case SecurityEvent::BadAdminToken:
        return "bad_admin_token";
    case SecurityEvent::Count:
        break;
    }
    return {};
}

} // namespace parley::gateway
