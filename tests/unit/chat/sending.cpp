// SPDX-License-Identifier: MIT
// docs/protocol.md 4.1 and 4.2, and the order of answers: what a client is told, and when.
#include "chat/cost.h"
#include "support/chatscene.h"

#include <QTest>

using namespace parley;
using test::ChatPeer;
using test::ChatScene;
using test::refused;

Q_DECLARE_METATYPE(parley::ErrorCode)

namespace {

const UserId Alice(1);
const UserId Bob(2);

QByteArray send(const QByteArray &members = {})
{
    return "{\"cmd\":\"SEND\",\"receiveUserId\":2,\"body\":\"hello\"" + members + '}';
}
QByteArray command(const char *cmd, int ref, const QByteArray &members = {})
{
    return QByteArray("{\"cmd\":\"") + cmd + "\",\"ref\":" + QByteArray::number(ref) + members
        + '}';
}

Limits slow()
{
    Limits limits;
    limits.commandsPerSecond = 1;
    limits.burst = 1;
    return limits;
}

} // namespace

class ChatSending : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void helloIsTheFirstFrameAndTellsOfTheMailbox()
    {
        ChatScene scene;
        ChatPeer alice(scene, Alice);
        QCOMPARE(scene.asked(), "mailbox 1");
        alice.says(command("HEARTBEAT", 1));
        QCOMPARE(alice.hears(), "");
        QVERIFY(!alice.connection->isReady());
        scene.answer({storage::Mailbox{3, Seq(7), Seq(9)}});
        QVERIFY(alice.connection->isReady());
        const QList<QByteArray> frames = alice.hears().split('|');
        QCOMPARE(frames.size(), 2);
        QVERIFY(frames[0].startsWith(
            "{\"cmd\":\"HELLO\",\"version\":1,\"userId\":1,\"connectionId\":\""));
        QVERIFY(frames[0].contains(R"("heartbeat":{"interval":5000,"timeout":15000})"));
        QVERIFY(frames[0].endsWith(R"("unread":{"count":3,"firstSeq":7,"lastSeq":9}})"));
        QVERIFY(frames[1].startsWith(R"({"cmd":"HEARTBEAT",)"));
    }

    void withoutTheMailboxThereIsNoHello()
    {
        ChatScene scene;
        ChatPeer alice(scene, Alice);
        scene.answer({refused(ErrorCode::StoreUnavailable)});
        QCOMPARE(alice.hears(), "");
        QCOMPARE(alice.closedWith, CloseCode::Overloaded);
    }

    void sentComesWithTheCommitAndNotBefore()
    {
        ChatScene scene;
        const auto alice = ChatPeer::greeted(scene, Alice);
        alice->says(send(",\"clientId\":\"a\",\"receipt\":true,\"ref\":\"r\""));
        QCOMPARE(scene.asked(), "send 1>2 hello id=a receipt");
        QVERIFY(scene.backend.questions.front().isAwaited);
        QCOMPARE(alice->hears(), "");
        scene.answer({storage::Stored{Seq(9), scene.clock.now(), false, 1}});
        QCOMPARE(alice->hears(),
            R"({"cmd":"SENT","clientId":"a","receiveUserId":2,"seq":9,"time":1800000000000,)"
            R"("ref":"r"})");
    }

    void aRepeatedSendIsAnsweredWithTheFirstSentAndPushedToNobody()
    {
        ChatScene scene;
        const auto alice = ChatPeer::greeted(scene, Alice);
        const auto bob = ChatPeer::greeted(scene, Bob, 8);
        alice->says(send(",\"clientId\":\"a\""));
        scene.answer({storage::Stored{Seq(9), scene.clock.now() - 5s, true, 0}});
        QCOMPARE(alice->hears(),
            R"({"cmd":"SENT","clientId":"a","receiveUserId":2,"seq":9,"time":1799999995000,)"
            R"("duplicate":true})");
        QCOMPARE(bob->hears(), "");
    }

    void aRefusedSendIsNamedByItsClientIdAndRef_data()
    {
        QTest::addColumn<ErrorCode>("code");
        QTest::addColumn<QByteArray>("more");
        QTest::newRow("unknown_user")
            << ErrorCode::UnknownUser << QByteArray(",\"field\":\"receiveUserId\"");
        QTest::newRow("id_reused") << ErrorCode::IdReused << QByteArray();
        QTest::newRow("mailbox_full") << ErrorCode::MailboxFull << QByteArray();
        QTest::newRow("too_large") << ErrorCode::TooLarge << QByteArray(",\"field\":\"body\"");
        QTest::newRow("store_unavailable")
            << ErrorCode::StoreUnavailable << QByteArray(R"(,"retryAfter":1000)");
    }
    void aRefusedSendIsNamedByItsClientIdAndRef()
    {
        QFETCH(ErrorCode, code);
        QFETCH(QByteArray, more);
        ChatScene scene;
        const auto alice = ChatPeer::greeted(scene, Alice);
        const auto bob = ChatPeer::greeted(scene, Bob);
        alice->says(send(R"(,"clientId":"a","ref":7)"));
        scene.answer({refused(code)});
        QCOMPARE(alice->hears(),
            "{\"cmd\":\"ERROR\",\"code\":\"" + name(code).toByteArray() + "\",\"message\":\""
                + text(code).toByteArray() + "\",\"ref\":7,\"clientId\":\"a\"" + more + '}');
        QCOMPARE(bob->hears(), "");
        QVERIFY(!alice->closedWith);
    }

    void aDefectIsToldWithTheNumberOfItsIncident()
    {
        ChatScene scene;
        const auto alice = ChatPeer::greeted(scene, Alice);
        alice->says(send());
        scene.answer({storage::Refused{ErrorCode::Internal, "0123abcd"}});
        QCOMPARE(alice->hears(),
            R"({"cmd":"ERROR","code":"internal",)"
            R"("message":"An error in the server; incident 0123abcd."})");
    }

    // A known clientId is answered before any reason to refuse, so the store has to look at it; but
    // the body does not travel.
    void aBodyThatIsTooLargeIsRefusedAfterItsClientIdWasLookedFor()
    {
        Limits limits;
        limits.bodyBytes = 4;
        ChatScene scene(limits);
        const auto alice = ChatPeer::greeted(scene, Alice);
        alice->says(send(",\"clientId\":\"a\""));
        QCOMPARE(scene.asked(), "send 1>2  id=a refused=too_large");
        scene.answer({storage::Stored{Seq(9), scene.clock.now(), true, 0}});
        QCOMPARE(alice->hearsInShort(), "SENT");
    }

    void aSendOverTheRateIsRefusedAfterItsClientIdWasLookedFor()
    {
        ChatScene scene(slow());
        const auto alice = ChatPeer::greeted(scene, Alice);
        alice->says(send());
        alice->says(send(",\"clientId\":\"b\""));
        QCOMPARE(scene.asked(), "send 1>2 hello|send 1>2  id=b refused=rate_limited");
        scene.answer({storage::Stored{Seq(9), scene.clock.now(), false, 1},
            refused(ErrorCode::RateLimited)});
        QVERIFY(alice->hears().endsWith(R"(,"clientId":"b","retryAfter":1000})"));
    }

    void oneMaySendToOneself()
    {
        ChatScene scene;
        const auto bob = ChatPeer::greeted(scene, Bob);
        bob->says(send());
        scene.answer({storage::Stored{Seq(1), scene.clock.now(), false, 1}});
        QCOMPARE(bob->hearsInShort(), "SENT MESSAGE");
    }

    void answersComeInTheOrderOfTheCommands()
    {
        ChatScene scene;
        const auto alice = ChatPeer::greeted(scene, Alice);
        alice->says(command("HEARTBEAT", 1));
        alice->says(send(R"(,"ref":2)"));
        alice->says(command("HEARTBEAT", 3));
        alice->says(command("NOPE", 4));
        alice->says(command("STATUS", 5, R"(,"userIds":[])"));
        alice->says(command("HEARTBEAT", 6));
        alice->says(command("TRACK", 7, ",\"clientId\":\"a\""));
        alice->says(command("WATCH", 8, R"(,"userIds":[])"));
        alice->says(command("FETCH", 9));
        alice->says(command("CONFIRM", 10, R"(,"upTo":1)"));
        alice->says(command("HEARTBEAT", 11));
        QCOMPARE(alice->hearsInShort(), "HEARTBEAT:1");
        QVERIFY(!alice->connection->isIdle());
        scene.answer({storage::Stored()});
        QCOMPARE(alice->hearsInShort(), "SENT:2 HEARTBEAT:3 ERROR:unknown_cmd:4");
        scene.answer({storage::FoundPresence()});
        QCOMPARE(alice->hearsInShort(), "STATUS:5 HEARTBEAT:6");
        scene.answer({storage::Tracked(), storage::FoundPresence(), storage::Fetched(),
            storage::Confirmed()});
        QCOMPARE(alice->hearsInShort(), "TRACK:7 STATUS:8 MESSAGES:9 CONFIRMED:10 HEARTBEAT:11");
        QVERIFY(alice->connection->isIdle());
        QCOMPARE(scene.router.budget().taken(), qint64(0));
    }

    void nobodyWaitsForAnothersAnswers()
    {
        ChatScene scene;
        const auto alice = ChatPeer::greeted(scene, Alice);
        const auto bob = ChatPeer::greeted(scene, Bob);
        alice->says(command("TRACK", 1, ",\"clientId\":\"a\""));
        bob->says(command("TRACK", 2, ",\"clientId\":\"b\""));
        bob->says(command("HEARTBEAT", 3));
        scene.answer({storage::Tracked()}, bob->connection->id());
        QCOMPARE(bob->hearsInShort(), "TRACK:2 HEARTBEAT:3");
        QCOMPARE(alice->hears(), "");
        scene.answer({storage::Tracked()});
        QCOMPARE(alice->hearsInShort(), "TRACK:1");
    }

    // Also an answer that had to wait, and one that several connections share.
    void theTraceNamesEachFrameAndTheMessageThatItIsAbout()
    {
        ChatScene scene;
        const auto alice = ChatPeer::greeted(scene, Alice);
        const auto bob = ChatPeer::greeted(scene, Bob);
        const auto watcher = scene.tracer.watch([] {});
        alice->says(send(",\"clientId\":\"a\""));
        alice->says(command("HEARTBEAT", 1));
        scene.answer({storage::Stored{Seq(1), scene.clock.now(), false, 1}});
        const storage::Message removed{Bob, Seq(1), Alice, "a", {}, scene.clock.now(), true};
        scene.commit(storage::Confirm{Bob, {}, Seq(1)}, storage::Confirmed{{removed}});
        QByteArrayList written;
        for (const protocol::TraceEvent &step : watcher->take(100)) {
            if (step.kind == protocol::TraceKind::Written)
                written.append(step.cmd + ' ' + QByteArray::number(step.peerUserId.value()) + ' '
                    + QByteArray::number(step.seq.value()) + ' ' + step.clientId);
        }
        QCOMPARE(written.join('|'), "SENT 2 1 a|HEARTBEAT 0 0 |MESSAGE 1 1 a|RECEIPT 0 0 ");
    }

    void whatWasSentByOneWhoLeftIsDeliveredAllTheSame()
    {
        ChatScene scene;
        const auto bob = ChatPeer::greeted(scene, Bob);
        const auto alice = ChatPeer::greeted(scene, Alice);
        alice->says(send());
        alice->says(command("HEARTBEAT", 2));
        QVERIFY(scene.router.budget().taken() > 0);
        alice->connection.reset();
        scene.answer({storage::Stored{Seq(1), scene.clock.now(), false, 1}});
        QCOMPARE(alice->hears(), "");
        QCOMPARE(bob->hearsInShort(), "MESSAGE");
        QCOMPARE(scene.router.budget().taken(), qint64(0));
    }

    void aCommandForWhichThereIsNoRoomWaitsForIt()
    {
        ChatScene scene;
        const auto alice = ChatPeer::greeted(scene, Alice);
        alice->waitingBytes = limits::MaxWaitingBytes;
        QVERIFY(alice->connection->isSaturated());
        alice->says(send());
        alice->connection->pause();
        QCOMPARE(scene.asked(), "");
        QVERIFY(!alice->connection->isIdle());
        alice->waitingBytes = 0;
        alice->connection->retry();
        QCOMPARE(scene.asked(), "send 1>2 hello");
        QCOMPARE(alice->resumed, 1);
        QVERIFY(!alice->connection->isSaturated());
    }

    void whoWaitsForTheRoomOfAllIsWokenByAnswersToOthers()
    {
        Limits limits;
        limits.bodyBytes = 40'000;
        ChatScene scene(limits, chat::costOf(protocol::Fetch{Seq(), 1}, limits, {}));
        const auto alice = ChatPeer::greeted(scene, Alice);
        const auto bob = ChatPeer::greeted(scene, Bob);
        alice->says(command("FETCH", 1, R"(,"limit":1)"));
        bob->says(command("TRACK", 2, ",\"clientId\":\"b\""));
        bob->connection->pause();
        QCOMPARE(scene.asked(), "fetch 1 after=0 limit=1");
        scene.answer({storage::Fetched()});
        QCOMPARE(scene.asked(), "track 2 b");
    }
};

QTEST_APPLESS_MAIN(ChatSending)
#include "sending.moc"
