// SPDX-License-Identifier: MIT
// docs/protocol.md 1, 2 and 3b: logins, login sessions and their ends, and who guessed too often.
#include "storage/sql/open.h"
#include "support/rawclient.h"
#include "support/testclient.h"
#include "support/testserver.h"
#include "support/why.h"

#include <QTest>

using namespace parley;
using namespace parley::test;

namespace {

constexpr int LoginsPerAddress = limits::FailedLoginsPerAddress;

QByteArray address(int last)
{
    return "127.0.0." + QByteArray::number(last);
}

QByteArray sessionOf(const HttpReply &login)
{
    return login.json().value(QStringLiteral("session")).toString().toLatin1();
}

// What parleyd's subcommands do: another process at the same store.
void changeUser(const TemporaryDatabase &database, const storage::ChangeUser &change)
{
    auto store = storage::sql::makeStore(database.url(), Limits());
    QVERIFY2(store, why(store));
    const Done opened = (*store)->open();
    QVERIFY2(opened, why(opened));
    const storage::Operation operation{change, {}, {}};
    const auto outcomes = (*store)->apply({&operation, 1}, SystemClock().now());
    QVERIFY2(outcomes, why(outcomes));
    QVERIFY(std::get<storage::ChangedUser>(outcomes->front()).found);
}

} // namespace

class Login : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void givesASessionThatConnects();
    void answersUnknownNamesAndWrongPasswordsAlike();
    void sessionsAreOnlyTheirUsers();
    void logoutEndsTheSessionAndItsConnections();
    void sessionsExpire();
    void aChangedPasswordEndsTheLoginSessionsWithin5s();
    void disablingEndsEverythingWithin5s();
    void failedLoginsBlockTheirAddress();
    void failedLoginsAtANameBlockOnlyUnknownAddresses();
    void rightLoginsNeverBlock();
    void failedSessionsBlockTheirAddress();
};

void Login::givesASessionThatConnects()
{
    const TestServer server;
    const qint64 before = toMs(server.clock().now());
    const HttpReply login = ask(server.port(), loginRequest("user7", "secret"));
    const qint64 after = toMs(server.clock().now());
    QCOMPARE(login.status, 200);
    QCOMPARE(login.header("Content-Type"), "application/json");
    QCOMPARE(login.header("Cache-Control"), "no-store");
    const QJsonObject body = login.json();
    QCOMPARE(body.value(QStringLiteral("userId")).toInteger(), 7);
    const QByteArray session = sessionOf(login);
    static const QRegularExpression Form(QStringLiteral("^p1_[A-Za-z0-9_-]{43}$"));
    QVERIFY(Form.match(QString::fromLatin1(session)).hasMatch());
    const qint64 expiresAt = body.value(QStringLiteral("expiresAt")).toInteger();
    constexpr qint64 Month = milliseconds(24h * 30).count();
    QVERIFY(expiresAt >= before + Month && expiresAt <= after + Month);
    QCOMPARE(body.value(QStringLiteral("chat")).toString().toLatin1(),
        "/chat/private?userId=7&session=" + session);

    RawClient client(server.port());
    QCOMPARE(client.upgrade(chatRequest(login)).status, 101);
    client.expect(R"({"cmd":"HELLO","userId":7})");
    // It is not bound to an address.
    RawClient elsewhere(server.port(), address(2));
    QCOMPARE(elsewhere.upgrade(chatRequest(login)).status, 101);
    // Each login makes another session.
    QVERIFY(sessionOf(ask(server.port(), loginRequest("user7", "secret"))) != session);
}

void Login::answersUnknownNamesAndWrongPasswordsAlike()
{
    const TestServer server;
    const HttpReply unknown = ask(server.port(), loginRequest("nobody", "secret"));
    const HttpReply wrong = ask(server.port(), loginRequest("user1", "wrong"));
    QCOMPARE(unknown.status, 401);
    QCOMPARE(unknown.errorCode(), "bad_credentials");
    QCOMPARE(wrong.head, unknown.head);
    QCOMPARE(wrong.body, unknown.body);
}

void Login::sessionsAreOnlyTheirUsers()
{
    const TestServer server;
    const QByteArray session = sessionOf(ask(server.port(), loginRequest("user7", "secret")));
    const HttpReply reply = ask(server.port(), chatRequest(server.chatUrl(8, session)));
    QCOMPARE(reply.status, 401);
    QCOMPARE(reply.errorCode(), "session_invalid");
}

void Login::logoutEndsTheSessionAndItsConnections()
{
    const TestServer server;
    const QByteArray session = sessionOf(ask(server.port(), loginRequest("user1", "secret")));
    const QByteArray other = sessionOf(ask(server.port(), loginRequest("user1", "secret")));
    TestClient first(server.chatUrl(1, session));
    TestClient second(server.chatUrl(1, session)); // on another gateway
    TestClient otherSession(server.chatUrl(1, other));
    TestClient timeSession(server.chatUrl(1));
    for (TestClient *client : {&first, &second, &otherSession, &timeSession})
        client->expectHello();

    const HttpReply reply = ask(server.port(), logoutRequest(session));
    QCOMPARE(reply.status, 204);
    QVERIFY(reply.body.isEmpty());
    first.expectClosed(4401);
    second.expectClosed(4401);
    otherSession.expectNothing();
    timeSession.expectNothing();
    QCOMPARE(ask(server.port(), chatRequest(server.chatUrl(1, session))).status, 401);
    const HttpReply again = ask(server.port(), logoutRequest(session));
    QCOMPARE(again.status, 401);
    QCOMPARE(again.errorCode(), "session_invalid");
}

void Login::sessionsExpire()
{
    TestServer server([](app::Settings &settings) { settings.days = 2; });
    const HttpReply login = ask(server.port(), loginRequest("user1", "secret"));
    server.advance(47h);
    RawClient client(server.port());
    QCOMPARE(client.upgrade(chatRequest(login)).status, 101);
    server.advance(1h);
    QCOMPARE(ask(server.port(), chatRequest(login)).errorCode(), "session_invalid");
    QCOMPARE(ask(server.port(), logoutRequest(sessionOf(login))).errorCode(), "session_invalid");
}

void Login::aChangedPasswordEndsTheLoginSessionsWithin5s()
{
    const TemporaryDatabase database;
    const TestServer server({}, database.url());
    const QByteArray session = sessionOf(ask(server.port(), loginRequest("user1", "secret")));
    const QByteArray others = sessionOf(ask(server.port(), loginRequest("user2", "secret")));
    TestClient client(server.chatUrl(1, session));
    TestClient timeSession(server.chatUrl(1));
    TestClient other(server.chatUrl(2, others));
    for (TestClient *each : {&client, &timeSession, &other})
        each->expectHello();

    QElapsedTimer passed;
    passed.start();
    changeUser(database,
        {"user1", session::PasswordHasher::hash("new", app::Server::Strength::ForTests), {}});
    client.expectClosed(4401);
    QVERIFY(passed.elapsed() < 5000);
    timeSession.expectNothing();
    other.expectNothing();
    QCOMPARE(ask(server.port(), chatRequest(server.chatUrl(1, session))).status, 401);
    QCOMPARE(ask(server.port(), loginRequest("user1", "secret")).status, 401);
    QCOMPARE(ask(server.port(), loginRequest("user1", "new")).status, 200);
}

void Login::disablingEndsEverythingWithin5s()
{
    const TemporaryDatabase database;
    const TestServer server({}, database.url());
    const QByteArray session = sessionOf(ask(server.port(), loginRequest("user1", "secret")));
    TestClient client(server.chatUrl(1, session));
    TestClient timeSession(server.chatUrl(1));
    TestClient other(server.chatUrl(2));
    for (TestClient *each : {&client, &timeSession, &other})
        each->expectHello();

    QElapsedTimer passed;
    passed.start();
    changeUser(database, {"user1", {}, false});
    client.expectClosed(4401);
    timeSession.expectClosed(4401);
    QVERIFY(passed.elapsed() < 5000);
    other.send(R"({"cmd":"SEND","receiveUserId":1,"body":""})");
    other.expect(R"({"cmd":"ERROR","code":"unknown_user"})");
    const HttpReply disabled = ask(server.port(), loginRequest("user1", "secret"));
    const HttpReply wrong = ask(server.port(), loginRequest("user2", "wrong"));
    QCOMPARE(disabled.status, 401);
    QCOMPARE(disabled.head + disabled.body, wrong.head + wrong.body);
    for (const QUrl &url : {server.chatUrl(1, session), server.chatUrl(1)})
        QCOMPARE(ask(server.port(), chatRequest(url)).errorCode(), "session_invalid");

    changeUser(database, {"user1", {}, true});
    RawClient readmitted(server.chatUrl(1)); // the sessions of before are gone, the user is not
    QCOMPARE(ask(server.port(), chatRequest(server.chatUrl(1, session))).status, 401);
}

void Login::failedLoginsBlockTheirAddress()
{
    TestServer server;
    for (int i = 0; i < LoginsPerAddress; ++i) // at different names, as a guesser would
        QCOMPARE(ask(server.port(), loginRequest("name" + QByteArray::number(i), "x")).status, 401);
    QCOMPARE(ask(server.port(), loginRequest("user1", "wrong")).status, 429);
    const HttpReply reply = ask(server.port(), loginRequest("user1", "secret"));
    QCOMPARE(reply.status, 429);
    QCOMPARE(reply.errorCode(), "rate_limited");
    const int retryAfter = reply.header("Retry-After").toInt();
    QVERIFY(retryAfter > 0 && retryAfter <= 300);

    QCOMPARE(ask(server.port(), loginRequest("user1", "secret"), address(2)).status, 200);
    for (const char *path : {"/healthz", "/readyz", "/metrics"}) {
        const QByteArray request = "GET " + QByteArray(path) + " HTTP/1.1\r\nHost: test\r\n\r\n";
        QCOMPARE(ask(server.port(), request).status, 200);
    }
    RawClient readmitted(server.chatUrl(1)); // a session is another matter
    server.advance(std::chrono::seconds(retryAfter));
    QCOMPARE(ask(server.port(), loginRequest("user1", "secret")).status, 200);
}

void Login::failedLoginsAtANameBlockOnlyUnknownAddresses()
{
    TestServer server;
    QCOMPARE(ask(server.port(), loginRequest("user1", "secret"), address(100)).status, 200);
    for (int i = 0; i < limits::FailedLoginsPerName; ++i) {
        const QByteArray source = address(2 + i / LoginsPerAddress);
        QCOMPARE(ask(server.port(), loginRequest("user1", "wrong"), source).status, 401);
    }
    QCOMPARE(ask(server.port(), loginRequest("user1", "wrong"), address(90)).status, 429);
    const HttpReply reply = ask(server.port(), loginRequest("user1", "secret"), address(91));
    QCOMPARE(reply.status, 429);
    QCOMPARE(reply.errorCode(), "rate_limited");
    QVERIFY(reply.header("Retry-After").toInt() > 0);
    QCOMPARE(ask(server.port(), loginRequest("user1", "secret"), address(100)).status, 200);
    QCOMPARE(ask(server.port(), loginRequest("user2", "secret"), address(91)).status, 200);
    server.advance(limits::ThrottleWindow);
    QCOMPARE(ask(server.port(), loginRequest("user1", "secret"), address(91)).status, 200);
}

void Login::rightLoginsNeverBlock()
{
    const TestServer server;
    for (int i = 0; i < 2 * LoginsPerAddress; ++i)
        QCOMPARE(ask(server.port(), loginRequest("user1", "secret")).status, 200);
}

void Login::failedSessionsBlockTheirAddress()
{
    TestServer server;
    const QUrl wrong = server.chatUrl(1, "p1_" + QByteArray(43, 'A'));
    for (int i = 0; i < limits::FailedSessionsPerAddress; ++i) {
        const QByteArray request =
            i % 2 == 0 ? chatRequest(wrong) : logoutRequest("p1_" + QByteArray(43, 'B'));
        QCOMPARE(ask(server.port(), request).status, 401);
    }
    QCOMPARE(ask(server.port(), chatRequest(wrong)).status, 429);
    const HttpReply reply = ask(server.port(), chatRequest(server.chatUrl(1)));
    QCOMPARE(reply.status, 429);
    QCOMPARE(reply.errorCode(), "rate_limited");
    QVERIFY(reply.header("Retry-After").toInt() > 0);
    QCOMPARE(ask(server.port(), chatRequest(wrong), address(2)).status, 401);
    server.advance(limits::ThrottleWindow);
    RawClient readmitted(server.chatUrl(1));
}

QTEST_GUILESS_MAIN(Login)
#include "login.moc"
