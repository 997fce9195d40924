// SPDX-License-Identifier: MIT
// A token bucket, and how long it has been empty without a pause.
#pragma once

#include "core/clock.h"

#include <QtGlobal>

namespace parley::chat {

class RateLimiter {
public:
    // perSecond 0: everything passes.
    RateLimiter(int perSecond, int burst, Instant now);
    // Whether one more may pass now.
    bool take(Instant now);
    // After a refusal: when the next one would pass.
    milliseconds retryAfter() const;
    // After a refusal: for how long there have been refusals with less than a second in between.
    milliseconds refusedFor(Instant now) const { return now - m_refusedSince; }

private:
    int m_perSecond;
    double m_burst;
    double m_tokens;
    Instant m_filledAt;
    Instant m_refusedSince{};
    Instant m_lastRefusal{};
};

} // namespace parley::chat
