// SPDX-License-Identifier: MIT
// The timers of an event loop; each call is O(log n) of them.
#pragma once

#include <QAbstractEventDispatcher>

#include <chrono>
#include <optional>
#include <set>
#include <unordered_map>

namespace parley::gateway {

// Of one thread. Precise timers fire in the millisecond after their time, coarse ones up to a
// twentieth of their interval later, very coarse ones on whole seconds; none fires early.
class TimerQueue {
public:
    using TimerInfo = QAbstractEventDispatcher::TimerInfo;

    void start(int id, qint64 intervalMs, Qt::TimerType, QObject *receiver);
    bool stop(int id);
    bool stopAll(const QObject *receiver);
    QList<TimerInfo> timersOf(const QObject *receiver) const;
    // In milliseconds, rounded up; -1: there is no such timer.
    int remaining(int id) const;

    // Until the next is due, in milliseconds, rounded up; nullopt: never.
    std::optional<int> wait() const;
    // Sends its event to each that is due now. A timer whose event is being handled is not due, so
    // that nested loops do not send it again. Whether there was one.
    bool fire();

private:
    using Clock = std::chrono::steady_clock;
    using Due = std::pair<Clock::time_point, int>;
    struct Timer {
        quint64 serial; // tells it from an earlier one with its id
        Clock::time_point due;
        std::chrono::milliseconds interval;
        Qt::TimerType type;
        QObject *receiver;
    };

    static Clock::time_point align(Clock::time_point, const Timer &);
    static int msUntil(Clock::time_point);

    std::unordered_map<int, Timer> m_timers;
    std::set<std::pair<const QObject *, int>> m_byReceiver;
    std::set<Due> m_waiting; // all but those whose event is being handled
    quint64 m_lastSerial = 0;
};

} // namespace parley::gateway
