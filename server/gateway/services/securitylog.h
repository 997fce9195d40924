// SPDX-License-Identifier: MIT
#pragma once

#include "core/ids.h"
#include "gateway/services/metrics.h"
#include "gateway/services/securityevents.h"

namespace parley::gateway {

// Counts the event, and logs who did it: "event=failed_login address=192.0.2.1 user=3". `user`:
// whom it concerns, if that is known; never a name as it was typed, because people type passwords
// there. Any thread.
void report(Metrics &, SecurityEvent, const QByteArray &address, UserId user = {});

} // namespace parley::gateway
