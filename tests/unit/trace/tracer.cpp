// SPDX-License-Identifier: MIT
// Tracer: nobody who records waits for who watches, memory is bounded, and what is missing is told.
#include "trace/tracer.h"

#include <QTest>

#include <thread>

using namespace parley;
using namespace parley::protocol;
using namespace parley::trace;

namespace {

TraceEvent step(qint64 seq)
{
    TraceEvent event;
    event.kind = TraceKind::Stored;
    event.seq = Seq(seq);
    return event;
}

constexpr size_t All = 1'000'000;

// For so many steps.
qint64 room(int steps)
{
    return steps * Tracer::bytesOf(step(1));
}

} // namespace

class TracerTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void isOnWhileSomebodyWatches();
    void tellsStepsInOrderWithMomentAndNode();
    void wakesOnceUntilAllIsTaken();
    void dropsWhatDoesNotFitAndSaysHowMany();
    void oneThatIsSlowTakesNothingFromAnother();
    void tellsAllTheSameOrderFromManyThreads();
    void countsEveryStepOfManyThreadsAsToldOrDropped();
    void takesSoManyWatchersAndNoMore();
    void doesNotWakeWhoHasGone();
};

void TracerTest::isOnWhileSomebodyWatches()
{
    Tracer tracer("n");
    QVERIFY(!tracer.isOn());
    tracer.record(step(1)); // for nobody
    auto first = tracer.watch([] {});
    auto second = tracer.watch([] {});
    QVERIFY(tracer.isOn());
    QVERIFY(first->isEmpty()); // what was before is not told
    first.reset();
    QVERIFY(tracer.isOn());
    second.reset();
    QVERIFY(!tracer.isOn());
}

void TracerTest::tellsStepsInOrderWithMomentAndNode()
{
    qint64 now = 0;
    Tracer tracer("the node", room(100), [&now] { return ++now; });
    const auto watcher = tracer.watch([] {});
    for (int i = 1; i <= 3; ++i)
        tracer.record(step(i));
    const auto first = watcher->take(2);
    const auto second = watcher->take(2);
    QCOMPARE(first.size(), size_t(2));
    QCOMPARE(second.size(), size_t(1));
    QCOMPARE(first[0].seq, Seq(1));
    QCOMPARE(first[1].seq, Seq(2));
    QCOMPARE(second[0].seq, Seq(3));
    QCOMPARE(second[0].node, "the node");
    QCOMPARE(second[0].atUs, 3);
    QCOMPARE(second[0].dropped, 0);
}

void TracerTest::wakesOnceUntilAllIsTaken()
{
    Tracer tracer("n");
    int wakes = 0;
    const auto watcher = tracer.watch([&wakes] { ++wakes; });
    QCOMPARE(wakes, 0);
    tracer.record(step(1));
    tracer.record(step(2));
    QCOMPARE(wakes, 1);
    QCOMPARE(watcher->take(1).size(), size_t(1));
    QVERIFY(!watcher->isEmpty());
    tracer.record(step(3));
    QCOMPARE(wakes, 1); // it left something, and so comes again by itself
    QCOMPARE(watcher->take(All).size(), size_t(2));
    QVERIFY(watcher->isEmpty());
    tracer.record(step(4));
    QCOMPARE(wakes, 2);
}

void TracerTest::dropsWhatDoesNotFitAndSaysHowMany()
{
    Tracer tracer("n", room(2));
    const auto watcher = tracer.watch([] {});
    for (int i = 1; i <= 5; ++i)
        tracer.record(step(i));
    QCOMPARE(watcher->take(1).front().dropped, 0);
    tracer.record(step(6));
    tracer.record(step(7));
    const auto rest = watcher->take(All);
    QCOMPARE(rest.size(), size_t(2));
    QCOMPARE(rest[0].seq, Seq(2));
    QCOMPARE(rest[0].dropped, 0);
    QCOMPARE(rest[1].seq, Seq(6));
    QCOMPARE(rest[1].dropped, 3); // 3, 4 and 5
    tracer.record(step(8));
    QCOMPARE(watcher->take(All).front().dropped, 1); // 7
    tracer.record(step(9));
    QCOMPARE(watcher->take(All).front().dropped, 0);
}

void TracerTest::oneThatIsSlowTakesNothingFromAnother()
{
    Tracer tracer("n", room(3));
    const auto slow = tracer.watch([] {});
    const auto quick = tracer.watch([] {});
    for (int i = 1; i <= 10; ++i) {
        tracer.record(step(i));
        const auto taken = quick->take(All);
        QCOMPARE(taken.size(), size_t(1));
        QCOMPARE(taken[0].dropped, 0);
    }
    QCOMPARE(slow->take(All).size(), size_t(3));
}

void TracerTest::tellsAllTheSameOrderFromManyThreads()
{
    Tracer tracer("n");
    const auto first = tracer.watch([] {});
    const auto second = tracer.watch([] {});
    std::vector<std::thread> threads;
    for (int thread = 1; thread <= 4; ++thread) {
        threads.emplace_back([&tracer, thread] {
            for (int i = 1; i <= 2000; ++i)
                tracer.record(step(thread * 10'000 + i));
        });
    }
    for (std::thread &thread : threads)
        thread.join();
    const auto told = first->take(All);
    const auto alsoTold = second->take(All);
    QCOMPARE(told.size(), size_t(8000));
    QCOMPARE(alsoTold.size(), size_t(8000));
    std::map<qint64, qint64> last; // of each thread
    for (size_t i = 0; i < told.size(); ++i) {
        QCOMPARE(told[i].seq, alsoTold[i].seq);
        QVERIFY(i == 0 || told[i - 1].atUs <= told[i].atUs);
        const qint64 seq = told[i].seq.value();
        QCOMPARE(seq % 10'000, ++last[seq / 10'000]);
    }
}

void TracerTest::countsEveryStepOfManyThreadsAsToldOrDropped()
{
    constexpr int Each = 20'000;
    Tracer tracer("n", room(50));
    std::atomic<int> wakes = 0;
    auto watcher = tracer.watch([&wakes] { ++wakes; });
    std::atomic<int> running = 4;
    std::vector<std::thread> threads;
    for (int thread = 0; thread < 4; ++thread) {
        threads.emplace_back([&] {
            for (int i = 1; i <= Each; ++i)
                tracer.record(step(i));
            --running;
        });
    }
    qint64 told = 0;
    qint64 dropped = 0;
    const auto takeAll = [&] {
        const auto steps = watcher->take(All);
        QVERIFY(steps.size() <= 50);
        told += qint64(steps.size());
        for (const TraceEvent &event : steps)
            dropped += event.dropped;
    };
    while (running > 0)
        takeAll();
    for (std::thread &thread : threads)
        thread.join();
    takeAll();
    tracer.record(step(1)); // says what was dropped before it
    takeAll();
    QCOMPARE(told + dropped, 4 * Each + 1);
    QVERIFY(wakes > 0);
}

void TracerTest::takesSoManyWatchersAndNoMore()
{
    Tracer tracer("n");
    std::vector<std::unique_ptr<Watcher>> watchers;
    for (size_t i = 0; i < limits::TraceWatchers; ++i) {
        watchers.push_back(tracer.watch([] {}));
        QVERIFY(watchers.back());
    }
    QVERIFY(!tracer.watch([] {}));
    watchers.pop_back();
    QVERIFY(tracer.watch([] {}));
}

void TracerTest::doesNotWakeWhoHasGone()
{
    Tracer tracer("n");
    int wakes = 0;
    auto gone = tracer.watch([&wakes] { ++wakes; });
    const auto stays = tracer.watch([] {});
    gone.reset();
    tracer.record(step(1));
    QCOMPARE(wakes, 0);
    QCOMPARE(stays->take(All).size(), size_t(1));
}

QTEST_GUILESS_MAIN(TracerTest)
#include "tracer.moc"
