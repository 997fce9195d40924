// SPDX-License-Identifier: MIT
// A thread's event loop whose cost does not grow with the number of its sockets: Qt's own asks the
// kernel about every descriptor at every wake-up.
#pragma once

#include "gateway/timerqueue.h"

#include <QAbstractEventDispatcher>
#include <QSocketNotifier>

#include <array>
#include <atomic>
#include <vector>

namespace parley::gateway {

// For QThread::setEventDispatcher() before start(). wakeUp() and interrupt() may be called from any
// thread, the others on its own.
class EpollDispatcher : public QAbstractEventDispatcher {
    Q_OBJECT

public:
    // Ends the process when the kernel gives no descriptors for it.
    EpollDispatcher();
    ~EpollDispatcher() override;

    bool processEvents(QEventLoop::ProcessEventsFlags) override;

    void registerSocketNotifier(QSocketNotifier *) override;
    void unregisterSocketNotifier(QSocketNotifier *) override;

    void registerTimer(int id, qint64 ms, Qt::TimerType type, QObject *receiver) override
    {
        m_timers.start(id, ms, type, receiver);
    }
    bool unregisterTimer(int id) override { return m_timers.stop(id); }
    bool unregisterTimers(QObject *receiver) override { return m_timers.stopAll(receiver); }
    QList<TimerInfo> registeredTimers(QObject *receiver) const override
    {
        return m_timers.timersOf(receiver);
    }
    int remainingTime(int id) override { return m_timers.remaining(id); }

    void wakeUp() override;
    void interrupt() override;

private:
    struct Descriptor {
        std::array<QSocketNotifier *, 3> notifiers{}; // by QSocketNotifier::Type
        quint32 armed = 0; // the events that the kernel watches for
        quint32 generation = 0; // how often its last notifier was removed
        bool isChanged = false;

        quint32 wanted() const;
    };

    void arm();
    bool waitForSockets(int timeoutMs);
    void waitForWakeUp(int timeoutMs);
    void deliver(quint64 packed, quint32 events);

    TimerQueue m_timers;
    std::vector<Descriptor> m_descriptors; // by number
    std::vector<int> m_changed; // of these, to be told to the kernel just before the next wait
    const int m_epoll;
    const int m_wakeUpEvent;
    quint64 m_waits = 0;
    std::atomic<bool> m_isWoken = false; // something is to be done before the next wait
    std::atomic<bool> m_isWaiting = false;
    std::atomic<bool> m_isInterrupted = false;
};

} // namespace parley::gateway
