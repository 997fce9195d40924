// SPDX-License-Identifier: MIT
// Promise: the epoll loop's timers are Qt's: none early, each in its turn, whatever their handlers
// do; and starting one costs the same however many there are.
#include "unit/gateway/epoll.h"

#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTimer>

#include <functional>

using namespace parley::test;

namespace {

class TimerObject : public QObject {
public:
    int timeouts = 0;
    std::function<void(int)> onTimeout;

protected:
    void timerEvent(QTimerEvent *event) override
    {
        ++timeouts;
        if (onTimeout)
            onTimeout(event->timerId());
    }
};

} // namespace

class TimerQueueTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void timersOfAllTypesFireAndNoneEarly_data()
    {
        QTest::addColumn<Qt::TimerType>("type");
        QTest::addColumn<int>("interval");
        QTest::newRow("precise") << Qt::PreciseTimer << 30;
        QTest::newRow("coarse") << Qt::CoarseTimer << 100;
        QTest::newRow("very coarse") << Qt::VeryCoarseTimer << 1000;
        QTest::newRow("zero") << Qt::CoarseTimer << 0;
    }
    void timersOfAllTypesFireAndNoneEarly()
    {
        QFETCH(Qt::TimerType, type);
        QFETCH(int, interval);
        QTimer timer;
        timer.setTimerType(type);
        QSignalSpy told(&timer, &QTimer::timeout);
        QElapsedTimer elapsed;
        elapsed.start();
        timer.start(interval);
        QVERIFY(timer.remainingTime() <= interval * 2);
        for (int i = 1; i <= 2; ++i) {
            QVERIFY(told.wait(10'000));
            QVERIFY2(elapsed.elapsed() >= interval * i, qPrintable(QString::number(i)));
        }
    }

    void timersFireInOrder()
    {
        QList<int> order;
        QTimer timers[3];
        const int intervals[] = {60, 20, 40};
        for (int i : {0, 1, 2}) {
            timers[i].setTimerType(Qt::PreciseTimer);
            timers[i].setSingleShot(true);
            connect(&timers[i], &QTimer::timeout, this, [&order, i] { order << i; });
            timers[i].start(intervals[i]);
        }
        QTRY_COMPARE(order, QList<int>({1, 2, 0}));
    }

    void aTimerAnswersForItself()
    {
        TimerObject object;
        auto *dispatcher = QCoreApplication::eventDispatcher();
        const int id = object.startTimer(5000, Qt::CoarseTimer);
        const auto timers = dispatcher->registeredTimers(&object);
        QCOMPARE(timers.size(), 1);
        QCOMPARE(timers[0].timerId, id);
        QCOMPARE(timers[0].interval, 5000);
        QCOMPARE(timers[0].timerType, Qt::CoarseTimer);
        QVERIFY(dispatcher->remainingTime(id) > 0);
        object.killTimer(id);
        QCOMPARE(dispatcher->remainingTime(id), -1);
        QVERIFY(dispatcher->registeredTimers(&object).isEmpty());
        QVERIFY(!dispatcher->unregisterTimers(&object));
        QVERIFY(!dispatcher->unregisterTimer(id));
    }

    void aTimerMayStopItselfAndItsReceiver()
    {
        auto object = std::make_unique<TimerObject>();
        TimerObject other;
        const int id = object->startTimer(0);
        object->startTimer(0);
        object->onTimeout = [&](int) { object.reset(); };
        other.onTimeout = [&](int timer) { other.killTimer(timer); };
        other.startTimer(0);
        turn();
        turn();
        QVERIFY(!object);
        QCOMPARE(other.timeouts, 1);
        QCOMPARE(QCoreApplication::eventDispatcher()->remainingTime(id), -1);
    }

    void aZeroTimerFiresOnceATurn()
    {
        TimerObject object;
        object.startTimer(0);
        for (int i = 1; i <= 5; ++i) {
            turn();
            QCOMPARE(object.timeouts, i);
        }
    }

    void aNestedLoopDoesNotFireTheSameTimerAgain()
    {
        TimerObject object;
        TimerObject other;
        object.onTimeout = [](int) {
            turn();
            turn();
        };
        object.startTimer(0);
        other.startTimer(0);
        turn();
        QCOMPARE(object.timeouts, 1);
        QVERIFY(other.timeouts >= 2); // in the nested turns
    }

    void timersCanBeLeftOut()
    {
        TimerObject object;
        object.startTimer(0);
        turn(QEventLoop::X11ExcludeTimers);
        QCOMPARE(object.timeouts, 0);
        turn();
        QCOMPARE(object.timeouts, 1);
    }

    void aHundredThousandTimerStarts() // each costs the same
    {
        constexpr int Timers = 50'000;
        constexpr int Starts = 100'000;
        TimerObject object;
        std::vector<int> ids;
        for (int i = 0; i < Timers; ++i)
            ids.push_back(object.startTimer(100'000 + i * 7919 % Timers));
        for (int i = 0; i < Starts - Timers; ++i) {
            int &id = ids[size_t(i) * 7919 % Timers];
            object.killTimer(id);
            id = object.startTimer(100'000 + i % 1000);
        }
        QCOMPARE(QCoreApplication::eventDispatcher()->registeredTimers(&object).size(), Timers);
    }
};

PARLEY_MAIN_ON_EPOLL(TimerQueueTest)
#include "timerqueue.moc"
