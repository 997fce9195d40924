// SPDX-License-Identifier: MIT
// What a command may hold while it is in work.
#pragma once

#include "core/limits.h"
#include "protocol/commands.h"

namespace parley::chat {

// In bytes: itself and the largest answer that it can have. `confirmedUpTo`: no message up to this
// seq is unread any more, as far as its connection knows.
qint64 costOf(const protocol::Command &, const Limits &, Seq confirmedUpTo);

} // namespace parley::chat
