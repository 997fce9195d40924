// SPDX-License-Identifier: MIT
// docs/protocol.md 1: what is answered on the one port before, or without, an upgrade. What HTTP
// itself demands is tested by conformance/http.cpp.
#include "session/timesession.h"
#include "support/badrequests.h"
#include "support/scriptedstore.h"
#include "support/testserver.h"

#include <QTest>

#include <chrono>

using namespace parley;
using namespace parley::test;

class Gate : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void refusesWithStatusAndCode_data();
    void refusesWithStatusAndCode();
    void readsRequestsThatComeByteByByte();
    void timesOutARequestThatIsNotWhole_data();
    void timesOutARequestThatIsNotWhole();
    void keepsNoHeadWithoutEnd();
    void saysThatItIsUpAndReady();
    void isNotReadyWhileTheStoreIsDown();
    void showsMetrics();
    void isThereForOthersWhileManySayNothing();

private:
    static QByteArray get(const QByteArray &path)
    {
        return "GET " + path + " HTTP/1.1\r\nHost: test\r\n\r\n";
    }
    std::unique_ptr<TestServer> m_shared = std::make_unique<TestServer>(); // for the rows
};

void Gate::refusesWithStatusAndCode_data()
{
    QTest::addColumn<QByteArray>("request");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("code");
    const auto rows =
        badRequests(QStringLiteral(PARLEY_TEST_DATA "/bad_requests.json"), "{session}");
    QVERIFY(rows.size() > 100);
    for (const BadRequest &row : rows)
        QTest::newRow(row.name) << row.bytes << row.status << row.code;
}

void Gate::refusesWithStatusAndCode()
{
    QFETCH(QByteArray, request);
    QFETCH(int, status);
    QFETCH(QByteArray, code);
    const QByteArray session =
        session::mintTimeSession(TestServer::SecretKey, UserId(1), m_shared->clock().now());
    const HttpReply reply = ask(m_shared->port(), request.replace("{session}", session));
    QCOMPARE(reply.status, status);
    QCOMPARE(reply.errorCode(), code);
    QCOMPARE(reply.header("Content-Length"), QByteArray::number(reply.body.size()));
    QCOMPARE(reply.header("Content-Type"), "application/json");
    QVERIFY(reply.header("Connection").contains("close"));
    for (const QByteArray &secret : {session, QByteArray("p1_"), QByteArray("secret")})
        QVERIFY(!reply.head.contains(secret) && !reply.body.contains(secret));
}

void Gate::readsRequestsThatComeByteByByte()
{
    const TestServer server;
    RawClient login(server.port());
    for (const char byte : loginRequest("user1", "secret"))
        login.send(QByteArray(1, byte));
    const HttpReply reply = login.reply();
    QCOMPARE(reply.status, 200);

    RawClient chat(server.port());
    const QByteArray request = chatRequest(reply);
    for (const char byte : request.chopped(1))
        chat.send(QByteArray(1, byte));
    QCOMPARE(chat.upgrade(request.last(1)).status, 101);
    chat.expect(R"({"cmd":"HELLO","userId":1})");
}

void Gate::timesOutARequestThatIsNotWhole_data()
{
    QTest::addColumn<QByteArray>("part");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("half a line") << QByteArray("GET /chat/priv");
    QTest::newRow("half a head") << get("/healthz").chopped(2);
    QTest::newRow("half a body") << loginRequest("user1", "secret").chopped(1);
    QTest::newRow("half a chunk") << QByteArray(
        "POST /login HTTP/1.1\r\nHost: test\r\nTransfer-Encoding: chunked\r\n\r\n9\r\n{");
}

void Gate::timesOutARequestThatIsNotWhole()
{
    QFETCH(QByteArray, part);
    TestServer server;
    RawClient slow(server.port());
    slow.send(part);
    QCOMPARE(ask(server.port(), get("/healthz")).status, 200); // so the slow one is known, too
    QCOMPARE(ask(server.port(), get("/healthz")).status, 200); // on whichever gateway
    server.advance(10s);
    const HttpReply reply = slow.reply();
    QCOMPARE(reply.status, 408);
    QCOMPARE(reply.errorCode(), "request_timeout");
}

void Gate::keepsNoHeadWithoutEnd()
{
    const TestServer server;
    RawClient client(server.port());
    client.send("GET /healthz HTTP/1.1\r\nHost: test\r\n");
    for (int i = 0; i < 1000 && !client.hasEnded(); ++i) {
        client.send("X: " + QByteArray(100, 'x') + "\r\n");
        QCoreApplication::processEvents();
    }
    QCOMPARE(client.reply().status, 431);
}

void Gate::saysThatItIsUpAndReady()
{
    const TestServer server;
    QCOMPARE(ask(server.port(), get("/healthz")).status, 200);
    QCOMPARE(ask(server.port(), get("/readyz")).status, 200);
    QCOMPARE(ask(server.port(), get("/readyz?verbose=1")).status, 200);
}

void Gate::isNotReadyWhileTheStoreIsDown()
{
    QTest::ignoreMessage(
        QtCriticalMsg, QRegularExpression(QStringLiteral("the store is unavailable")));
    Script script;
    const SystemClock clock;
    app::Settings settings;
    settings.listen.front().port = 0;
    app::Server server(settings, clock, script.makeStore(), app::Server::Strength::ForTests);
    const auto port = server.start();
    QVERIFY(port);
    QCOMPARE(ask(*port, get("/readyz")).status, 200);
    script.failOpening = true;
    script.loseConnection = true;
    const HttpReply reply = ask(*port, get("/readyz"));
    QCOMPARE(reply.status, 503);
    QCOMPARE(reply.errorCode(), "overloaded");
    QVERIFY(reply.body.contains("store"));
    QVERIFY(reply.header("Retry-After").toInt() > 0);
    QCOMPARE(ask(*port, get("/healthz")).status, 200);
    QVERIFY(ask(*port, get("/metrics")).body.contains("\nparley_store_available 0"));
    script.failOpening = false;
    QVERIFY(waitUntil([&] { return ask(*port, get("/readyz")).status == 200; }));
}

void Gate::showsMetrics()
{
    const TestServer server;
    const RawClient client(server.chatUrl(1));
    const HttpReply reply = ask(server.port(), get("/metrics"));
    QCOMPARE(reply.status, 200);
    QVERIFY(reply.header("Content-Type").startsWith("text/plain; version=0.0.4"));
    QVERIFY2(reply.body.contains("\nparley_connections 1\n"), reply.body);
    static const QRegularExpression Line(
        QStringLiteral("^(# .*|[a-z_]+(\\{([a-z]+=\"[0-9a-zA-Z_.+-]+\",?)+\\})? [0-9.e+-]+)$"));
    for (const QByteArray &line : reply.body.trimmed().split('\n'))
        QVERIFY2(Line.match(QString::fromUtf8(line)).hasMatch(), line);
}

void Gate::isThereForOthersWhileManySayNothing()
{
    const TestServer server;
    std::vector<std::unique_ptr<RawClient>> silent;
    for (int i = 0; i < 200; ++i)
        silent.push_back(std::make_unique<RawClient>(server.port()));
    RawClient client(server.port());
    QCOMPARE(client.upgrade(chatRequest(server.chatUrl(1))).status, 101);
}

QTEST_GUILESS_MAIN(Gate)
#include "gate.moc"
