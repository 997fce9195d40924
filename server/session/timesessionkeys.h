// SPDX-License-Identifier: MIT
#pragma once

#include "session/timesession.h"

#include <memory>
#include <mutex>

namespace parley::session {

// The rule of time sessions, whose keys can be changed while all gateways check sessions by it. Any
// thread.
class TimeSessionKeys {
public:
    explicit TimeSessionKeys(TimeSessionRule rule)
        : m_rule(std::make_shared<const TimeSessionRule>(std::move(rule)))
    {
    }

    std::shared_ptr<const TimeSessionRule> rule() const
    {
        const std::lock_guard lock(m_mutex);
        return m_rule;
    }
    // The minutes stay.
    void change(const QByteArray &key, const QByteArray &previous, Time previousEnds)
    {
        const std::lock_guard lock(m_mutex);
        m_rule = std::make_shared<const TimeSessionRule>(TimeSessionRule{
            key, m_rule->minutesBefore, m_rule->minutesAfter, previous, previousEnds});
    }

private:
    mutable std::mutex m_mutex;
    std::shared_ptr<const TimeSessionRule> m_rule;
};

} // namespace parley::session
