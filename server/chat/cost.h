// SPDX-License-Identifier: MIT
// How many bytes a command may use while it is in work.
#pragma once

#include "core/limits.h"
#include "protocol/commands.h"

namespace parley::chat {

// In bytes: itself and its largest possible answer. `confirmedUpTo`: all up to this seq was
// confirmed, or a CONFIRM of it is under way.
qint64 costOf(const protocol::Command &, const Limits &, Seq confirmedUpTo);

// Of any command: a CONFIRM of a whole mailbox, or a FETCH.
qint64 largestCost(const Limits &);

} // namespace parley::chat
