// SPDX-License-Identifier: MIT
#pragma once

#include "core/clock.h"
#include "core/limits.h"

#include <vector>

namespace parley::chat {

// Counts bad frames within a sliding window. Empty for a well-behaved connection.
class Strikes {
public:
    // One more; true when that makes limits::BadFrames within limits::BadFrameWindow.
    bool add(Instant now)
    {
        std::erase_if(m_times, [now](Instant t) { return now - t >= limits::BadFrameWindow; });
        m_times.push_back(now);
        return int(m_times.size()) >= limits::BadFrames;
    }

private:
    std::vector<Instant> m_times;
};

} // namespace parley::chat
