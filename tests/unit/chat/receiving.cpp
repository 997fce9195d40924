// SPDX-License-Identifier: MIT
// docs/protocol.md 4.3 to 4.5: what is pushed, fetched and confirmed, and what its sender is told.
#include "support/chatscene.h"

#include <QTest>

using namespace parley;
using test::ChatPeer;
using test::ChatScene;

namespace {

const UserId Alice(1);
const UserId Bob(2);

Limits withWindow(int window)
{
    Limits limits;
    limits.window = window;
    return limits;
}

storage::Message toBob(qint64 seq, const QByteArray &body = "x", bool receipt = false)
{
    const Time sentAt = test::FakeClock().now();
    return {Bob, Seq(seq), Alice, "c" + QByteArray::number(seq), body, sentAt, receipt};
}

storage::Fetched page(std::vector<storage::Message> messages, bool more, qint64 lastSeq)
{
    return {std::move(messages), more, Seq(lastSeq)};
}

} // namespace

class ChatReceiving : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void aMessageIsPushedToAllConnectionsOfItsReceiverAlone()
    {
        ChatScene scene;
        const auto alice = ChatPeer::greeted(scene, Alice);
        const auto phone = ChatPeer::greeted(scene, Bob, 8);
        const auto desk = ChatPeer::greeted(scene, Bob, 8);
        scene.store(Alice, Bob, 9, "hello", "a");
        const QByteArray message =
            R"({"cmd":"MESSAGE","seq":9,"sendUserId":1,"body":"hello","time":1800000000000,)"
            R"("clientId":"a"})";
        QCOMPARE(phone->hears(), message);
        QCOMPARE(desk->hears(), message);
        QCOMPARE(alice->hears(), "");
    }

    void nothingIsPushedBeforeHello()
    {
        ChatScene scene;
        ChatPeer bob(scene, Bob);
        scene.store(Alice, Bob, 9);
        QCOMPARE(bob.hears(), "");
        scene.answer({storage::Mailbox{0, Seq(), Seq(9)}}); // confirmed by another connection
        scene.store(Alice, Bob, 10);
        QCOMPARE(bob.hearsInShort(), "HELLO MESSAGE");
    }

    void whoHasUnreadMessagesIsPushedNothingUntilAllAreFetched()
    {
        ChatScene scene;
        ChatPeer bob(scene, Bob);
        scene.answer({storage::Mailbox{2, Seq(7), Seq(8)}});
        scene.store(Alice, Bob, 9);
        QCOMPARE(bob.hearsInShort(), "HELLO");
        bob.says(R"({"cmd":"FETCH","limit":2})");
        scene.answer({page({toBob(7), toBob(8)}, true, 9)});
        scene.store(Alice, Bob, 10);
        QCOMPARE(bob.hearsInShort(), "MESSAGES");
        bob.says(R"({"cmd":"FETCH","after":8,"limit":2})");
        scene.answer({page({toBob(9), toBob(10)}, false, 10)});
        scene.store(Alice, Bob, 11);
        QCOMPARE(bob.hearsInShort(), "MESSAGES MESSAGE");
    }

    void fetchedMessagesAreAsInTheContract()
    {
        ChatScene scene;
        const auto bob = ChatPeer::greeted(scene, Bob);
        bob->says(R"({"cmd":"FETCH","after":6,"ref":"f"})");
        QCOMPARE(scene.asked(), "fetch 2 after=6 limit=100");
        scene.answer({page({toBob(7)}, false, 7)});
        QCOMPARE(bob->hears(),
            R"({"cmd":"MESSAGES","messages":[{"seq":7,"sendUserId":1,"body":"x",)"
            R"("time":1800000000000,"clientId":"c7"}],"more":false,"ref":"f"})");
    }

    void moreThan500CountAs500()
    {
        ChatScene scene;
        const auto bob = ChatPeer::greeted(scene, Bob);
        bob->says(R"({"cmd":"FETCH","limit":100000})");
        QCOMPARE(scene.asked(), "fetch 2 after=0 limit=500");
    }

    // The frame has a bound, whatever the store found; who is told of more is not live.
    void aPageThatDoesNotFitItsFrameSaysMore()
    {
        ChatScene scene;
        ChatPeer bob(scene, Bob);
        scene.answer({storage::Mailbox{2, Seq(1), Seq(2)}});
        bob.says(R"({"cmd":"FETCH"})");
        const QByteArray body(600 << 10, 'x');
        scene.answer({page({toBob(1, body), toBob(2, body)}, false, 2)});
        const QByteArray frames = bob.hears();
        QVERIFY(frames.endsWith(R"("more":true})"));
        QVERIFY(!frames.contains(R"("seq":2,)"));
        scene.store(Alice, Bob, 3);
        QCOMPARE(bob.hears(), "");
    }

    void whenTheWindowIsFullBehindIsToldOnceAndNothingIsPushed()
    {
        ChatScene scene(withWindow(2));
        const auto bob = ChatPeer::greeted(scene, Bob);
        for (qint64 seq = 1; seq <= 2; ++seq)
            scene.store(Alice, Bob, seq);
        QCOMPARE(bob->hearsInShort(), "MESSAGE MESSAGE");
        scene.store(Alice, Bob, 3, "x", {}, 3);
        QCOMPARE(bob->hears(), R"({"cmd":"BEHIND","unread":3})");
        scene.store(Alice, Bob, 4, "x", {}, 4);
        QCOMPARE(bob->hears(), "");
    }

    void aConfirmationOverAnyConnectionMakesRoomInTheWindow()
    {
        ChatScene scene(withWindow(2));
        const auto phone = ChatPeer::greeted(scene, Bob);
        const auto desk = ChatPeer::greeted(scene, Bob);
        scene.store(Alice, Bob, 1);
        scene.store(Alice, Bob, 2);
        desk->says(R"({"cmd":"CONFIRM","seqs":[1]})");
        scene.answer({storage::Confirmed{{toBob(1)}}});
        scene.store(Alice, Bob, 3);
        QCOMPARE(phone->hearsInShort(), "MESSAGE MESSAGE MESSAGE");
        QCOMPARE(desk->hearsInShort(), "MESSAGE MESSAGE MESSAGE");
    }

    void confirmingDoesNotMakeLiveAndFetchingDoes()
    {
        ChatScene scene(withWindow(1));
        const auto bob = ChatPeer::greeted(scene, Bob);
        scene.store(Alice, Bob, 1);
        scene.store(Alice, Bob, 2);
        scene.confirm(Bob, {1, 2}, Alice);
        scene.store(Alice, Bob, 3);
        QCOMPARE(bob->hearsInShort(), "MESSAGE BEHIND");
        bob->says(R"({"cmd":"FETCH"})");
        scene.answer({page({toBob(3)}, false, 3)});
        scene.store(Alice, Bob, 4); // what was fetched is no push, and takes no room
        QCOMPARE(bob->hearsInShort(), "MESSAGES MESSAGE");
    }

    void confirmedAnswersOnlyAConfirmWithARef()
    {
        ChatScene scene;
        const auto bob = ChatPeer::greeted(scene, Bob);
        bob->says(R"({"cmd":"CONFIRM","upTo":9})");
        bob->says(R"({"cmd":"CONFIRM","seqs":[3,5,3],"ref":""})");
        QCOMPARE(scene.asked(), "confirm 2 upTo=9|confirm 2 seqs=3,5");
        QVERIFY(!scene.backend.questions[0].isAwaited);
        QVERIFY(scene.backend.questions[1].isAwaited);
        scene.answer({storage::Confirmed{{toBob(3)}}, storage::Confirmed{{toBob(5)}}});
        QCOMPARE(bob->hears(), R"({"cmd":"CONFIRMED","removed":1,"ref":""})");
    }

    void aRefusedConfirmIsToldAlsoWithoutARef()
    {
        ChatScene scene;
        const auto bob = ChatPeer::greeted(scene, Bob);
        bob->says(R"({"cmd":"CONFIRM","upTo":9})");
        scene.answer({test::refused(ErrorCode::StoreUnavailable)});
        QCOMPARE(bob->hearsInShort(), "ERROR:store_unavailable");
    }

    void receiptsOfOneCommitShareAFrameToAllConnectionsOfTheSender()
    {
        ChatScene scene;
        const auto phone = ChatPeer::greeted(scene, Alice);
        const auto desk = ChatPeer::greeted(scene, Alice);
        ChatPeer late(scene, Alice); // not greeted yet
        const storage::Confirm confirm{Bob, {}, Seq(9)};
        const storage::Confirmed removed{
            {toBob(7, {}, true), toBob(8, {}, false), toBob(9, {}, true)}};
        scene.commit(confirm, removed);
        const QByteArray receipts =
            R"({"cmd":"RECEIPT","receipts":[)"
            R"({"clientId":"c7","receiveUserId":2,"seq":7,"time":1800000000000},)"
            R"({"clientId":"c9","receiveUserId":2,"seq":9,"time":1800000000000}]})";
        QCOMPARE(phone->hears(), receipts);
        QCOMPARE(desk->hears(), receipts);
        QCOMPARE(late.hears(), "");
    }

    void noFrameHasMoreThan500Receipts()
    {
        ChatScene scene;
        const auto alice = ChatPeer::greeted(scene, Alice);
        storage::Confirmed confirmed;
        for (qint64 seq = 1; seq <= limits::Fetch + 1; ++seq)
            confirmed.removed.push_back(toBob(seq, {}, true));
        scene.commit(storage::Confirm{Bob, {}, Seq(limits::Fetch + 1)}, confirmed);
        const QList<QByteArray> frames = alice->hears().split('|');
        QCOMPARE(frames.size(), 2);
        QCOMPARE(frames[0].count(R"("seq":)"), qsizetype(limits::Fetch));
        QCOMPARE(frames[1].count(R"("seq":)"), qsizetype(1));
    }

    void trackTellsWhatBecameOfAMessage()
    {
        ChatScene scene;
        const auto alice = ChatPeer::greeted(scene, Alice);
        for (int i = 0; i < 3; ++i)
            alice->says(R"({"cmd":"TRACK","clientId":"a"})");
        QVERIFY(scene.asked().startsWith("track 1 a|"));
        const Time now = scene.clock.now();
        scene.answer({storage::Tracked{true, Bob, Seq(9), now, std::nullopt},
            storage::Tracked{true, Bob, Seq(9), now, now + 5s}, storage::Tracked()});
        const QList<QByteArray> frames = alice->hears().split('|');
        QCOMPARE(frames.size(), 3);
        QCOMPARE(frames[0],
            R"({"cmd":"TRACK","clientId":"a","state":"unread","receiveUserId":2,"seq":9,)"
            R"("sentAt":1800000000000})");
        QCOMPARE(frames[1],
            R"({"cmd":"TRACK","clientId":"a","state":"confirmed","receiveUserId":2,"seq":9,)"
            R"("sentAt":1800000000000,"confirmedAt":1800000005000})");
        QCOMPARE(frames[2], R"({"cmd":"TRACK","clientId":"a","state":"unknown"})");
    }
};

QTEST_APPLESS_MAIN(ChatReceiving)
#include "receiving.moc"
