// SPDX-License-Identifier: MIT
// What the store does for its own sake: operations and their outcomes.
#pragma once

#include <QtGlobal>

namespace parley::storage {

// What is dated more than limits::ClockTolerance ahead, by a clock that was wrong, gets the date of
// now: when users were last seen, and when sessions were made, which then last no longer than
// others. (clientIds and account changes are corrected by Prune.)
struct CorrectTimes { };
struct CorrectedTimes {
    qint64 rows = 0;
};

// Forgets what is over its time by limits::ClockTolerance: clientIds older than
// Limits::idempotency, expired sessions, account changes older than a day. Looks at no more than
// the `limit` oldest of each kind, and gives those that are dated ahead the date of now. Forgets
// nothing, and says so, when the time is not confirmed and more than ClockTolerance past the last
// Prune that forgot: the clock may be wrong.
struct Prune {
    int limit = 0;
    bool timeIsConfirmed = false;
};
struct Pruned {
    qint64 rows = 0;
    bool doubted = false;
};

} // namespace parley::storage
