// SPDX-License-Identifier: MIT
#pragma once

#include "core/counters.h"
#include "storage/unreadcensus.h"

namespace parley::storage {

struct Batch;

// What the storage thread counts. Any thread may read it, but for the census.
struct Counts {
    void note(const Batch &);

    Count batches; // transactions that were tried
    Count operations; // in them
    Count refused; // of these operations
    Count stored; // messages
    Count duplicates; // sent again with a known clientId
    Count confirmed; // messages removed
    Ages confirmedAge; // of those, from when they were stored
    Durations waited; // each operation that somebody asked, until its transaction began
    Durations commit; // transactions that write
    Sizes commitOperations; // in each of these
    Count busySince; // the transaction under way began, in µs of Ticks; 0: there is none

    Count inDoubt; // 1: it is not known whether a commit came through
    Count heldBack; // operations that wait for that
    Count clockDoubted; // 1: the clock may be wrong, and nothing is pruned

    UnreadCensus census; // and what is known by it:
    Count unreadMessages;
    Count unreadBytes;
    Count unreadOldest; // when it was stored, in ms; 0: nothing is unread
    Count unreadIsKnown; // 1: the first round is over

    // SQLite's: see LogFigures.
    Count hasLog; // 1: there is one
    Count logBytes;
    Count checkpoints;
    Count checkpointMicroseconds;
};

} // namespace parley::storage
