// SPDX-License-Identifier: MIT
// Time is a parameter: whatever decides by time is handed a Clock.
#pragma once

#include <QtGlobal>

#include <chrono>

namespace parley {

using std::chrono::milliseconds;

// A moment since 1970 UTC, in milliseconds: what goes on the wire and into the database.
using Time = std::chrono::sys_time<milliseconds>;
// A moment that never jumps, in milliseconds since an arbitrary start: for time-outs and rates.
using Instant = std::chrono::time_point<std::chrono::steady_clock, milliseconds>;

// Both functions may be called from any thread.
class Clock {
public:
    virtual ~Clock() = default;
    virtual Time now() const = 0;
    virtual Instant instant() const = 0;
};

class SystemClock final : public Clock {
public:
    Time now() const override
    {
        return std::chrono::time_point_cast<milliseconds>(std::chrono::system_clock::now());
    }
    Instant instant() const override
    {
        return std::chrono::time_point_cast<milliseconds>(std::chrono::steady_clock::now());
    }
};

constexpr qint64 toMs(Time time)
{
    return time.time_since_epoch().count();
}
constexpr Time fromMs(qint64 ms)
{
    return Time(milliseconds(ms));
}

} // namespace parley
