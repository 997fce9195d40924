// SPDX-License-Identifier: MIT
// Promise: the epoll loop keeps what Qt's own keeps (sockets, posted events, wake-ups,
// nested loops), and no event reaches a descriptor's later owner.
#include "unit/gateway/epoll.h"

#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTest>
#include <QThread>
#include <QTimer>

#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <functional>

using namespace parley::test;
using parley::gateway::EpollDispatcher;

namespace {

// Two ends of a connection; what is written to one can be read from the other.
class Pair {
public:
    Pair() { open(); }
    ~Pair() { close(); }
    void open()
    {
        int ends[2];
        if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, ends) != 0)
            qFatal("socketpair");
        near = ends[0];
        far = ends[1];
    }
    void close()
    {
        for (int *end : {&near, &far})
            if (*end >= 0)
                ::close(std::exchange(*end, -1));
    }
    void renumber(int number)
    {
        if (near == number)
            return;
        QCOMPARE(::dup3(near, number, 0), number);
        ::close(std::exchange(near, number));
    }
    void say() const { QCOMPARE(::write(far, "x", 1), 1); }
    void hear() const
    {
        char byte;
        QCOMPARE(::read(near, &byte, 1), 1);
    }

    int near = -1;
    int far = -1;
};

} // namespace

class EpollDispatcherTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void itIsTheOneInUse()
    {
        QVERIFY(qobject_cast<EpollDispatcher *>(QCoreApplication::eventDispatcher()));
    }

    void readableIsTold()
    {
        Pair pair;
        QSocketNotifier reading(pair.near, QSocketNotifier::Read);
        QSignalSpy told(&reading, &QSocketNotifier::activated);
        turn();
        QCOMPARE(told.count(), 0);
        pair.say();
        turn();
        QCOMPARE(told.count(), 1);
        turn(); // level-triggered: told until it is read
        QCOMPARE(told.count(), 2);
        pair.hear();
        turn();
        QCOMPARE(told.count(), 2);
    }

    void readingAndWritingAreApart()
    {
        Pair pair;
        QSocketNotifier reading(pair.near, QSocketNotifier::Read);
        QSocketNotifier writing(pair.near, QSocketNotifier::Write);
        QSignalSpy readable(&reading, &QSocketNotifier::activated);
        QSignalSpy writable(&writing, &QSocketNotifier::activated);
        turn();
        QCOMPARE(writable.count(), 1);
        QCOMPARE(readable.count(), 0);
        writing.setEnabled(false);
        pair.say();
        turn();
        QCOMPARE(writable.count(), 1);
        QCOMPARE(readable.count(), 1);
        writing.setEnabled(true);
        reading.setEnabled(false);
        turn();
        QCOMPARE(writable.count(), 2);
        QCOMPARE(readable.count(), 1);
    }

    void theEndOfTheOtherSideIsTold()
    {
        Pair pair;
        QSocketNotifier reading(pair.near, QSocketNotifier::Read);
        QSignalSpy told(&reading, &QSocketNotifier::activated);
        ::close(std::exchange(pair.far, -1));
        turn();
        QCOMPARE(told.count(), 1);
    }

    void nobodyHearsOfAClosedDescriptorsSuccessor()
    {
        Pair first;
        const int number = first.near;
        auto reading = std::make_unique<QSocketNotifier>(number, QSocketNotifier::Read);
        turn();
        reading.reset();
        first.close();
        Pair second; // takes the numbers
        QCOMPARE(second.near, number);
        QSocketNotifier again(second.near, QSocketNotifier::Read);
        QSignalSpy told(&again, &QSocketNotifier::activated);
        turn();
        QCOMPARE(told.count(), 0);
        second.say();
        turn();
        QCOMPARE(told.count(), 1);
    }

    void anEventOfThisTurnDoesNotReachTheSuccessor()
    {
        // Both are readable in one turn; whichever is told first closes the other, whose number
        // then belongs to a silent one.
        Pair pairs[2];
        Pair successor;
        successor.close();
        std::unique_ptr<QSocketNotifier> notifiers[2];
        std::unique_ptr<QSocketNotifier> successors;
        int told = 0;
        bool successorTold = false;
        for (int i : {0, 1}) {
            notifiers[i] = std::make_unique<QSocketNotifier>(pairs[i].near, QSocketNotifier::Read);
            connect(notifiers[i].get(), &QSocketNotifier::activated, this, [&, i] {
                ++told;
                pairs[i].hear();
                const int number = pairs[1 - i].near;
                notifiers[1 - i].reset();
                pairs[1 - i].close();
                successor.open();
                successor.renumber(number);
                successors = std::make_unique<QSocketNotifier>(number, QSocketNotifier::Read);
                connect(successors.get(), &QSocketNotifier::activated, this,
                    [&] { successorTold = true; });
            });
            pairs[i].say();
        }
        turn();
        QCOMPARE(told, 1);
        QVERIFY(!successorTold);
        turn();
        QVERIFY(!successorTold);
        successor.say();
        turn();
        QVERIFY(successorTold);
        successors.reset();
    }

    void anEarlierNotifierCannotSilenceItsSuccessor()
    {
        Pair pair;
        auto first = std::make_unique<QSocketNotifier>(pair.near, QSocketNotifier::Read);
        QSocketNotifier second(pair.near, QSocketNotifier::Read);
        QSignalSpy told(&second, &QSocketNotifier::activated);
        first.reset();
        pair.say();
        turn();
        QCOMPARE(told.count(), 1);
    }

    void socketsCanBeLeftOut()
    {
        Pair pair;
        QSocketNotifier reading(pair.near, QSocketNotifier::Read);
        QSignalSpy told(&reading, &QSocketNotifier::activated);
        pair.say();
        turn(QEventLoop::ExcludeSocketNotifiers);
        QCOMPARE(told.count(), 0);
        QTimer timer;
        timer.setSingleShot(true);
        QSignalSpy timeout(&timer, &QTimer::timeout);
        timer.start(20); // ends the wait
        while (timeout.isEmpty())
            turn(QEventLoop::ExcludeSocketNotifiers | QEventLoop::WaitForMoreEvents);
        QCOMPARE(told.count(), 0);
        turn();
        QCOMPARE(told.count(), 1);
    }

    void aNestedLoopSeesToTheOthers()
    {
        Pair pairs[2];
        std::unique_ptr<QSocketNotifier> notifiers[2];
        int told[2] = {0, 0};
        for (int i : {0, 1}) {
            notifiers[i] = std::make_unique<QSocketNotifier>(pairs[i].near, QSocketNotifier::Read);
            connect(notifiers[i].get(), &QSocketNotifier::activated, this, [&, i] {
                ++told[i];
                pairs[i].hear(); // fails if it is told a second time
                turn();
            });
            pairs[i].say();
        }
        turn();
        QCOMPARE(told[0], 1);
        QCOMPARE(told[1], 1);
    }

    void postedEventsComeBeforeWaiting()
    {
        int done = 0;
        QMetaObject::invokeMethod(
            this,
            [&] {
                ++done;
                QMetaObject::invokeMethod(
                    this, [&] { ++done; }, Qt::QueuedConnection);
            },
            Qt::QueuedConnection);
        while (done < 2) // would wait for ever
            turn(QEventLoop::WaitForMoreEvents);
        QCOMPARE(done, 2);
    }

    void anotherThreadEndsTheWait()
    {
        constexpr int Rounds = 20'000; // a wake-up that is lost at any of these hangs the test
        std::atomic<int> posted = 0;
        int done = 0;
        QThread *thread = QThread::create([&] {
            for (int i = 0; i < Rounds; ++i) {
                posted = i;
                QMetaObject::invokeMethod(
                    this, [&] { ++done; }, Qt::QueuedConnection);
                if (i % 3 == 0)
                    QThread::yieldCurrentThread();
            }
        });
        thread->start();
        while (done < Rounds)
            turn(QEventLoop::WaitForMoreEvents
                | (done % 2 ? QEventLoop::ExcludeSocketNotifiers : QEventLoop::AllEvents));
        QVERIFY(thread->wait());
        delete thread;
        QCOMPARE(done, Rounds);
    }

    void threadsAskAndAnswer() // each waits for the other at every step
    {
        constexpr int Rounds = 5000;
        QThread thread;
        thread.setEventDispatcher(new EpollDispatcher);
        QObject there;
        there.moveToThread(&thread);
        thread.start();
        int done = 0;
        QEventLoop loop;
        std::function<void()> ask = [&] {
            QMetaObject::invokeMethod(
                &there,
                [&] {
                    QMetaObject::invokeMethod(
                        &loop,
                        [&] {
                            if (++done == Rounds)
                                loop.quit();
                            else
                                ask();
                        },
                        Qt::QueuedConnection);
                },
                Qt::QueuedConnection);
        };
        ask();
        loop.exec();
        thread.quit();
        QVERIFY(thread.wait());
        QCOMPARE(done, Rounds);
    }

    void interruptEndsTheWait()
    {
        QEventLoop loop;
        QThread *thread = QThread::create([&] { loop.exit(7); });
        QTimer::singleShot(0, this, [&] { thread->start(); });
        QCOMPARE(loop.exec(), 7);
        QVERIFY(thread->wait());
        delete thread;
    }

    // Else the next call could not block, but would ask the kernel in vain.
    void whatASocketLeavesToBeDoneIsDoneInTheSameCall()
    {
        Pair pair;
        QSocketNotifier notifier(pair.near, QSocketNotifier::Read);
        bool isDone = false;
        connect(&notifier, &QSocketNotifier::activated, this, [&] {
            pair.hear();
            QMetaObject::invokeMethod(
                this, [&] { isDone = true; }, Qt::QueuedConnection);
        });
        pair.say();
        turn();
        QVERIFY(isDone);
    }

    void manySockets()
    {
        constexpr int Count = 600; // more than one wait of the kernel's returns
        std::vector<std::unique_ptr<Pair>> pairs;
        std::vector<std::unique_ptr<QSocketNotifier>> notifiers;
        int told = 0;
        for (int i = 0; i < Count; ++i) {
            const Pair &pair = *pairs.emplace_back(std::make_unique<Pair>());
            notifiers.push_back(
                std::make_unique<QSocketNotifier>(pair.near, QSocketNotifier::Read));
            connect(notifiers.back().get(), &QSocketNotifier::activated, this, [&, i] {
                ++told;
                pairs[size_t(i)]->hear();
            });
            pair.say();
        }
        for (int turns = 0; turns < 3; ++turns)
            turn();
        QCOMPARE(told, Count);
    }
};

PARLEY_MAIN_ON_EPOLL(EpollDispatcherTest)
#include "epolldispatcher.moc"
