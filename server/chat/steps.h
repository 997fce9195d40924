// SPDX-License-Identifier: MIT
// What the trace tells of a commit, and how it names connections.
#pragma once

#include "storage/batch.h"
#include "trace/tracer.h"

namespace parley::chat {

// As in HELLO.
QByteArray wireText(ConnectionId);

// Tells what this commit has done: `stored`, `confirmed` and `removed`, and `presence` where it was
// written. To be called once, on the storage thread, before anybody hears of the batch: so `stored`
// comes before whatever follows from it.
void tellCommit(trace::Tracer &, const storage::Batch &);

} // namespace parley::chat
