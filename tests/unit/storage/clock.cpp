// SPDX-License-Identifier: MIT
// The storage thread: what a wrong clock does not cost anybody.
#include "support/storagescene.h"

using namespace parley;
using namespace parley::test;

class StorageClockTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    // A clock that was set ahead while the server runs, and one that was ahead at its start.
    void aClockThatIsAheadForgetsNothingBeforeItIsTried()
    {
        Scene scene;
        (void)scene.outcomeOf(send("key"));
        scene.clock.advance(1h);
        QCOMPARE(keyAfterPruning(scene), QByteArray("known"));
        QTest::ignoreMessage(
            QtInfoMsg, QRegularExpression(QStringLiteral("^the clock has jumped since the store")));
        scene.clock.set(24h * 365);
        QCOMPARE(keyAfterPruning(scene), QByteArray("known")); // this takes two minutes
        scene.clock.advance(limits::ClockTrial - 5min);
        QCOMPARE(keyAfterPruning(scene), QByteArray("known"));
        scene.clock.set(-1h); // again: it begins anew
        QCOMPARE(keyAfterPruning(scene), QByteArray("known"));
        scene.clock.advance(limits::ClockTrial - 5min);
        QCOMPARE(keyAfterPruning(scene), QByteArray("known"));
        scene.clock.advance(5min);
        QCOMPARE(keyAfterPruning(scene), QByteArray("forgotten"));
    }

    void aClockThatWasSetBackIsMadeGood()
    {
        Scene scene;
        (void)scene.outcomeOf(fetch("begin"));
        const Time right = scene.clock.now();
        setAhead(scene);
        setBack(scene);
        QCOMPARE(lastSeen(scene), right + 2s);
    }

    // However long it was wrong: the other clock knows that it is the one that was good.
    void aClockThatWasAheadForLongIsMadeGoodAtOnce()
    {
        Scene scene;
        (void)scene.outcomeOf(fetch("begin"));
        setAhead(scene);
        scene.clock.advance(1min);
        (void)scene.outcomeOf(fetch("doubted"));
        scene.clock.advance(limits::ClockTrial / 2);
        setBack(scene);
        QCOMPARE(lastSeen(scene), scene.clock.now());
    }

    void aClockThatIsMadeGoodWhileTheStoreIsAwayIsMadeGoodAfterwards()
    {
        Scene scene;
        (void)scene.outcomeOf(fetch("begin"));
        setAhead(scene);
        QTest::ignoreMessage(
            QtCriticalMsg, QRegularExpression(QStringLiteral("^the store is unavailable")));
        scene.script.failWriting = true;
        setBack(scene);
        scene.script.failWriting = false;
        scene.clock.advance(1min);
        (void)scene.outcomeOf(fetch("again"));
        QCOMPARE(lastSeen(scene), scene.clock.now());
    }

    // As a machine's that has none that runs while it is off: until the network tells the time.
    void aClockThatIsBehindAtTheStartCostsNobodyAnything()
    {
        Scene scene;
        (void)scene.outcomeOf(fetch("begin"));
        const Time right = scene.clock.now();
        (void)scene.outcomeOf(send("key"));
        scene.thread.noteHeartbeats(std::array{heartbeat(Alice, right)});
        (void)scene.outcomeOf({AddSession{Alice, "hash", right + 24h * 30}, ConnectionId(1), "in"});
        scene.clock.set(-24h * 365);
        QCOMPARE(keyAfterPruning(scene), QByteArray("known"));
        scene.clock.set(24h * 365);
        QCOMPARE(keyAfterPruning(scene), QByteArray("known"));
        QCOMPARE(lastSeen(scene), right);
        const Outcome found = scene.outcomeOf({CheckSession{Alice, "hash"}, ConnectionId(1), "?"});
        QVERIFY(std::get<CheckedSession>(found).valid);
    }

private:
    // Alice is seen meanwhile.
    static void setAhead(Scene &scene)
    {
        scene.clock.set(24h * 365);
        scene.clock.advance(1s);
        scene.thread.noteHeartbeats(std::array{heartbeat(Alice, scene.clock.now())});
        (void)scene.outcomeOf(fetch("ahead"));
    }
    static void setBack(Scene &scene)
    {
        scene.clock.set(-24h * 365);
        scene.clock.advance(1s);
        (void)scene.outcomeOf(fetch("back"));
    }
    static Time lastSeen(Scene &scene)
    {
        const Outcome found = scene.outcomeOf({ReadPresence{{Alice}}, ConnectionId(1), "seen"});
        return std::get<FoundPresence>(found).rows[0].lastSeen.value_or(Time());
    }
    // What is known of a key of the beginning, when housekeeping has been done.
    static QByteArray keyAfterPruning(Scene &scene)
    {
        static int number = 0;
        ++number;
        for (int i = 0; i < 2; ++i) { // the second sees what the first learned
            scene.clock.advance(1min);
            (void)scene.outcomeOf(fetch("prune" + QByteArray::number(2 * number + i)));
        }
        const QByteArray ref = "track" + QByteArray::number(number);
        const Outcome tracked = scene.outcomeOf({Track{Alice, "key"}, ConnectionId(1), ref});
        return std::get<Tracked>(tracked).known ? "known" : "forgotten";
    }
};

QTEST_GUILESS_MAIN(StorageClockTest)
#include "clock.moc"
