// SPDX-License-Identifier: MIT
// The storage thread: group commit, and what becomes of operations when the store fails.
#include "storage/storagethread.h"

#include "support/fakeclock.h"
#include "support/scriptedstore.h"

#include <QTest>

#include <algorithm>
#include <thread>

using namespace parley;
using namespace parley::storage;
using test::Script;

namespace {

const UserId Alice(1);
const UserId Bob(2);

Operation send(const QByteArray &ref, const QByteArray &body = QByteArrayLiteral("x"))
{
    return {StoreMessage{Alice, Bob, ref, body, false, std::nullopt}, ConnectionId(1), ref};
}
Operation fetch(const QByteArray &ref)
{
    return {Fetch{Bob, Seq(), 100, 1 << 20}, ConnectionId(1), ref};
}

Operation ofBob(Operation operation)
{
    operation.asker = ConnectionId(2);
    return operation;
}

// A storage thread on a scripted store, and the batches that came of it.
class Scene {
public:
    Scene()
        : thread(script.makeStore(), clock)
    {
        QObject::connect(&thread, &StorageThread::committed, &m_here,
            [this](const BatchPtr &batch) { note(batch); });
        opened = bool(thread.open());
    }

    // The outcome of the operation with this ref, when it has come.
    Outcome outcome(const QByteArray &ref)
    {
        if (!QTest::qWaitFor([&] { return m_outcomes.contains(ref); })) {
            QTest::qFail(("no outcome of " + ref).constData(), __FILE__, __LINE__);
            return Refused();
        }
        return m_outcomes.at(ref);
    }
    Outcome outcomeOf(const Operation &operation)
    {
        thread.submit({operation});
        return outcome(operation.ref);
    }
    std::optional<ErrorCode> refusal(const QByteArray &ref)
    {
        const Outcome found = outcome(ref);
        const auto *refused = std::get_if<Refused>(&found);
        return refused ? std::optional(refused->code) : std::nullopt;
    }
    // The refs of the operations of each batch that somebody waits for: "a|bc".
    QByteArray batches() const { return m_batches.join('|'); }
    // The heartbeats written, of each batch: "1@0" is user 1 at the clock's start.
    QByteArrayList heartbeats() const { return m_heartbeats; }

    // Everything submitted until script.release() goes into one batch.
    void hold()
    {
        script.hold();
        thread.submit({send("held")});
        script.awaitHeld();
    }

    test::FakeClock clock;
    Script script;
    StorageThread thread;
    bool opened = false;

private:
    void note(const BatchPtr &batch)
    {
        QByteArray refs;
        for (size_t i = 0; i < batch->operations.size(); ++i) {
            const Operation &operation = batch->operations[i];
            refs += operation.ref;
            if (!operation.ref.isEmpty())
                m_outcomes[operation.ref] = batch->outcomes[i];
            if (const auto *beats = std::get_if<WritePresence>(&operation.action))
                noteHeartbeats(*beats);
        }
        if (!refs.isEmpty())
            m_batches.append(refs);
    }
    void noteHeartbeats(const WritePresence &beats)
    {
        QByteArrayList texts;
        for (const PresenceChange &change : beats.changes)
            texts.append(QByteArray::number(change.user.value()) + '@'
                + QByteArray::number((*change.lastSeen - test::FakeClock().now()).count()));
        std::ranges::sort(texts);
        m_heartbeats.append(texts.join(','));
    }

    QObject m_here;
    QByteArrayList m_batches;
    QByteArrayList m_heartbeats;
    std::map<QByteArray, Outcome> m_outcomes;
};

PresenceChange heartbeat(UserId user, Time at)
{
    return {user, std::nullopt, at};
}

} // namespace

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
        test::FakeClock clock;
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

    // Nobody is told what is not known; his answers come in turn; others need not wait for it.
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
        QCOMPARE(scene.batches(), "b|d|held|ac|e");
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

    void heartbeatsAreWrittenOnceASecondForAllTogether()
    {
        Scene scene;
        scene.thread.noteHeartbeats({heartbeat(Alice, scene.clock.now())});
        (void)scene.outcomeOf(fetch("a"));
        QCOMPARE(scene.heartbeats(), QByteArrayList{"1@0"});
        scene.clock.advance(500ms);
        scene.thread.noteHeartbeats({heartbeat(Alice, scene.clock.now())});
        (void)scene.outcomeOf(fetch("b"));
        scene.clock.advance(499ms);
        scene.thread.noteHeartbeats({heartbeat(Bob, scene.clock.now())});
        scene.thread.noteHeartbeats({heartbeat(Alice, scene.clock.now() - 999ms)}); // came late
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
            scene.thread.noteHeartbeats({heartbeat(Alice, scene.clock.now())});
            const Outcome found = scene.outcomeOf({ReadPresence{{Alice}}, ConnectionId(1), ref});
            QCOMPARE(
                std::get<FoundPresence>(found).rows[0].lastSeen, std::optional(scene.clock.now()));
        }
    }

    void bodiesBeyondTheQueueAreLetGo()
    {
        Scene scene;
        scene.hold();
        const QByteArray mebibyte(1 << 20, 'x'); // shared, so all of them take but one
        const int fits = int(limits::QueueBytes / mebibyte.size());
        for (int i = 0; i < fits + 2; ++i)
            scene.thread.submit({send(QByteArray::number(i), mebibyte)});
        Operation known = send("known", mebibyte);
        std::get<StoreMessage>(known.action).clientId = "held";
        scene.thread.submit({known, send("empty", ""), fetch("read")});
        scene.script.release();
        QVERIFY(std::holds_alternative<Fetched>(scene.outcome("read")));
        QVERIFY(!scene.refusal(QByteArray::number(fits - 1)));
        QCOMPARE(scene.refusal(QByteArray::number(fits)), ErrorCode::StoreUnavailable);
        QCOMPARE(scene.refusal(QByteArray::number(fits + 1)), ErrorCode::StoreUnavailable);
        QVERIFY(!scene.refusal("empty"));
        QVERIFY(std::get<Stored>(scene.outcome("known")).duplicate); // a known key comes first
        QVERIFY(!std::holds_alternative<Refused>(scene.outcomeOf(send("later", mebibyte))));
    }

    void finishingCommitsWhatIsQueued()
    {
        Scene scene;
        scene.hold();
        scene.thread.submit({send("a"), send("b")});
        scene.thread.noteHeartbeats({heartbeat(Alice, scene.clock.now())});
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
#include "storagethread.moc"
