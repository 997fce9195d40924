// SPDX-License-Identifier: MIT
// What the storage thread counts for the metrics.
#include "support/storagescene.h"

using namespace parley;
using namespace parley::test;

namespace {

qint64 total(const HistogramFigures &figures)
{
    return std::accumulate(figures.counts.begin(), figures.counts.end(), qint64(0));
}

Operation asked(Operation operation)
{
    operation.askedAt = Ticks::clock::now();
    return operation;
}

Confirm confirmAll()
{
    return {Bob, {}, Seq(MaxInteger)};
}

} // namespace

class CountsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void messagesAreCounted()
    {
        Scene scene;
        const storage::Counts &counts = scene.thread.counts();
        Operation keyed = send("a");
        std::get<StoreMessage>(keyed.action).clientId = "key";
        (void)scene.outcomeOf(keyed);
        keyed.ref = "b";
        (void)scene.outcomeOf(keyed);
        Operation lost = send("c");
        std::get<StoreMessage>(lost.action).receiver = UserId(99);
        (void)scene.outcomeOf(lost);
        (void)scene.outcomeOf(ofBob({confirmAll(), {}, "d"}));
        QCOMPARE(counts.stored.value(), 1);
        QCOMPARE(counts.duplicates.value(), 1);
        QCOMPARE(counts.refused.value(), 1);
        QCOMPARE(counts.confirmed.value(), 1);
        QVERIFY(counts.operations.value() >= 4);
        QVERIFY(counts.batches.value() >= 4);
    }

    // A message that was confirmed 90 s after it was stored.
    void aConfirmedMessageHasItsAge()
    {
        Scene scene;
        (void)scene.outcomeOf(send("a"));
        scene.clock.advance(90s);
        (void)scene.outcomeOf(ofBob({confirmAll(), {}, "b"}));
        const HistogramFigures age = scene.thread.counts().confirmedAge.figures();
        QCOMPARE(total(age), 1);
        QCOMPARE(age.sum, 90'000);
    }

    void aTransactionThatWritesHasItsDurationAndItsSize()
    {
        Scene scene;
        const storage::Counts &counts = scene.thread.counts();
        QTRY_COMPARE(counts.unreadIsKnown.value(), 1); // the housekeeping of the beginning is done
        const qint64 before = total(counts.commit.figures());
        (void)scene.outcomeOf(fetch("only read"));
        QCOMPARE(total(counts.commit.figures()), before);
        scene.hold();
        scene.thread.submit({send("a"), send("b"), fetch("c")});
        scene.script.release();
        (void)scene.outcome("c");
        QTRY_COMPARE(total(counts.commit.figures()), before + 2);
        QCOMPARE(total(counts.commitOperations.figures()), before + 2);
        QVERIFY(counts.commitOperations.figures().sum >= 4);
    }

    void whatWaitsIsCounted()
    {
        Scene scene;
        QCOMPARE(scene.thread.queued().operations, 0);
        scene.hold();
        QVERIFY(scene.thread.counts().busySince.value() > 0);
        Operation large = asked(send("a"));
        large.bytes = 500;
        scene.thread.submit({send("not asked"), large});
        scene.thread.submit({asked(send("b"))});
        const storage::Queued queued = scene.thread.queued();
        QCOMPARE(queued.operations, 3);
        QCOMPARE(queued.bytes, 500);
        QCOMPARE(queued.oldest, large.askedAt);
        scene.script.release();
        (void)scene.outcome("b");
        QCOMPARE(scene.thread.queued().operations, 0);
        QCOMPARE(total(scene.thread.counts().waited.figures()), 2);
        QTRY_COMPARE(scene.thread.counts().busySince.value(), 0);
    }

    void whatIsUnreadIsKnownSoon()
    {
        Scene scene;
        const storage::Counts &counts = scene.thread.counts();
        QTRY_COMPARE(counts.unreadIsKnown.value(), 1);
        (void)scene.outcomeOf(send("a", "12345"));
        (void)scene.outcomeOf(send("b", "123"));
        QCOMPARE(counts.unreadMessages.value(), 2);
        QCOMPARE(counts.unreadBytes.value(), 8);
        QCOMPARE(counts.unreadOldest.value(), toMs(scene.clock.now()));
        (void)scene.outcomeOf(ofBob({confirmAll(), {}, "c"}));
        QCOMPARE(counts.unreadMessages.value(), 0);
        QCOMPARE(counts.unreadBytes.value(), 0);
        QCOMPARE(counts.unreadOldest.value(), 0);
    }

    void aCommitInDoubtIsSeen()
    {
        Scene scene;
        const storage::Counts &counts = scene.thread.counts();
        (void)scene.outcomeOf(send("before"));
        QCOMPARE(counts.inDoubt.value(), 0);
        scene.script.doubt = Script::Doubt::WasDone;
        scene.thread.submit({send("a")});
        QTRY_COMPARE(counts.inDoubt.value(), 1);
        scene.thread.submit({send("b")});
        QTRY_COMPARE(counts.heldBack.value(), 1);
        scene.script.mayKnow = true;
        scene.clock.advance(10s);
        (void)scene.outcomeOf(ofBob(send("c")));
        (void)scene.outcome("b");
        QCOMPARE(counts.inDoubt.value(), 0);
        QCOMPARE(counts.heldBack.value(), 0);
    }
};

QTEST_GUILESS_MAIN(CountsTest)
#include "counts.moc"
