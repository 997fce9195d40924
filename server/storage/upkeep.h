// SPDX-License-Identifier: MIT
// What the store does for its own sake: operations and their outcomes.
#pragma once

#include <QtGlobal>

#include <chrono>

namespace parley::storage {

// Account changes, for every node to read them.
inline constexpr std::chrono::hours ChangesKept{24};

// Forgets what is over its time by limits::ClockTolerance: clientIds older than
// Limits::idempotency, expired sessions, account changes older than ChangesKept. Looks at no more
// than the `limit` oldest of each kind. A clientId is as old as the youngest of those that were
// stored before it and are remembered still: the clock may have been behind.
//
// Corrects what is dated more than ClockTolerance ahead, by a clock that was wrong: it gets the
// date of now. This is done with the oldest clientIds and account changes; and where it is asked
// for, with the moments at which users were last seen and sessions made, which then last no longer
// than others.
//
// Does none of this, and says so, when the time is not confirmed and more than ClockTolerance away
// from the last time that was believed, before it or after it: the clock may be wrong.
struct Prune {
    int limit = 0;
    bool timeIsConfirmed = false;
    bool correctsAll = false;
};
struct Pruned {
    qint64 rows = 0;
    bool doubted = false;
};

} // namespace parley::storage
