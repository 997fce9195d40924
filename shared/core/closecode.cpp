// SPDX-License-Identifier: MIT
#include "core/closecode.h"

namespace parley {

QByteArrayView reason(CloseCode code)
{
    switch (code) {
    case CloseCode::Normal:
        return "bye";
    case CloseCode::ProtocolError:
        return "violation of RFC 6455";
    case CloseCode::NotUtf8:
        return "text that is not UTF-8";
    case CloseCode::TooLarge:
        return "frame too large";
    case CloseCode::BadFrames:
        return "too many bad frames";
    case CloseCode::SessionEnded:
        return "session ended";
    case CloseCode::Replaced:
        return "replaced by a newer connection";
    case CloseCode::OverRate:
        return "over the command rate for too long";
    case CloseCode::InternalError:
        return "internal error";
    case CloseCode::Overloaded:
        return "overloaded";
    case CloseCode::HeartbeatTimeout:
        return "heartbeat timeout";
    case CloseCode::ShuttingDown:
        return "shutting down";
    case CloseCode::SlowConsumer:
        return "slow consumer";
    }
    Q_UNREACHABLE();
}

} // namespace parley
