// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>

namespace parley::bench {

// The clock of all measurements: never jumps, resolves less than a microsecond.
using Ticks = std::chrono::steady_clock;
using Moment = Ticks::time_point;

inline double seconds(Ticks::duration d)
{
    return std::chrono::duration<double>(d).count();
}

} // namespace parley::bench
