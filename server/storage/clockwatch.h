// SPDX-License-Identifier: MIT
// Whether the wall clock can be believed, compared with the monotonic clock: what a wrong clock
// makes us prune is lost.
#pragma once

#include "core/clock.h"
#include "core/limits.h"

#include <optional>

namespace parley::storage {

// A clock is good as long as it goes with the one that never jumps, within limits::ClockTolerance,
// since the store believed it, also when it was wrong in between; or when it has done so for
// limits::ClockTrial since the store doubted it.
class ClockWatch {
public:
    // What the store made of a Prune at this time. true: it is a new doubt.
    bool note(bool doubted, Time now, Instant instant);
    bool isGood(Time now, Instant instant);
    // It was set back since it was looked at last, so that what was dated lies ahead.
    bool wasSetBack(Time now, Instant instant);

private:
    using Offset = milliseconds; // of the wall clock from the other
    static Offset offset(Time now, Instant instant)
    {
        return now.time_since_epoch() - instant.time_since_epoch();
    }
    static bool isNear(Offset one, Offset other)
    {
        return std::chrono::abs(one - other) <= limits::ClockTolerance;
    }

    struct Doubt {
        Offset offset;
        Instant since;
    };
    std::optional<Offset> m_believed;
    std::optional<Doubt> m_doubt;
    std::optional<Offset> m_highest;
};

} // namespace parley::storage
