// SPDX-License-Identifier: MIT
// Time sessions (docs/protocol.md 3a): made by a back end that shares the server's key.
// All functions may be called from any thread.
#pragma once

#include "core/clock.h"
#include "core/ids.h"

#include <QByteArray>

namespace parley::session {

struct TimeSessionRule {
    QByteArray secretKey; // empty: time sessions are off
    // A session made for minute M is valid in the minutes M - minutesBefore ... M + minutesAfter.
    int minutesBefore = 1; // its maker's clock may be ahead of ours
    int minutesAfter = 5;
    // The key before it, which is valid, too, until this moment.
    QByteArray previousKey = {}; // empty: none
    Time previousEnds = {};
};

// For how long a session can be valid at all.
constexpr milliseconds lifetime(const TimeSessionRule &rule)
{
    return std::chrono::minutes(rule.minutesBefore + 1 + rule.minutesAfter);
}

// The session of the minute that `time` is in: 32 lower-case hex digits.
QByteArray mintTimeSession(QByteArrayView secretKey, UserId user, Time time);

// Whether it is this user's session and valid now. Takes the same time for every `session` that is
// not.
bool isTimeSession(const TimeSessionRule &rule, UserId user, QByteArrayView session, Time now);

} // namespace parley::session
