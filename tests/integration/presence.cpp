// SPDX-License-Identifier: MIT
// docs/protocol.md 4.6: who is online, since when not, and who is told.
#include "integration/eachstore.h"

#include <QTimer>

using namespace parley::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

void shortTimeout(parley::app::Settings &settings)
{
    settings.limits.heartbeatInterval = 100ms;
    settings.limits.heartbeatTimeout = 800ms;
}

qint64 nowMs()
{
    return parley::toMs(parley::SystemClock().now());
}

// A STATUS as "1+ 2- 3?": online, offline, never seen.
QString textOf(const QJsonObject &status)
{
    QStringList texts;
    for (const auto &row : status["users"_L1].toArray()) {
        const QJsonValue lastSeen = row["lastSeen"_L1];
        const bool isOnline = row["online"_L1].toBool();
        texts.append(QString::number(row["userId"_L1].toInteger())
            + (isOnline                 ? u'+'
                    : lastSeen.isNull() ? u'?'
                                        : u'-'));
        if (isOnline && lastSeen.isNull())
            texts.append(u"but never seen"_s);
    }
    return texts.join(u' ');
}

QJsonObject ask(TestClient &client, const QByteArray &cmd, const QByteArray &userIds)
{
    client.send(R"({"cmd":")" + cmd + R"(","ref":"s","userIds":[)" + userIds + "]}");
    return client.expect(R"({"cmd":"STATUS","ref":"s"})");
}
QString status(TestClient &client, const QByteArray &userIds)
{
    return textOf(ask(client, "STATUS", userIds));
}
QString watch(TestClient &client, const QByteArray &userIds)
{
    return textOf(ask(client, "WATCH", userIds));
}
// What a watcher is told next.
QString change(TestClient &client)
{
    const QJsonObject told = client.expect(R"({"cmd":"STATUS"})");
    return told.contains("ref"_L1) ? u"an answer"_s : textOf(told);
}

qint64 lastSeenOf(TestClient &client, const QByteArray &userId)
{
    return ask(client, "STATUS", userId)["users"_L1][0]["lastSeen"_L1].toInteger();
}

// Pings, as any client library may: a frame like another.
void keepAlive(TestClient &client, QTimer &timer)
{
    QObject::connect(
        &timer, &QTimer::timeout, &client.socket(), [&client] { client.socket().ping(); });
    timer.start(100ms);
}

} // namespace

class Presence : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase_data() { addEachStore(); }
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void onlineBeginsWithTheConnection()
    {
        StoredServer server;
        User alice(server, 1);
        QCOMPARE(status(alice, "1,2"), u"1+ 2?"_s);
        User bob(server, 2);
        QCOMPARE(status(alice, "2,1"), u"2+ 1+"_s);
        QCOMPARE(status(bob, "1"), u"1+"_s);
    }

    void anUnknownUserLooksLikeOneNeverSeen()
    {
        StoredServer server;
        User alice(server, 1);
        QCOMPARE(status(alice, "3,999,9007199254740991"), u"3? 999? 9007199254740991?"_s);
        QCOMPARE(watch(alice, "999"), u"999?"_s);
    }

    void statusAnswersAsAsked_data()
    {
        QTest::addColumn<QByteArray>("userIds");
        QTest::addColumn<QString>("answer");
        QTest::newRow("nobody") << QByteArray() << QString();
        QTest::newRow("in the order asked") << QByteArray("5,1,3") << u"5? 1+ 3?"_s;
    }
    void statusAnswersAsAsked()
    {
        QFETCH(QByteArray, userIds);
        QFETCH(QString, answer);
        StoredServer server;
        User alice(server, 1);
        QCOMPARE(status(alice, userIds), answer);
        QCOMPARE(watch(alice, userIds), answer);
    }

    void mayAskForAThousand()
    {
        StoredServer server;
        User alice(server, 1);
        QByteArrayList ids;
        for (qint64 id : range(1, 1000))
            ids.append(QByteArray::number(id));
        QCOMPARE(ask(alice, "STATUS", ids.join(','))["users"_L1].toArray().size(), 1000);
        QCOMPARE(ask(alice, "WATCH", ids.join(','))["users"_L1].toArray().size(), 1000);
        for (const char *cmd : {"STATUS", "WATCH"}) {
            alice.send(
                R"({"cmd":")" + QByteArray(cmd) + R"(","userIds":[1001,)" + ids.join(',') + "]}");
            alice.expect(R"({"cmd":"ERROR","code":"bad_field","field":"userIds"})");
        }
    }

    void aHeartbeatIsAnsweredAndRecorded()
    {
        StoredServer server;
        User alice(server, 1);
        User bob(server, 2);
        for (int i = 0; i < 3; ++i) {
            const qint64 before = nowMs();
            alice.send(R"({"cmd":"HEARTBEAT","ref":1})");
            const qint64 time =
                alice.expect(R"({"cmd":"HEARTBEAT","ref":1})")["time"_L1].toInteger();
            QVERIFY(time >= before);
            QVERIFY(time <= nowMs());
            QCOMPARE(lastSeenOf(bob, "1"), time); // at once, and from the database
        }
    }

    void aCleanCloseMakesOfflineAtOnce()
    {
        StoredServer server;
        User alice(server, 1);
        const auto bob = std::make_unique<User>(server, 2);
        QCOMPARE(watch(alice, "2"), u"2+"_s);
        const qint64 before = nowMs();
        bob->close();
        QCOMPARE(change(alice), u"2-"_s);
        QCOMPARE(status(alice, "2"), u"2-"_s);
        QVERIFY(nowMs() - before < 3000);
        QVERIFY(lastSeenOf(alice, "2") >= before);
    }

    void anUncleanEndMakesOfflineToo()
    {
        StoredServer server;
        User alice(server, 1);
        const auto bob = std::make_unique<User>(server, 2);
        QCOMPARE(watch(alice, "2"), u"2+"_s);
        bob->socket().abort();
        QCOMPARE(change(alice), u"2-"_s);
    }

    void onlyTheLastConnectionsEndMakesOffline()
    {
        StoredServer server;
        User alice(server, 1);
        const auto one = std::make_unique<User>(server, 2);
        const auto two = std::make_unique<User>(server, 2);
        QCOMPARE(watch(alice, "2"), u"2+"_s);
        one->close();
        const auto three = std::make_unique<User>(server, 2); // greeted after the end of one
        QCOMPARE(status(alice, "2"), u"2+"_s);
        two->close();
        three->close();
        QCOMPARE(change(alice), u"2-"_s);
        alice.expectNothing();
    }

    void watchersAreToldOfEachChange()
    {
        StoredServer server;
        User alice(server, 1);
        User carol(server, 3);
        QCOMPARE(watch(alice, "2"), u"2?"_s);
        QCOMPARE(watch(carol, "4,2"), u"4? 2?"_s);
        for (int i = 0; i < 3; ++i) {
            const auto bob = std::make_unique<User>(server, 2);
            for (User *watcher : {&alice, &carol})
                QCOMPARE(change(*watcher), u"2+"_s); // just who changed
            bob->close();
            for (User *watcher : {&alice, &carol})
                QCOMPARE(change(*watcher), u"2-"_s);
        }
        alice.expectNothing();
        carol.expectNothing();
    }

    void aHeartbeatIsNoChange()
    {
        StoredServer server;
        User alice(server, 1);
        User bob(server, 2);
        watch(alice, "2");
        bob.send(R"({"cmd":"HEARTBEAT"})");
        bob.expect(R"({"cmd":"HEARTBEAT"})");
        lastSeenOf(bob, "2"); // so it was written
        alice.expectNothing();
    }

    void watchReplacesTheList_data()
    {
        QTest::addColumn<QByteArray>("first");
        QTest::addColumn<QByteArray>("then");
        QTest::addColumn<bool>("told");
        QTest::newRow("by others") << QByteArray("2") << QByteArray("4") << false;
        QTest::newRow("by nobody") << QByteArray("2,4") << QByteArray() << false;
        QTest::newRow("by the same") << QByteArray("2") << QByteArray("2") << true;
        QTest::newRow("by more") << QByteArray("4") << QByteArray("4,2") << true;
        QTest::newRow("named twice, then not") << QByteArray("2,2") << QByteArray("4") << false;
        QTest::newRow("named twice") << QByteArray("4") << QByteArray("2,2") << true;
    }
    void watchReplacesTheList()
    {
        QFETCH(QByteArray, first);
        QFETCH(QByteArray, then);
        QFETCH(bool, told);
        StoredServer server;
        User alice(server, 1);
        User other(server, 3);
        watch(alice, first);
        watch(alice, then);
        watch(other, "2");
        User bob(server, 2);
        QCOMPARE(change(other), u"2+"_s); // by now it would have come
        if (told)
            QCOMPARE(change(alice), u"2+"_s);
        alice.expectNothing();
    }

    void silenceIsClosedAndMakesOffline()
    {
        StoredServer server(shortTimeout);
        QTimer timer;
        User alice(server, 1);
        keepAlive(alice, timer);
        QCOMPARE(
            alice.hello["heartbeat"_L1], (QJsonObject{{u"interval"_s, 100}, {u"timeout"_s, 800}}));
        User bob(server, 2);
        QCOMPARE(watch(alice, "2"), u"2+"_s);
        QElapsedTimer silence;
        silence.start();
        bob.expectClosed(4508);
        QVERIFY(silence.elapsed() > 600);
        QCOMPARE(change(alice), u"2-"_s);
    }

    void anyFrameShowsThatTheClientIsThere()
    {
        StoredServer server(shortTimeout);
        User beating(server, 1);
        User asking(server, 2);
        User pinging(server, 3);
        QTimer timer;
        connect(&timer, &QTimer::timeout, this, [&] {
            beating.send(R"({"cmd":"HEARTBEAT"})");
            asking.send(R"({"cmd":"TRACK","clientId":"k"})");
            pinging.socket().ping();
        });
        timer.start(100ms);
        QTest::qWait(1700); // twice the timeout
        timer.stop();
        for (User *user : {&beating, &asking, &pinging})
            QCOMPARE(user->socket().state(), QAbstractSocket::ConnectedState);
        for (User *user : {&beating, &asking, &pinging})
            user->expectClosed(4508);
    }
};

QTEST_GUILESS_MAIN(Presence)
#include "presence.moc"
