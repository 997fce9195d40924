// SPDX-License-Identifier: MIT
// docs/protocol.md 1 to 4: what meets at the border of a connection, each at the worst moment of
// the other.
#include "support/rawclient.h"
#include "support/scriptedstore.h"
#include "support/testserver.h"

#include <QJsonArray>
#include <QTest>

using namespace parley;
using namespace parley::test;
using namespace Qt::StringLiterals;

namespace {

QByteArray send(int receiver, const QByteArray &clientId)
{
    return textFrame(R"({"cmd":"SEND","receiveUserId":)" + QByteArray::number(receiver)
        + R"(,"clientId":")" + clientId + R"(","body":"x"})");
}

const QByteArray Metrics = "GET /metrics HTTP/1.1\r\nHost: test\r\n\r\n";

} // namespace

class Edge : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void whatWasAskedIsAnsweredBeforeTheClose_data();
    void whatWasAskedIsAnsweredBeforeTheClose();
    void whatWaitedForRoomIsAnsweredBeforeTheClose();
    void whoEndsTheirSideIsAnsweredAllTheSame();
    void whoIsReplacedIsAnsweredFirst();
    void aSessionThatEndsWhileItConnectsEndsTheConnection_data();
    void aSessionThatEndsWhileItConnectsEndsTheConnection();
    void aCheckThatComesBehindTheLogoutIsRefused();
    void idsNamedTwiceCountOnce();
    void whoDoesNotReadIsNotReadFurther();
};

void Edge::whatWasAskedIsAnsweredBeforeTheClose_data()
{
    QTest::addColumn<QByteArray>("end");
    QTest::addColumn<int>("code");
    QTest::newRow("a Close") << closeFrame(1000) << 1000;
    QTest::newRow("a Close without a code") << clientFrame(8, {}) << 1000;
    QTest::newRow("a frame that is none") << QByteArray("\x81\x00", 2) << 1002;
    QTest::newRow("a text that is not UTF-8") << textFrame("\xFF") << 1007;
    QTest::newRow("a frame that is too large")
        << QByteArray("\x81\xFF\0\0\0\0\x7F\0\0\0\0\0\0\0", 14) << 1009;
    QTest::newRow("the tenth bad frame") << textFrame("{").repeated(10) << 4400;
}

void Edge::whatWasAskedIsAnsweredBeforeTheClose()
{
    QFETCH(QByteArray, end);
    QFETCH(int, code);
    const TestServer server;
    RawClient client(server.chatUrl(1));
    client.send(send(2, "a") + send(2, "b") + end + send(2, "never"));
    client.expect(R"({"cmd":"SENT","clientId":"a","seq":1})");
    client.expect(R"({"cmd":"SENT","clientId":"b","seq":2})");
    QCOMPARE(client.closeCode(), code);
    RawClient receiver(server.port());
    QCOMPARE(receiver.upgrade(chatRequest(server.chatUrl(2))).status, 101);
    receiver.expect(R"({"cmd":"HELLO","unread":{"count":2,"firstSeq":1,"lastSeq":2}})");
}

// Each FETCH may have an answer of 1 MiB, so no two of them are in work at once.
void Edge::whatWaitedForRoomIsAnsweredBeforeTheClose()
{
    const TestServer server;
    RawClient client(server.chatUrl(1));
    client.send(send(1, "a"));
    client.expect(R"({"cmd":"SENT","clientId":"a"})");
    client.expect(R"({"cmd":"MESSAGE","seq":1})");
    client.send(
        textFrame(R"({"cmd":"FETCH","limit":500})").repeated(5) + closeFrame(1000) + send(1, "b"));
    for (int i = 0; i < 5; ++i)
        client.expect(R"({"cmd":"MESSAGES","more":false})");
    QCOMPARE(client.closeCode(), 1000);
}

void Edge::whoEndsTheirSideIsAnsweredAllTheSame()
{
    const TestServer server;
    RawClient client(server.chatUrl(1));
    client.send(send(2, "a") + textFrame(R"({"cmd":"TRACK","clientId":"a"})"));
    client.endWriting();
    client.expect(R"({"cmd":"SENT","clientId":"a","seq":1})");
    client.expect(R"({"cmd":"TRACK","clientId":"a","state":"unread"})");
    QVERIFY(!client.frame()); // and no Close, for none was said
    QVERIFY(waitUntil(
        [&] { return ask(server.port(), Metrics).body.contains("parley_connections 0\n"); }));
}

void Edge::whoIsReplacedIsAnsweredFirst()
{
    Script script;
    const TestServer server(script.makeStore(),
        [](app::Settings &settings) { settings.limits.connectionsPerUser = 1; });
    RawClient oldest(server.chatUrl(1));
    script.hold();
    oldest.send(send(2, "a"));
    script.awaitHeld();
    RawClient newest(server.port());
    newest.send(chatRequest(server.chatUrl(1)));
    script.release();
    oldest.expect(R"({"cmd":"SENT","clientId":"a","seq":1})");
    QCOMPARE(oldest.closeCode(), 4409);
}

void Edge::aSessionThatEndsWhileItConnectsEndsTheConnection_data()
{
    QTest::addColumn<bool>("together");
    QTest::newRow("in the batch of the check") << true;
    QTest::newRow("in the batch after it") << false;
}

void Edge::aSessionThatEndsWhileItConnectsEndsTheConnection()
{
    QFETCH(bool, together);
    Script script;
    auto store = script.makeStore();
    const storage::Operation password{
        storage::ChangeUser{
            "1", session::PasswordHasher::hash("secret", app::Server::Strength::ForTests), {}},
        {}, {}};
    QVERIFY(store->open() && store->apply({&password, 1}, Time()));
    const TestServer server(std::move(store));
    const HttpReply login = ask(server.port(), loginRequest("1", "secret"));
    QCOMPARE(login.status, 200);
    const QByteArray session = login.json()["session"_L1].toString().toUtf8();
    RawClient other(server.chatUrl(2));
    script.hold();
    if (together) { // behind something else
        other.send(send(2, "a"));
        script.awaitHeld();
    }
    RawClient client(server.port());
    client.send(chatRequest(login));
    // That it has been asked by now cannot be seen; another question of the same gateway can.
    for (int i = 0; i < 4; ++i)
        QCOMPARE(ask(server.port(), HealthRequest).status, 200);
    if (!together)
        script.awaitHeld();
    RawClient logout(server.port());
    logout.send(logoutRequest(session));
    for (int i = 0; i < 4; ++i)
        QCOMPARE(ask(server.port(), HealthRequest).status, 200);
    script.release();
    QCOMPARE(logout.reply().status, 204);
    QCOMPARE(client.upgrade({}).status, 101);
    QCOMPARE(client.closeCode(), 4401);
}

void Edge::aCheckThatComesBehindTheLogoutIsRefused()
{
    const TestServer server;
    const HttpReply login = ask(server.port(), loginRequest("user1", "secret"));
    const QByteArray session = login.json()["session"_L1].toString().toUtf8();
    QCOMPARE(ask(server.port(), logoutRequest(session)).status, 204);
    QCOMPARE(ask(server.port(), chatRequest(login)).status, 401);
}

void Edge::idsNamedTwiceCountOnce()
{
    const TestServer server;
    RawClient client(server.chatUrl(1));
    client.send(textFrame(R"({"cmd":"STATUS","userIds":[9,1,9,1,9],"ref":1})"));
    const QJsonObject status = client.expect(R"({"cmd":"STATUS","ref":1})");
    const QJsonArray users = status["users"_L1].toArray();
    QCOMPARE(users.size(), 2);
    QCOMPARE(users[0]["userId"_L1].toInt(), 9);
    QCOMPARE(users[1]["userId"_L1].toInt(), 1);
    client.send(send(1, "a"));
    client.expect(R"({"cmd":"SENT","seq":1})");
    client.expect(R"({"cmd":"MESSAGE","seq":1})");
    client.send(textFrame(R"({"cmd":"CONFIRM","seqs":[1,1,1],"ref":2})"));
    client.expect(R"({"cmd":"CONFIRMED","removed":1,"ref":2})");
}

// Whatever it asks and does not read: it is closed as a slow consumer, not swollen for.
void Edge::whoDoesNotReadIsNotReadFurther()
{
    TestServer server([](app::Settings &settings) {
        settings.limits.commandsPerSecond = 0;
        settings.limits.heartbeatTimeout = 1h;
    });
    RawClient slow(server.chatUrl(1));
    slow.stopReading();
    QByteArray ids;
    for (int id = 1; id <= limits::Users; ++id)
        ids += (id > 1 ? "," : "") + QByteArray::number(id);
    const QByteArray status = textFrame(R"({"cmd":"STATUS","userIds":[)" + ids + "]}");
    slow.send(status.repeated(300)); // answers of 18 MB
    RawClient other(server.chatUrl(2));
    other.send(send(3, "a"));
    other.expect(R"({"cmd":"SENT","clientId":"a"})");
    QVERIFY(waitUntil([&] {
        server.advance(2s);
        return ask(server.port(), Metrics)
            .body.contains("parley_connections_closed_total{code=\"4513\"} 1\n");
    }));
    slow.goOnReading();
    QCOMPARE(slow.closeCode(), 4513);
}

QTEST_GUILESS_MAIN(Edge)
#include "edge.moc"
