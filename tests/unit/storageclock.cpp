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
        scene.clock.advance(1h);
        QCOMPARE(keyAfterPruning(scene), QByteArray("known"));
        QTest::ignoreMessage(QtInfoMsg,
            QRegularExpression(QStringLiteral("^the clock is ahead of what the store saw last")));
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
        scene.clock.set(24h * 365);
        scene.clock.advance(1s);
        scene.thread.noteHeartbeats({heartbeat(Alice, scene.clock.now())});
        (void)scene.outcomeOf(fetch("ahead"));
        scene.clock.set(-24h * 365);
        scene.clock.advance(1s);
        (void)scene.outcomeOf(fetch("back"));
        const Outcome found = scene.outcomeOf({ReadPresence{{Alice}}, ConnectionId(1), "seen"});
        QCOMPARE(std::get<FoundPresence>(found).rows[0].lastSeen, std::optional(right + 2s));
    }

private:
    // What is known of a key of the beginning, when housekeeping has been done.
    static QByteArray keyAfterPruning(Scene &scene)
    {
        static int number = 0;
        if (number++ == 0)
            (void)scene.outcomeOf(send("key"));
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
#include "storageclock.moc"
