// SPDX-License-Identifier: MIT
// docs/protocol.md 4.1, 4.3 and 4.4: HELLO, live and behind, FETCH and CONFIRM.
#include "integration/eachstore.h"

using namespace parley::test;
using namespace Qt::StringLiterals;

namespace {

constexpr int Window = 4;

void smallWindow(parley::app::Settings &settings)
{
    settings.limits.window = Window;
}

QJsonObject unreadOf(const User &user)
{
    return user.hello["unread"_L1].toObject();
}

} // namespace

class Receiving : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase_data() { addEachStore(); }
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void helloTellsTheLimits()
    {
        StoredServer server;
        const User bob(server, 2);
        const User elsewhere(server, 2);
        QCOMPARE(bob.hello["version"_L1].toInteger(), 1);
        QCOMPARE(bob.hello["userId"_L1].toInteger(), 2);
        QVERIFY(!bob.hello["connectionId"_L1].toString().isEmpty());
        QVERIFY(bob.hello["connectionId"_L1] != elsewhere.hello["connectionId"_L1]);
        QCOMPARE(
            bob.hello["heartbeat"_L1], (QJsonObject{{u"interval"_s, 5000}, {u"timeout"_s, 15000}}));
        QCOMPARE(bob.hello["limits"_L1],
            (QJsonObject{{u"frameBytes"_s, 262144}, {u"bodyBytes"_s, 32768}, {u"window"_s, 256},
                {u"fetch"_s, 500}, {u"confirm"_s, 1000}, {u"users"_s, 1000},
                {u"commandsPerSecond"_s, 1000}, {u"burst"_s, 5000}}));
        const qint64 now = parley::toMs(parley::SystemClock().now());
        QVERIFY(qAbs(bob.hello["time"_L1].toInteger() - now) < 60'000);
    }

    void helloTellsWhatIsUnread()
    {
        StoredServer server;
        User alice(server, 1);
        {
            const User bob(server, 2);
            QCOMPARE(unreadOf(bob), (QJsonObject{{u"count"_s, 0}, {u"lastSeq"_s, 0}}));
        }
        alice.sendMessages(2, 1, 5);
        User bob(server, 2);
        QCOMPARE(
            unreadOf(bob), (QJsonObject{{u"count"_s, 5}, {u"firstSeq"_s, 1}, {u"lastSeq"_s, 5}}));
        bob.send(R"({"cmd":"CONFIRM","seqs":[1,2,5],"ref":1})");
        bob.expect(R"({"cmd":"CONFIRMED","removed":3,"ref":1})");
        QCOMPARE(unreadOf(User(server, 2)),
            (QJsonObject{{u"count"_s, 2}, {u"firstSeq"_s, 3}, {u"lastSeq"_s, 5}}));
        bob.confirmUpTo(5, 2);
        QCOMPARE(unreadOf(User(server, 2)), (QJsonObject{{u"count"_s, 0}, {u"lastSeq"_s, 5}}));
    }

    void aLiveConnectionIsPushedEverythingInOrder()
    {
        StoredServer server;
        User alice(server, 1);
        User bob(server, 2);
        alice.sendMessages(2, 1, 200);
        for (int seq = 1; seq <= 200; ++seq)
            QCOMPARE(bob.expect(R"({"cmd":"MESSAGE"})")["body"_L1].toString(),
                QString::number(seq)); // Alice put the seq into the body
        bob.expectNothing();
    }

    void everyConnectionOfAUserIsPushed()
    {
        StoredServer server;
        User alice(server, 1);
        User one(server, 2);
        User two(server, 2);
        User three(server, 2);
        alice.sendMessages(2, 1, 3);
        for (User *bob : {&one, &two, &three}) {
            bob->expectMessages(1, 3);
            bob->expectNothing();
        }
        alice.expectNothing();
    }

    void aConnectionThatIsBehindIsPushedNothing()
    {
        StoredServer server;
        User alice(server, 1);
        alice.sendMessages(2, 1, 1);
        User bob(server, 2);
        alice.sendMessages(2, 2, 300); // more than a window
        bob.expectNothing();
    }

    void theLastPageMakesLiveWithTheVeryNext()
    {
        StoredServer server;
        User alice(server, 1);
        alice.sendMessages(2, 1, 3);
        User bob(server, 2);
        QCOMPARE(bob.fetch(R"("limit":2)", true), range(1, 2));
        alice.sendMessages(2, 4, 4);
        bob.expectNothing(); // there is more, so it is still behind
        QCOMPARE(bob.fetch(R"("after":2)", false), range(3, 4));
        alice.sendMessages(2, 5, 7);
        bob.expectMessages(5, 7);
        bob.expectNothing();
    }

    void anEmptyLastPageMakesLive_data()
    {
        QTest::addColumn<QByteArray>("after");
        QTest::newRow("after the last") << QByteArray(R"("after":3)");
        QTest::newRow("after any") << QByteArray(R"("after":9007199254740991)");
    }
    void anEmptyLastPageMakesLive()
    {
        QFETCH(QByteArray, after);
        StoredServer server;
        User alice(server, 1);
        alice.sendMessages(2, 1, 3);
        User bob(server, 2);
        QCOMPARE(bob.fetch(after, false), range(1, 0));
        alice.sendMessages(2, 4, 5);
        bob.expectMessages(4, 5);
    }

    void confirmingEverythingDoesNotMakeLive()
    {
        StoredServer server;
        User alice(server, 1);
        alice.sendMessages(2, 1, 3);
        User bob(server, 2);
        bob.confirmUpTo(3, 3);
        alice.sendMessages(2, 4, 4);
        bob.expectNothing();
        QCOMPARE(bob.fetch({}, false), range(4, 4));
        alice.sendMessages(2, 5, 5);
        bob.expectMessages(5, 5);
    }

    void aFullWindowIsToldOnce()
    {
        StoredServer server(smallWindow);
        User alice(server, 1);
        User bob(server, 2);
        alice.sendMessages(2, 1, Window + 3);
        bob.expectMessages(1, Window);
        bob.expect(R"({"cmd":"BEHIND","unread":5})");
        bob.expectNothing();
        bob.confirmUpTo(Window + 3, Window + 3);
        alice.sendMessages(2, Window + 4, Window + 4);
        bob.expectNothing();
    }

    void theCountBeginsAnewWhenLiveAgain()
    {
        StoredServer server(smallWindow);
        User alice(server, 1);
        User bob(server, 2);
        alice.sendMessages(2, 1, 5);
        bob.expectMessages(1, 4);
        bob.expect(R"({"cmd":"BEHIND","unread":5})");
        QCOMPARE(bob.fetch({}, false), range(1, 5)); // and confirms none of them
        alice.sendMessages(2, 6, 10);
        bob.expectMessages(6, 9);
        bob.expect(R"({"cmd":"BEHIND","unread":10})");
        bob.expectNothing();
    }

    void confirmsOfAnyConnectionMakeRoom()
    {
        StoredServer server(smallWindow);
        User alice(server, 1);
        User one(server, 2);
        User two(server, 2);
        alice.sendMessages(2, 1, 4);
        for (User *bob : {&one, &two})
            bob->expectMessages(1, 4);
        one.send(R"({"cmd":"CONFIRM","seqs":[2,3],"ref":"c"})");
        one.expect(R"({"cmd":"CONFIRMED","removed":2,"ref":"c"})");
        two.expectNothing(); // so the batch has reached its gateway
        alice.sendMessages(2, 5, 7);
        for (User *bob : {&one, &two}) {
            bob->expectMessages(5, 6);
            bob->expect(R"({"cmd":"BEHIND","unread":5})");
        }
    }

    void connectionsOfAUserFallBehindApart()
    {
        StoredServer server(smallWindow);
        User alice(server, 1);
        User one(server, 2);
        alice.sendMessages(2, 1, 2);
        User two(server, 2); // begins behind
        two.fetch({}, false);
        alice.sendMessages(2, 3, 6);
        one.expectMessages(1, 4);
        one.expect(R"({"cmd":"BEHIND","unread":5})");
        two.expectMessages(3, 6);
        one.expectNothing();
        two.expectNothing();
    }

    void fetchedOnesDoNotCountInTheWindow()
    {
        StoredServer server(smallWindow);
        User alice(server, 1);
        alice.sendMessages(2, 1, 10);
        User bob(server, 2);
        QCOMPARE(bob.fetch({}, false), range(1, 10));
        alice.sendMessages(2, 11, 14);
        bob.expectMessages(11, 14);
        bob.expectNothing();
    }

    void fetchingWhileLiveChangesNothing()
    {
        StoredServer server(smallWindow);
        User alice(server, 1);
        User bob(server, 2);
        alice.sendMessages(2, 1, 3);
        bob.expectMessages(1, 3);
        QCOMPARE(bob.fetch({}, false), range(1, 3));
        QCOMPARE(bob.fetch(R"("limit":1)", true), range(1, 1));
        alice.sendMessages(2, 4, 5);
        bob.expectMessages(4, 4);
        bob.expect(R"({"cmd":"BEHIND","unread":5})");
    }

    void nothingIsMissedWhileCatchingUp()
    {
        StoredServer server;
        User alice(server, 1);
        alice.sendMessages(2, 1, 50);
        User bob(server, 2);
        constexpr int Last = 1000;
        for (int i = 51; i <= Last; ++i)
            alice.send(R"({"cmd":"SEND","receiveUserId":2,"body":"x"})");
        qint64 seen = 0;
        bool live = false; // and behind again, should bob confirm slower than alice sends
        while (seen < Last && !QTest::currentTestFailed()) {
            if (live) {
                const QJsonObject pushed = bob.expect("{}");
                live = pushed["cmd"_L1] != "BEHIND"_L1;
                if (!live)
                    continue;
                QCOMPARE(pushed["cmd"_L1], "MESSAGE"_L1);
                QCOMPARE(pushed["seq"_L1].toInteger(), ++seen);
            } else {
                bob.send(R"({"cmd":"FETCH","limit":20,"after":)" + QByteArray::number(seen) + '}');
                const QJsonObject page = bob.expect(R"({"cmd":"MESSAGES"})");
                for (const auto &message : page["messages"_L1].toArray())
                    QCOMPARE(message["seq"_L1].toInteger(), ++seen);
                live = !page["more"_L1].toBool();
            }
            bob.send(R"({"cmd":"CONFIRM","upTo":)" + QByteArray::number(seen) + '}');
        }
        bob.expectNothing();
    }

    void fetchGivesTheOldestFirst_data()
    {
        QTest::addColumn<QByteArray>("members");
        QTest::addColumn<int>("first");
        QTest::addColumn<int>("last");
        QTest::newRow("default limit") << QByteArray() << 1 << 100;
        QTest::newRow("one") << QByteArray(R"("limit":1)") << 1 << 1;
        QTest::newRow("most") << QByteArray(R"("limit":500)") << 1 << 500;
        QTest::newRow("over it") << QByteArray(R"("limit":501)") << 1 << 500;
        QTest::newRow("far over it") << QByteArray(R"("limit":9007199254740993)") << 1 << 500;
        QTest::newRow("from the middle") << QByteArray(R"("after":250,"limit":10)") << 251 << 260;
        QTest::newRow("to the end") << QByteArray(R"("after":505)") << 506 << 510;
        QTest::newRow("exactly the rest") << QByteArray(R"("after":410,"limit":100)") << 411 << 510;
    }
    void fetchGivesTheOldestFirst()
    {
        QFETCH(QByteArray, members);
        QFETCH(int, first);
        QFETCH(int, last);
        StoredServer server;
        User alice(server, 1);
        alice.sendMessages(2, 1, 510);
        User bob(server, 2);
        QCOMPARE(bob.fetch(members, last < 510), range(first, last));
        QCOMPARE(bob.fetch(members, last < 510), range(first, last)); // it removes nothing
    }

    void aPageIsAtMostOneMebibyte_data()
    {
        QTest::addColumn<QByteArray>("character");
        QTest::newRow("plain") << QByteArray("x");
        QTest::newRow("escaped") << QByteArray("\x01");
    }
    void aPageIsAtMostOneMebibyte()
    {
        QFETCH(QByteArray, character);
        StoredServer server;
        User alice(server, 1);
        constexpr int Count = 40;
        for (int i = 0; i < Count; ++i)
            alice.sendMessage(2, character.repeated(32'768));
        User bob(server, 2);
        qint64 bytes = 0;
        connect(&bob.socket(), &QWebSocket::textMessageReceived, this,
            [&bytes](const QString &frame) { bytes = frame.toUtf8().size(); });
        qint64 seen = 0;
        for (bool more = true; more;) {
            bob.send(R"({"cmd":"FETCH","limit":500,"after":)" + QByteArray::number(seen) + '}');
            const QJsonObject page = bob.expect(R"({"cmd":"MESSAGES"})");
            QVERIFY(!page["messages"_L1].toArray().isEmpty());
            for (const auto &message : page["messages"_L1].toArray())
                QCOMPARE(message["seq"_L1].toInteger(), ++seen);
            more = page["more"_L1].toBool();
            QVERIFY(bytes <= 1 << 20);
            QVERIFY(!more || bytes > 1 << 19); // nor are pages needlessly small
        }
        QCOMPARE(seen, Count);
    }

    void aMessageIsTheSameEachTime()
    {
        StoredServer server;
        User alice(server, 1);
        User bob(server, 2);
        for (int seq : {1, 2}) {
            alice.sendMessage(2, "hello", seq == 1 ? QByteArray("k") : QByteArray());
            QJsonObject pushed = bob.expect(R"({"cmd":"MESSAGE","body":"hello"})");
            pushed.remove("cmd"_L1);
            QCOMPARE(pushed.contains("clientId"_L1), seq == 1);
            bob.send(R"({"cmd":"FETCH","limit":1,"after":)" + QByteArray::number(seq - 1) + '}');
            const QJsonObject page = bob.expect(R"({"cmd":"MESSAGES"})");
            QCOMPARE(page["messages"_L1].toArray(), QJsonArray{pushed});
        }
    }
};

QTEST_GUILESS_MAIN(Receiving)
#include "receiving.moc"
