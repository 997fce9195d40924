// SPDX-License-Identifier: MIT
// What the store does for its own sake: operations and their outcomes.
#pragma once

#include "core/clock.h"
#include "core/ids.h"

#include <QByteArray>

#include <optional>

namespace parley::storage {

// Of several processes that share a store: one of the commits of one of them. Its number rises.
struct CommitMark {
    QByteArray writer; // null: nobody else uses the store
    qint64 number = 0;
};

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

// Reads what is unread in the first `limit` mailboxes behind `after`, by userId; for the metrics.
struct Survey {
    UserId after;
    int limit = 0;
};
// SQLite's write-ahead log.
struct LogFigures {
    qint64 bytes = 0; // in use, at the last commit
    qint64 checkpoints = 0; // that copied it into the database, since the program began
    std::chrono::microseconds checkpointing{}; // that they took together
};
struct Surveyed {
    qint64 messages = 0;
    qint64 bytes = 0; // of their bodies
    std::optional<Time>
        oldest; // when the first message of a mailbox was stored: the least of these
    UserId last; // of these mailboxes
    bool more = false; // there may be others behind it
    std::optional<LogFigures> log; // where there is one
};

} // namespace parley::storage
