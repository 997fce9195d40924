// SPDX-License-Identifier: MIT
// The storage thread: group commit, and what becomes of operations when the store fails.
#include "support/storagescene.h"

#include <thread>

using namespace parley;
using namespace parley::test;

class StorageThreadTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void whatIsQueuedDuringACommitBecomesOneBatch()
    {
        Scene scene;
        scene.hold();
        scene.thread.submit({send("a")});
        scene.thread.submit({send("b"), send("c")});
        scene.thread.submit({fetch("d")});
        scene.script.release();
        const Outcome last = scene.outcome("d");
        QCOMPARE(scene.batches(), "held|abcd");
        QCOMPARE(std::get<Fetched>(last).messages.size(), 4); // done in this order
        QCOMPARE(std::get<Stored>(scene.outcome("c")).seq, Seq(4));
    }

    void aLoneOperationWaitsForNothingElse()
    {
        Scene scene;
        for (const char *ref : {"a", "b", "c"})
            QVERIFY(!std::holds_alternative<Refused>(scene.outcomeOf(send(ref))));
        QCOMPARE(scene.batches(), "a|b|c");
    }

    void nobodyIsOnlineAfterOpening()
    {
        Scene scene;
        QVERIFY(scene.opened);
        QVERIFY(scene.thread.isAvailable());
        QCOMPARE(scene.script.resets(), 1);
    }

    void aStoreThatDoesNotOpenIsReported()
    {
        FakeClock clock;
        Script script;
        script.failOpening = true;
        StorageThread thread(script.makeStore(), clock);
        const Done opened = thread.open();
        QVERIFY(!opened);
        QCOMPARE(opened.failure().text, QStringLiteral("does not open"));
        QVERIFY(!thread.isAvailable());
        QVERIFY(thread.wait(10'000));
    }

    void aStoreThatCannotWriteStillReads()
    {
        Scene scene;
        (void)scene.outcomeOf(send("before"));
        scene.script.failWriting = true;
        expectComplaint("the store is unavailable: disk full");
        scene.hold();
        scene.thread.submit({send("a"), fetch("b"), send("c")});
        scene.script.release();
        QCOMPARE(scene.refusal("a"), ErrorCode::StoreUnavailable);
        QCOMPARE(scene.refusal("c"), ErrorCode::StoreUnavailable);
        QCOMPARE(std::get<Fetched>(scene.outcome("b")).messages.size(), 1);
        QVERIFY(!scene.thread.isAvailable());
    }

    void aStoreThatCanWriteAgainIsAvailableAgain()
    {
        Scene scene;
        expectComplaint("the store is unavailable: disk full");
        scene.script.failWriting = true; // from here on housekeeping may be what complains
        (void)scene.outcomeOf(send("a"));
        QCOMPARE(scene.refusal("a"), ErrorCode::StoreUnavailable);
        scene.script.failWriting = false;
        QCOMPARE(std::get<Stored>(scene.outcomeOf(send("b"))).seq, Seq(1)); // "a" took none
        QVERIFY(scene.thread.isAvailable());
    }

    void aLostConnectionIsOpenedAgainWithBackOff()
    {
        Scene scene;
        scene.script.failOpening = true;
        expectComplaint("the store is unavailable: connection lost");
        scene.script.loseConnection = true;
        QVERIFY(std::holds_alternative<Refused>(scene.outcomeOf(send("a"))));
        const int opens = scene.script.opens();
        for (const milliseconds wait : {0ms, 99ms, 1ms, 199ms, 1ms})
            tryAfter(scene, wait);
        QCOMPARE(scene.script.opens() - opens, 3); // at 0, 100 and 300 ms
        scene.script.failOpening = false;
        tryAfter(scene, 400ms);
        QVERIFY(scene.thread.isAvailable());
        QVERIFY(std::holds_alternative<Stored>(scene.outcomeOf(send("z"))));
    }

    // Nobody is told what is not known; their answers come in turn; others need not wait for it.
    void whatIsInDoubtIsToldWhenItIsKnown_data()
    {
        QTest::addColumn<bool>("done");
        QTest::newRow("was done") << true;
        QTest::newRow("was not done") << false;
    }
    void whatIsInDoubtIsToldWhenItIsKnown()
    {
        QFETCH(bool, done);
        Scene scene;
        expectComplaint("the store is unavailable: no answer to the commit");
        scene.hold();
        scene.script.doubt = done ? Script::Doubt::WasDone : Script::Doubt::WasNotDone;
        scene.script.release();
        scene.thread.submit({send("a"), ofBob(fetch("b"))});
        QCOMPARE(scene.refusal("b"), ErrorCode::StoreUnavailable);
        QVERIFY(!scene.thread.isAvailable());
        scene.thread.submit({send("c"), ofBob(send("d"))});
        QCOMPARE(scene.refusal("d"), ErrorCode::StoreUnavailable);
        QCOMPARE(scene.batches(), "b|d"); // "held", "a" and "c" wait
        scene.script.mayKnow = true;
        scene.clock.advance(5s);
        scene.thread.submit({ofBob(send("e"))});
        QCOMPARE(std::get<Stored>(scene.outcome("e")).seq, Seq(done ? 4 : 3));
        QCOMPARE(scene.batches(), "b|d|held|ace");
        QCOMPARE(scene.refusal("held"),
            done ? std::nullopt : std::optional(ErrorCode::StoreUnavailable));
        QCOMPARE(std::get<Stored>(scene.outcome("c")).seq, Seq(done ? 3 : 2));
        QVERIFY(scene.thread.isAvailable());
    }

    // One by one, because of another that cannot be done: what is before it is told at once.
    void doubtAmidASingleOperationConcernsThatOnly()
    {
        Scene scene;
        scene.script.poison = "poison";
        expectComplaint("^incident [0-9a-f]{16} cannot do poison$");
        expectComplaint("the store is unavailable: no answer to the commit");
        scene.hold();
        scene.thread.submit({send("poison"), send("a"), ofBob(send("b"))});
        scene.script.doubt = Script::Doubt::WasDone;
        scene.script.doubtOf = "a";
        scene.script.release();
        QCOMPARE(scene.refusal("b"), ErrorCode::StoreUnavailable);
        QCOMPARE(scene.batches(), "held|poison|b");
        scene.script.mayKnow = true;
        scene.clock.advance(5s);
        QCOMPARE(std::get<Stored>(scene.outcome("a")).seq, Seq(2));
    }

    void finishingWaitsForNoDoubtForEver()
    {
        Scene scene;
        expectComplaint("the store is unavailable: no answer to the commit");
        scene.script.doubt = Script::Doubt::WasDone;
        scene.thread.submit({send("a")});
        scene.thread.finish();
        QCOMPARE(scene.batches(), ""); // no answer, rather than a wrong one
    }

    void oneOperationThatCannotBeDoneHarmsNoOther()
    {
        Scene scene;
        scene.script.poison = "poison";
        expectComplaint("^incident [0-9a-f]{16} cannot do poison$");
        scene.hold();
        scene.thread.submit({send("a"), send("poison"), fetch("b"), send("c")});
        scene.script.release();
        QCOMPARE(scene.refusal("poison"), ErrorCode::Internal);
        const Refused refused = std::get<Refused>(scene.outcome("poison"));
        QVERIFY(QRegularExpression(QStringLiteral("^[0-9a-f]{16}$"))
                    .match(QString::fromLatin1(refused.incident))
                    .hasMatch());
        QCOMPARE(std::get<Stored>(scene.outcome("a")).seq, Seq(2));
        QCOMPARE(std::get<Fetched>(scene.outcome("b")).messages.size(), 2);
        QCOMPARE(std::get<Stored>(scene.outcome("c")).seq, Seq(3));
        QCOMPARE(scene.batches(), "held|apoisonbc"); // told as the one batch that it was
        QVERIFY(scene.thread.isAvailable());
    }

    // The log takes ten lines of a kind at once, and whoever is told an incident looks for it.
    void whatCannotBeDoneAtOnceIsOneIncident()
    {
        Scene scene;
        scene.script.poison = "poison";
        expectComplaint("^incident [0-9a-f]{16} cannot do poison$");
        scene.hold();
        for (int i = 0; i < 20; ++i)
            scene.thread.submit({send("poison" + QByteArray::number(i))});
        scene.script.release();
        const auto incident = [&scene](const QByteArray &ref) {
            return std::get<Refused>(scene.outcome(ref)).incident;
        };
        for (int i = 0; i < 20; ++i)
            QCOMPARE(incident("poison" + QByteArray::number(i)), incident("poison0"));
        scene.thread.submit({send("poison at once")});
        QCOMPARE(incident("poison at once"), incident("poison0"));
        expectComplaint("^incident [0-9a-f]{16} cannot do poison$");
        scene.clock.advance(limits::LogInterval);
        scene.thread.submit({send("poison later")});
        QVERIFY(incident("poison later") != incident("poison0"));
    }

    void theLogSaysWhatIsSoWhenItHasBeenSoForAWhile()
    {
        Scene scene;
        expectComplaint("the store is unavailable: disk full");
        scene.script.failWriting = true;
        (void)scene.outcomeOf(send("a"));
        scene.script.failWriting = false;
        (void)scene.outcomeOf(send("b"));
        scene.clock.advance(10s);
        QTest::ignoreMessage(
            QtInfoMsg, QRegularExpression(QStringLiteral("^the store is available again$")));
        (void)scene.outcomeOf(send("c"));
        (void)scene.outcomeOf(send("d")); // then it has been said
    }

    void heartbeatsAreWrittenOnceASecondForAllTogether()
    {
        Scene scene;
        scene.thread.noteHeartbeats(std::array{heartbeat(Alice, scene.clock.now())});
        (void)scene.outcomeOf(fetch("a"));
        QCOMPARE(scene.heartbeats(), QByteArrayList{"1@0"});
        scene.clock.advance(500ms);
        scene.thread.noteHeartbeats(std::array{heartbeat(Alice, scene.clock.now())});
        (void)scene.outcomeOf(fetch("b"));
        scene.clock.advance(499ms);
        scene.thread.noteHeartbeats(std::array{heartbeat(Bob, scene.clock.now())});
        scene.thread.noteHeartbeats(
            std::array{heartbeat(Alice, scene.clock.now() - 999ms)}); // came late
        (void)scene.outcomeOf(fetch("c"));
        QCOMPARE(scene.heartbeats(), QByteArrayList{"1@0"});
        scene.clock.advance(1ms);
        (void)scene.outcomeOf(fetch("d"));
        QCOMPARE(scene.heartbeats(), (QByteArrayList{"1@0", "1@500,2@999"}));
    }

    void heartbeatsAreWrittenBeforePresenceIsRead()
    {
        Scene scene;
        (void)scene.outcomeOf(fetch("a"));
        for (int i = 0; i < 3; ++i) {
            const QByteArray ref = QByteArray::number(i);
            scene.clock.advance(10ms);
            scene.thread.noteHeartbeats(std::array{heartbeat(Alice, scene.clock.now())});
            const Outcome found = scene.outcomeOf({ReadPresence{{Alice}}, ConnectionId(1), ref});
            QCOMPARE(
                std::get<FoundPresence>(found).rows[0].lastSeen, std::optional(scene.clock.now()));
        }
    }

    // Whoever asks has reserved the room: nothing is refused for it, whatever it is.
    void aBatchHoldsNoMoreThanItMay()
    {
        Scene scene;
        scene.hold();
        const auto sized = [](Operation operation, qint64 bytes) {
            operation.bytes = bytes;
            return operation;
        };
        constexpr qint64 Half = limits::BatchBytes / 2;
        scene.thread.submit({sized(send("a"), Half), sized(fetch("b"), Half), sized(send("c"), 1)});
        scene.thread.submit({sized(fetch("d"), 4 * limits::BatchBytes)}); // one is always taken
        scene.thread.submit(
            {sized(ofBob(fetch("e")), Half), send("f"), sized(send("g"), Half + 1)});
        scene.script.release();
        const Outcome last = scene.outcome("g");
        QCOMPARE(scene.batches(), "held|ab|c|d|ef|g");
        QCOMPARE(std::get<Stored>(last).seq, Seq(5)); // in the order in which they were asked
        QCOMPARE(std::get<Fetched>(scene.outcome("e")).messages.size(), 3);
    }

    void whatIsHeldBackForADoubtIsNotRefusedForRoom()
    {
        Scene scene;
        expectComplaint("the store is unavailable: no answer to the commit");
        scene.hold();
        scene.script.doubt = Script::Doubt::WasDone;
        scene.script.release();
        QByteArray refs;
        for (char ref = 'a'; ref <= 'e'; ++ref) {
            Operation operation = ref == 'c' ? fetch("c") : send(QByteArray(1, ref));
            operation.bytes = limits::BatchBytes;
            scene.thread.submit({operation});
            scene.thread.submit({ofBob(fetch("bob " + operation.ref))});
            QCOMPARE(scene.refusal("bob " + operation.ref), ErrorCode::StoreUnavailable);
        }
        scene.script.mayKnow = true;
        scene.clock.advance(5s);
        scene.thread.submit({ofBob(fetch("end"))});
        QCOMPARE(std::get<Fetched>(scene.outcome("end")).messages.size(), 5);
        QVERIFY(scene.batches().endsWith("|held|a|b|c|d|eend"));
    }

    void finishingCommitsWhatIsQueued()
    {
        Scene scene;
        scene.hold();
        scene.thread.submit({send("a"), send("b")});
        scene.thread.noteHeartbeats(std::array{heartbeat(Alice, scene.clock.now())});
        std::jthread finisher([&scene] { scene.thread.finish(); });
        scene.script.release();
        finisher.join();
        QVERIFY(!scene.script.isOpen());
        QCOMPARE(std::get<Stored>(scene.outcome("b")).seq, Seq(3));
        QCOMPARE(scene.heartbeats(), QByteArrayList{"1@0"});
    }

private:
    static void expectComplaint(const char *pattern)
    {
        QTest::ignoreMessage(QtCriticalMsg, QRegularExpression(QString::fromLatin1(pattern)));
    }
    // Something is asked after that time; whatever comes of it.
    static void tryAfter(Scene &scene, milliseconds wait)
    {
        static int number = 0;
        scene.clock.advance(wait);
        (void)scene.outcomeOf(fetch("try" + QByteArray::number(++number)));
    }
};

QTEST_GUILESS_MAIN(StorageThreadTest)
#include "thread.moc"
