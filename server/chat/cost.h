// SPDX-License-Identifier: MIT
// What a command may hold while it is in work.
#pragma once

#include "core/limits.h"
#include "protocol/commands.h"

namespace parley::chat {

// In bytes: itself and the largest answer that it can have. `confirmedUpTo`: up to this seq all
// was confirmed, or is asked to be.
qint64 costOf(const protocol::Command &, const Limits &, Seq confirmedUpTo);

// Of any command: a CONFIRM of a whole mailbox, or a FETCH.
qint64 largestCost(const Limits &);

} // namespace parley::chat
