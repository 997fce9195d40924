// SPDX-License-Identifier: MIT
#pragma once

#include "core/clock.h"

#include <QString>

namespace parley::client {

// How a connection, or the attempt at one, ended.
struct End {
    int code = 1006; // of the Close frame; 1006: there was none
    int httpStatus = 0; // what was answered instead of the upgrade; 0: nothing
    bool wasOpen = false; // the upgrade had been done
    QString reason; // for people; holds no secret
    milliseconds retryAfter{}; // the server's wish; 0: none

    // Whether trying the same again may go better (docs/protocol.md 1 and 4.8).
    bool mayComeBack() const;
    QString text() const;
};

} // namespace parley::client
