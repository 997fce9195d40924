// SPDX-License-Identifier: MIT
// Actions and outcomes as text: what tests compare, and what they print when they fail.
#pragma once

#include "storage/store.h"

namespace parley::test {

// Tests begin at this moment; times are told as milliseconds since then.
inline constexpr Time Start = fromMs(1'700'000'000'000);

// "stored 1 +0 unread 1", "refused mailbox_full", "fetched [1 from 2 'hello' +0] more last 7"
QByteArray text(const storage::Outcome &);
// "StoreMessage 1>2 key=a 'hello'"
QByteArray text(const storage::Action &);

} // namespace parley::test
