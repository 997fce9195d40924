// SPDX-License-Identifier: MIT
#include "storage/clockwatch.h"

#include <algorithm>
#include <utility>

namespace parley::storage {

bool ClockWatch::note(bool doubted, Time now, Instant instant)
{
    if (!doubted) {
        m_believed = offset(now, instant);
        m_doubt.reset();
        return false;
    }
    if (m_doubt)
        return false;
    m_doubt = Doubt{offset(now, instant), instant};
    return true;
}

bool ClockWatch::isGood(Time now, Instant instant)
{
    const Offset current = offset(now, instant);
    if (m_believed && isNear(current, *m_believed))
        return true;
    if (!m_doubt)
        return false;
    if (!isNear(current, m_doubt->offset))
        m_doubt = Doubt{current, instant}; // it begins anew
    return instant - m_doubt->since >= limits::ClockTrial;
}

bool ClockWatch::wasSetBack(Time now, Instant instant)
{
    const Offset current = offset(now, instant);
    m_highest = std::max(m_highest.value_or(current), current);
    if (isNear(*m_highest, current))
        return false;
    m_highest = current;
    return true;
}

} // namespace parley::storage
