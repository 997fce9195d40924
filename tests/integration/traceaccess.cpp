// SPDX-License-Identifier: MIT
// docs/protocol.md 6: who may watch the trace, and that nobody is hindered by who does.
#include "support/traced.h"
#include <QSignalSpy>

using namespace parley;
using namespace parley::test;
using Kind = protocol::TraceKind;

class TraceAccess : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void isNotThereWhenOff();
    void takesTheTokenInHeaderOrQuery();
    void refusesAWrongTokenLikeAWrongSession_data();
    void refusesAWrongTokenLikeAWrongSession();
    void refusesEverybodyWithoutAConfiguredToken();
    void throttlesWhoGuesses();
    void wantsAnUpgradeAndGet();
    void takesBrowsersOnlyFromAllowedOrigins();
    void takesSoManyAndNoMore();
    void isNoChatConnection();
    void answersPingAndCloseAndIgnoresTheRest();
    void saysGoAwayAtShutdown();
    void isNotHinderedByWhoDoesNotRead();
};

void TraceAccess::isNotThereWhenOff()
{
    const TestServer server([](app::Settings &settings) { settings.adminToken = AdminToken; });
    const HttpReply reply = ask(server.port(), traceRequest(bearer(AdminToken)));
    QCOMPARE(reply.status, 404);
    QCOMPARE(reply.errorCode(), "not_found");
    QCOMPARE(ask(server.port(), "POST /trace HTTP/1.1\r\nHost: test\r\n\r\n").status, 404);
}

void TraceAccess::takesTheTokenInHeaderOrQuery()
{
    const TestServer server([](app::Settings &settings) {
        traced(settings);
        settings.adminToken = "with &+% in it";
    });
    RawClient header(server.port());
    QCOMPARE(header.upgrade(traceRequest(bearer("with &+% in it"))).status, 101);
    RawClient query(server.port());
    QCOMPARE(query.upgrade(traceRequest({}, "?token=with%20%26+%25%20in%20it")).status, 101);
}

void TraceAccess::refusesAWrongTokenLikeAWrongSession_data()
{
    QTest::addColumn<QByteArray>("request");
    QTest::newRow("none") << traceRequest({});
    QTest::newRow("another") << traceRequest(bearer("x"));
    QTest::newRow("shorter") << traceRequest(bearer(AdminToken.chopped(1)));
    QTest::newRow("longer") << traceRequest(bearer(AdminToken + 'x'));
    QTest::newRow("empty") << traceRequest({}, "?token=");
    QTest::newRow("wrong in query") << traceRequest({}, "?token=x");
    QTest::newRow("twice") << traceRequest({}, "?token=" + AdminToken + "&token=" + AdminToken);
    QTest::newRow("basic") << traceRequest("Authorization: Basic " + AdminToken + "\r\n");
    QTest::newRow("wrong header beside a right query")
        << traceRequest(bearer("x"), "?token=" + AdminToken);
}

void TraceAccess::refusesAWrongTokenLikeAWrongSession()
{
    QFETCH(QByteArray, request);
    const TestServer server(traced);
    const HttpReply reply = ask(server.port(), request);
    QCOMPARE(reply.status, 401);
    QCOMPARE(reply.errorCode(), "session_invalid");
    QVERIFY(!reply.body.contains(AdminToken));
}

void TraceAccess::refusesEverybodyWithoutAConfiguredToken()
{
    const TestServer server([](app::Settings &settings) { settings.traceEnabled = true; });
    QCOMPARE(ask(server.port(), traceRequest({})).status, 401);
    QCOMPARE(ask(server.port(), traceRequest({}, "?token=")).status, 401);
}

void TraceAccess::throttlesWhoGuesses()
{
    TestServer server(traced);
    for (int i = 0; i < limits::FailedSessionsPerAddress; ++i)
        QCOMPARE(ask(server.port(), traceRequest(bearer("x"))).status, 401);
    QCOMPARE(ask(server.port(), traceRequest(bearer("x"))).status, 429);
    const HttpReply reply = ask(server.port(), traceRequest(bearer(AdminToken)));
    QCOMPARE(reply.status, 429);
    QVERIFY(reply.header("Retry-After").toInt() > 0);
    QCOMPARE(ask(server.port(), chatRequest(server.chatUrl(1))).status, 429); // one count for both
    server.advance(limits::ThrottleWindow);
    const TraceWatcher watcher(server);
}

void TraceAccess::wantsAnUpgradeAndGet()
{
    const TestServer server(traced);
    const HttpReply plain =
        ask(server.port(), "GET /trace HTTP/1.1\r\nHost: test\r\n" + bearer(AdminToken) + "\r\n");
    QCOMPARE(plain.status, 426);
    QCOMPARE(plain.errorCode(), "upgrade_required");
    const HttpReply post = ask(server.port(), "POST /trace HTTP/1.1\r\nHost: test\r\n\r\n");
    QCOMPARE(post.status, 405);
    QVERIFY(post.header("Allow").startsWith("GET"));
    const HttpReply behind = ask(server.port(), traceRequest(bearer(AdminToken)) + "x");
    QCOMPARE(behind.status, 400);
}

void TraceAccess::takesBrowsersOnlyFromAllowedOrigins()
{
    const TestServer server([](app::Settings &settings) {
        traced(settings);
        settings.allowedOrigins = {QStringLiteral("https://chat.example")};
    });
    const QByteArray evil = "Origin: https://evil.example\r\n" + bearer(AdminToken);
    QCOMPARE(ask(server.port(), traceRequest(evil)).status, 403);
}

void TraceAccess::takesSoManyAndNoMore()
{
    const TestServer server(traced);
    std::vector<std::unique_ptr<TraceWatcher>> watchers;
    for (size_t i = 0; i < limits::TraceWatchers; ++i)
        watchers.push_back(std::make_unique<TraceWatcher>(server));
    const HttpReply reply = ask(server.port(), traceRequest(bearer(AdminToken)));
    QCOMPARE(reply.status, 503);
    QCOMPARE(reply.errorCode(), "overloaded");
    QVERIFY(reply.header("Retry-After").toInt() > 0);
    watchers.pop_back();
    QVERIFY(waitUntil([&] {
        RawClient next(server.port());
        return next.upgrade(traceRequest(bearer(AdminToken))).status == 101;
    }));
}

void TraceAccess::isNoChatConnection()
{
    const TestServer server([](app::Settings &settings) {
        traced(settings);
        settings.limits.connections = 1;
    });
    TraceWatcher watcher(server);
    RawClient alice(server.chatUrl(1)); // there is room for her
    const HttpReply metrics = ask(server.port(), "GET /metrics HTTP/1.1\r\nHost: test\r\n\r\n");
    QVERIFY2(metrics.body.contains("\nparley_connections 1\n"), metrics.body);
    watcher.expect({Kind::Opened, 1}); // and no step tells of the watcher
}

void TraceAccess::answersPingAndCloseAndIgnoresTheRest()
{
    const TestServer server(traced);
    TraceWatcher watcher(server);
    watcher.send(textFrame(R"({"cmd":"SEND","receiveUserId":2,"body":"x"})") + textFrame("{")
        + clientFrame(2, "binary") + clientFrame(9, "are you there"));
    const auto pong = watcher.frame();
    QVERIFY(pong);
    QCOMPARE(pong->opcode, 10);
    QCOMPARE(pong->payload, "are you there");
    watcher.send(closeFrame(1000));
    QCOMPARE(watcher.closeCode(), 1000);
    QVERIFY(waitUntil([&] { return watcher.hasEnded(); }));

    TraceWatcher rude(server);
    rude.send("\xff\xff"); // reserved bits
    QCOMPARE(rude.closeCode(), 1002);
}

void TraceAccess::saysGoAwayAtShutdown()
{
    TestServer server(traced);
    TraceWatcher watcher(server);
    QSignalSpy stopped(&server.server(), &app::Server::stopped);
    server.server().shutdown();
    const auto goAway = watcher.frame();
    QVERIFY(goAway);
    QVERIFY(goAway->payload.startsWith(R"({"cmd":"GOAWAY","retryAfter":)"));
    QCOMPARE(watcher.closeCode(), 4512);
    watcher.end();
    QVERIFY(waitUntil([&] { return stopped.count() == 1; }));
}

// More steps than the queue and the socket hold: heartbeats, each of which makes two at least.
void TraceAccess::isNotHinderedByWhoDoesNotRead()
{
    const TestServer server([](app::Settings &settings) {
        traced(settings);
        settings.limits.commandsPerSecond = 0;
        settings.gateways = 1; // the watcher's own
    });
    TraceWatcher slow(server);
    slow.stopReading();
    RawClient alice(server.chatUrl(1));
    constexpr int Each = 1000;
    const QByteArray heartbeats = textFrame(R"({"cmd":"HEARTBEAT"})").repeated(Each);
    for (int i = 0; i < 40; ++i) {
        alice.send(heartbeats);
        for (int j = 0; j < Each; ++j)
            QVERIFY(alice.frame());
    }
    // She was not kept waiting. Now the slow one reads what was kept, and then what it missed.
    slow.goOnReading();
    qint64 dropped = 0;
    qint64 told = 0;
    const auto read = [&] {
        const auto step = slow.next();
        ++told;
        dropped += step.dropped;
        return !step.node.isEmpty();
    };
    // Only a step that comes behind the missing ones tells of them.
    while (dropped == 0) {
        alice.send(textFrame(R"({"cmd":"HEARTBEAT"})"));
        QVERIFY(alice.frame());
        for (int i = 0; i < 500 && dropped == 0; ++i)
            QVERIFY2(read(), QByteArray::number(told));
    }
    alice.send(textFrame(R"({"cmd":"HEARTBEAT","ref":"last"})"));
    alice.expect(R"({"cmd":"HEARTBEAT"})");
    alice.send(closeFrame(1000));
    bool isClosed = false;
    while (!isClosed && read())
        isClosed = slow.everything.endsWith("\"code\":\"offline\"}\n");
    QVERIFY(dropped > 0);
    QVERIFY(told + dropped >= 2 * 40 * Each);
    QVERIFY(told + dropped < 2 * 40 * Each + 1000);
}

QTEST_GUILESS_MAIN(TraceAccess)
#include "traceaccess.moc"
