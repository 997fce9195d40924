// SPDX-License-Identifier: MIT
// docs/protocol.md 3a: who may connect with a time session, when, and from where.
#include "session/timesession.h"
#include "support/rawclient.h"
#include "support/testserver.h"

#include <QTest>

using namespace parley;
using namespace parley::test;

class TimeSession : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void isValidFromTheMinuteBeforeToTheFifthAfter();
    void hasALifeThatCanBeConfigured();
    void belongsToTheFirstAddressThatUsesIt();
    void isNotBoundByWhoMayNotUseIt();
    void isOnlyItsUsers();
    void isNoneForUnknownUsers();
    void isOffWithoutAKey();
    void isOutlivedByItsConnections();
};

namespace {

// Far from the next minute, so that none passes meanwhile.
void beginMinute(TestServer &server)
{
    const auto now = server.clock().now();
    server.advance(std::chrono::ceil<std::chrono::minutes>(now) - now + 5s);
}

int statusOf(const TestServer &server, qint64 user, std::chrono::minutes made)
{
    const QByteArray session =
        session::mintTimeSession(TestServer::SecretKey, UserId(user), server.clock().now() + made);
    RawClient client(server.port());
    return client.upgrade(chatRequest(server.chatUrl(user, session))).status;
}

} // namespace

void TimeSession::isValidFromTheMinuteBeforeToTheFifthAfter()
{
    TestServer server;
    beginMinute(server);
    for (const auto made : {1min, 0min, -1min, -5min})
        QCOMPARE(statusOf(server, 1, made), 101);
    for (const auto made : {2min, -6min, 60min, -60min})
        QCOMPARE(statusOf(server, 1, made), 401);
}

void TimeSession::hasALifeThatCanBeConfigured()
{
    TestServer server([](app::Settings &settings) {
        settings.minutesBefore = 0;
        settings.minutesAfter = 2;
    });
    beginMinute(server);
    QCOMPARE(statusOf(server, 1, 1min), 401);
    QCOMPARE(statusOf(server, 1, 0min), 101);
    QCOMPARE(statusOf(server, 1, -2min), 101);
    QCOMPARE(statusOf(server, 1, -3min), 401);
}

void TimeSession::belongsToTheFirstAddressThatUsesIt()
{
    TestServer server;
    beginMinute(server);
    const QByteArray request = chatRequest(server.chatUrl(1));
    RawClient first(server.port());
    QCOMPARE(first.upgrade(request).status, 101);
    for (const char *source : {"127.0.0.2", "127.0.0.3"}) {
        const HttpReply reply = ask(server.port(), request, source);
        QCOMPARE(reply.status, 403);
        QCOMPARE(reply.errorCode(), "session_elsewhere");
        QVERIFY(!reply.body.contains("127.0.0.1"));
    }
    first.end(); // the binding is the session's, not the connection's
    QCOMPARE(ask(server.port(), request, "127.0.0.2").status, 403);
    RawClient again(server.port());
    QCOMPARE(again.upgrade(request).status, 101);
    server.advance(1min); // another session
    RawClient elsewhere(server.port(), "127.0.0.2");
    QCOMPARE(elsewhere.upgrade(chatRequest(server.chatUrl(1))).status, 101);
}

void TimeSession::isNotBoundByWhoMayNotUseIt()
{
    TestServer server;
    beginMinute(server);
    const QUrl mine = server.chatUrl(1);
    QUrl theirs = mine;
    theirs.setQuery(mine.query().replace(QStringLiteral("userId=1"), QStringLiteral("userId=2")));
    QCOMPARE(ask(server.port(), chatRequest(theirs), "127.0.0.2").status, 401);
    RawClient client(server.port());
    QCOMPARE(client.upgrade(chatRequest(mine)).status, 101);
}

void TimeSession::isOnlyItsUsers()
{
    const TestServer server;
    const QByteArray session =
        session::mintTimeSession(TestServer::SecretKey, UserId(1), server.clock().now());
    const HttpReply reply = ask(server.port(), chatRequest(server.chatUrl(2, session)));
    QCOMPARE(reply.status, 401);
    QCOMPARE(reply.errorCode(), "session_invalid");
}

void TimeSession::isNoneForUnknownUsers()
{
    const TestServer server;
    const HttpReply unknown = ask(server.port(), chatRequest(server.chatUrl(999)));
    const HttpReply wrong = ask(server.port(), chatRequest(server.chatUrl(1, QByteArray(32, '0'))));
    QCOMPARE(unknown.status, 401);
    QCOMPARE(unknown.head + unknown.body, wrong.head + wrong.body);
}

void TimeSession::isOffWithoutAKey()
{
    const TestServer server([](app::Settings &settings) { settings.secretKey.clear(); });
    const QByteArray session = session::mintTimeSession({}, UserId(1), server.clock().now());
    const HttpReply reply = ask(server.port(), chatRequest(server.chatUrl(1, session)));
    QCOMPARE(reply.status, 401);
    QCOMPARE(reply.errorCode(), "session_invalid");
}

void TimeSession::isOutlivedByItsConnections()
{
    TestServer server([](app::Settings &settings) { settings.limits.heartbeatTimeout = 1h; });
    beginMinute(server);
    const QUrl url = server.chatUrl(1);
    RawClient client(url);
    server.advance(10min);
    client.send(textFrame(R"({"cmd":"HEARTBEAT","ref":1})"));
    client.expect(R"({"cmd":"HEARTBEAT","ref":1})");
    QCOMPARE(ask(server.port(), chatRequest(url)).status, 401);
}

QTEST_GUILESS_MAIN(TimeSession)
#include "timesession.moc"
