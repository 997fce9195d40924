// SPDX-License-Identifier: MIT
#include "gateway/timerqueue.h"

#include <QCoreApplication>
#include <QTimerEvent>

#include <algorithm>
#include <climits>

namespace parley::gateway {

using namespace std::chrono;

// To a common grid, so that timers of like intervals wake the thread together.
TimerQueue::Clock::time_point TimerQueue::align(Clock::time_point due, const Timer &timer)
{
    Clock::duration grid{1};
    if (timer.type == Qt::VeryCoarseTimer)
        grid = 1s;
    else if (timer.type == Qt::CoarseTimer)
        grid = std::clamp<Clock::duration>(timer.interval / 20, Clock::duration{1}, 1s);
    const auto past = due.time_since_epoch() % grid;
    return past == Clock::duration::zero() ? due : due + (grid - past);
}

int TimerQueue::msUntil(Clock::time_point due)
{
    const auto left = ceil<milliseconds>(due - Clock::now()).count();
    return int(std::clamp<milliseconds::rep>(left, 0, INT_MAX));
}

void TimerQueue::start(int id, qint64 intervalMs, Qt::TimerType type, QObject *receiver)
{
    stop(id);
    Timer timer{++m_lastSerial, {}, milliseconds(intervalMs), type, receiver};
    timer.due = align(Clock::now() + timer.interval, timer);
    m_waiting.emplace(timer.due, id);
    m_byReceiver.emplace(receiver, id);
    m_timers.emplace(id, timer);
}

bool TimerQueue::stop(int id)
{
    const auto found = m_timers.find(id);
    if (found == m_timers.end())
        return false;
    m_waiting.erase({found->second.due, id});
    m_byReceiver.erase({found->second.receiver, id});
    m_timers.erase(found);
    return true;
}

bool TimerQueue::stopAll(const QObject *receiver)
{
    const QList<TimerInfo> timers = timersOf(receiver);
    for (const TimerInfo &timer : timers)
        stop(timer.timerId);
    return !timers.isEmpty();
}

QList<TimerQueue::TimerInfo> TimerQueue::timersOf(const QObject *receiver) const
{
    QList<TimerInfo> result;
    for (auto it = m_byReceiver.lower_bound({receiver, INT_MIN});
         it != m_byReceiver.end() && it->first == receiver; ++it) {
        const Timer &timer = m_timers.at(it->second);
        result.emplace_back(it->second, int(timer.interval.count()), timer.type);
    }
    return result;
}

int TimerQueue::remaining(int id) const
{
    const auto found = m_timers.find(id);
    return found == m_timers.end() ? -1 : msUntil(found->second.due);
}

std::optional<int> TimerQueue::wait() const
{
    if (m_waiting.empty())
        return std::nullopt;
    return msUntil(m_waiting.begin()->first);
}

bool TimerQueue::fire()
{
    const auto now = Clock::now();
    bool fired = false;
    while (!m_waiting.empty() && m_waiting.begin()->first <= now) {
        fired = true;
        const int id = m_waiting.begin()->second;
        m_waiting.erase(m_waiting.begin());
        Timer &timer = m_timers.at(id);
        timer.due += timer.interval;
        if (timer.due <= now) // missed some, or an interval of zero: later than this call
            timer.due = align(now + std::max<Clock::duration>(timer.interval, 1ns), timer);
        QTimerEvent event(id);
        const quint64 serial = timer.serial;
        QCoreApplication::sendEvent(timer.receiver, &event); // may stop any timer, also this one
        if (const auto it = m_timers.find(id); it != m_timers.end() && it->second.serial == serial)
            m_waiting.emplace(it->second.due, id);
    }
    return fired;
}

} // namespace parley::gateway
