// SPDX-License-Identifier: MIT
// GET /metrics: what happens is counted, and nobody outside can make the page longer.
#include "support/rawclient.h"
#include "support/testclient.h"
#include "support/testserver.h"

#include <QDir>
#include <QTest>

using namespace parley;
using namespace parley::test;

namespace {

QByteArray page(const TestServer &server, const QByteArray &source = "127.0.0.1")
{
    return ask(server.port(), "GET /metrics HTTP/1.1\r\nHost: test\r\n\r\n", source).body;
}

// The sum of all series of this name whose labels contain the text; -1: there is none.
double value(const QByteArray &page, const QByteArray &name, const QByteArray &label = {})
{
    double sum = 0;
    bool isThere = false;
    for (const QByteArray &line : page.split('\n')) {
        const qsizetype blank = line.lastIndexOf(' ');
        const QByteArray series = line.left(blank);
        const bool isIt = series == name || series.startsWith(name + '{');
        if (!isIt || !series.contains(label))
            continue;
        isThere = true;
        sum += line.mid(blank + 1).toDouble();
    }
    return isThere ? sum : -1;
}

double value(const TestServer &server, const QByteArray &name, const QByteArray &label = {})
{
    return value(page(server), name, label);
}

double securityEvents(const TestServer &server, const QByteArray &name)
{
    return value(server, "parley_security_events_total", '"' + name + '"');
}

// The names and labels of all that the page tells.
QByteArrayList series(const QByteArray &page)
{
    QByteArrayList list;
    for (const QByteArray &line : page.split('\n')) {
        if (!line.startsWith('#'))
            list += line.left(line.lastIndexOf(' '));
    }
    return list;
}

QByteArray chatWith(const QByteArray &userId, const QByteArray &session)
{
    return "GET /chat/private?userId=" + userId + "&session=" + session + " HTTP/1.1\r\n"
        + UpgradeHeaders + "\r\n";
}

const QByteArray WrongSession(32, '0');

QByteArray traceRequest(const QByteArray &token)
{
    return "GET /trace?token=" + token + " HTTP/1.1\r\n" + UpgradeHeaders + "\r\n";
}

} // namespace

class MetricsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void connectionsHaveTheirState();
    void eachSentAndEachConfirmIsMeasured();
    void whatIsUnreadIsTold();
    void errorsAreCountedByTheirCode();
    void refusalsAreCountedByTheirCode();
    void failedAndThrottledLoginsAreSecurityEvents();
    void refusedAndThrottledSessionsAreSecurityEvents();
    void aSessionElsewhereIsASecurityEvent();
    void aWrongAdminTokenIsASecurityEvent();
    void badFramesAreASecurityEvent();
    void passwordChecksAreMeasured();
    void whoIsTurnedAwayIsCounted();
    void aMissedHeartbeatIsCounted();
    void theLogOfSqliteIsTold();
    void theProcessIsTold();
    void nobodyOutsideMakesThePageLonger();
};

void MetricsTest::connectionsHaveTheirState()
{
    const TestServer server([](app::Settings &settings) { settings.limits.window = 1; });
    const auto state = [&](const char *name) {
        return int(value(server, "parley_sockets", "state=\"" + QByteArray(name) + '"'));
    };
    QCOMPARE(state("live"), 0);
    {
        TestClient alice(server.chatUrl(1));
        alice.expectHello();
        QCOMPARE(state("live"), 1);
        alice.sendMessage(2, "hello");
        TestClient bob(server.chatUrl(2));
        bob.expectHello();
        QCOMPARE(state("live"), 1);
        QCOMPARE(state("behind"), 1);
        QCOMPARE(value(server, "parley_connections"), 2);
        bob.send(R"({"cmd":"FETCH"})");
        bob.expect(R"({"cmd":"MESSAGES","more":false})");
        QCOMPARE(state("live"), 2);
        QCOMPARE(state("behind"), 0);
        alice.sendMessage(2, "pushed");
        alice.sendMessage(2, "over the window");
        bob.expect(R"({"cmd":"MESSAGE"})");
        bob.expect(R"({"cmd":"BEHIND"})");
        QCOMPARE(state("live"), 1);
        QCOMPARE(state("behind"), 1);
        std::vector<std::unique_ptr<RawClient>> silent;
        for (int i = 0; i < 5; ++i)
            silent.push_back(std::make_unique<RawClient>(server.port()));
        QTRY_VERIFY(state("pending") >= 6); // with the one that asks
    }
    QTRY_COMPARE(state("live"), 0);
    QTRY_VERIFY(state("pending") <= 2); // the one that asks, and perhaps the one before
    QTRY_COMPARE(state("closing"), 0);
    QCOMPARE(value(server, "parley_connections_opened_total"), 2);
    const QByteArray all = page(server);
    for (const char *gateway : {"\"0\"", "\"1\""})
        QCOMPARE(all.count("parley_sockets{gateway=" + QByteArray(gateway)), 5);
}

void MetricsTest::eachSentAndEachConfirmIsMeasured()
{
    const TestServer server;
    TestClient alice(server.chatUrl(1));
    TestClient bob(server.chatUrl(2));
    alice.expectHello();
    bob.expectHello();
    for (const char *id : {"a", "b", "a"})
        alice.sendMessage(2, "hello", id);
    bob.expect(R"({"cmd":"MESSAGE","seq":1})");
    bob.expect(R"({"cmd":"MESSAGE","seq":2})");
    bob.send(R"({"cmd":"CONFIRM","upTo":2,"ref":1})");
    bob.expect(R"({"cmd":"CONFIRMED","removed":2})");
    const QByteArray all = page(server);
    QCOMPARE(value(all, "parley_send_duration_seconds_count"), 3);
    QCOMPARE(value(all, "parley_confirm_age_seconds_count"), 2);
    QCOMPARE(value(all, "parley_messages_stored_total"), 2);
    QCOMPARE(value(all, "parley_messages_duplicate_total"), 1);
    QCOMPARE(value(all, "parley_messages_confirmed_total"), 2);
    QCOMPARE(value(all, "parley_messages_pushed_total"), 2);
    QVERIFY(value(all, "parley_commit_duration_seconds_count") >= 4);
    QVERIFY(value(all, "parley_commit_operations_sum") >= 4);
    QVERIFY(value(all, "parley_storage_wait_seconds_count") >= 4);
}

void MetricsTest::whatIsUnreadIsTold()
{
    const TemporaryDatabase database;
    for (const QString &store : {QString(), database.url()}) {
        TestServer server({}, store);
        TestClient alice(server.chatUrl(1));
        alice.expectHello();
        alice.sendMessage(2, "hello");
        alice.sendMessage(3, "€");
        server.advance(7s);
        QTRY_COMPARE(value(server, "parley_unread_messages"), 2);
        QCOMPARE(value(server, "parley_unread_bytes"), 8);
        QVERIFY(value(server, "parley_unread_oldest_age_seconds") >= 7);
    }
    // And what was there before it started.
    const TestServer server({}, database.url());
    QTRY_COMPARE(value(server, "parley_unread_messages"), 2);
}

void MetricsTest::errorsAreCountedByTheirCode()
{
    const TestServer server;
    TestClient alice(server.chatUrl(1));
    alice.expectHello();
    QCOMPARE(value(server, "parley_errors_total", "\"unknown_user\""), 0);
    alice.send(R"({"cmd":"SEND","receiveUserId":99,"body":""})");
    alice.expect(R"({"cmd":"ERROR","code":"unknown_user"})");
    alice.send("{");
    alice.expect(R"({"cmd":"ERROR","code":"bad_json"})");
    QCOMPARE(value(server, "parley_errors_total", "\"unknown_user\""), 1);
    QCOMPARE(value(server, "parley_errors_total", "\"bad_json\""), 1);
    QCOMPARE(value(server, "parley_errors_total"), 2);
}

void MetricsTest::refusalsAreCountedByTheirCode()
{
    const TestServer server;
    QCOMPARE(ask(server.port(), "GET /nowhere HTTP/1.1\r\nHost: test\r\n\r\n").status, 404);
    QCOMPARE(ask(server.port(), chatWith("1", WrongSession)).status, 401);
    const QByteArray all = page(server);
    QCOMPARE(value(all, "parley_http_refusals_total", "\"not_found\""), 1);
    QCOMPARE(value(all, "parley_http_refusals_total", "\"session_invalid\""), 1);
    QCOMPARE(value(all, "parley_http_refusals_total"), 2);
    QCOMPARE(value(all, "parley_http_answers_total", "\"401\""), 1);
}

void MetricsTest::failedAndThrottledLoginsAreSecurityEvents()
{
    const TestServer server;
    QCOMPARE(ask(server.port(), loginRequest("user1", "secret")).status, 200);
    QCOMPARE(securityEvents(server, "failed_login"), 0);
    for (int i = 0; i < limits::FailedLoginsPerAddress; ++i)
        QCOMPARE(ask(server.port(), loginRequest("user1", "wrong")).status, 401);
    QCOMPARE(securityEvents(server, "failed_login"), limits::FailedLoginsPerAddress);
    QCOMPARE(securityEvents(server, "throttled_login"), 0);
    QCOMPARE(ask(server.port(), loginRequest("user1", "wrong")).status, 429);
    QCOMPARE(ask(server.port(), loginRequest("user1", "secret")).status, 429);
    QVERIFY(securityEvents(server, "throttled_login") >= 1);
}

void MetricsTest::refusedAndThrottledSessionsAreSecurityEvents()
{
    const TestServer server;
    for (int i = 0; i < limits::FailedSessionsPerAddress; ++i)
        QCOMPARE(ask(server.port(), chatWith("1", WrongSession)).status, 401);
    QCOMPARE(securityEvents(server, "refused_session"), limits::FailedSessionsPerAddress);
    QCOMPARE(securityEvents(server, "throttled_session"), 0);
    QCOMPARE(ask(server.port(), chatWith("1", WrongSession)).status, 429);
    QCOMPARE(securityEvents(server, "refused_session"), limits::FailedSessionsPerAddress + 1);
    QCOMPARE(securityEvents(server, "throttled_session"), 0);
    QCOMPARE(ask(server.port(), chatWith("1", WrongSession)).status, 429); // it is not looked at
    QCOMPARE(securityEvents(server, "throttled_session"), 1);
}

void MetricsTest::aSessionElsewhereIsASecurityEvent()
{
    const TestServer server;
    const QByteArray request = chatRequest(server.chatUrl(1));
    QCOMPARE(RawClient(server.port()).upgrade(request).status, 101);
    QCOMPARE(ask(server.port(), request, "127.0.0.2").status, 403);
    QCOMPARE(securityEvents(server, "session_elsewhere"), 1);
    QCOMPARE(securityEvents(server, "refused_session"), 0);
}

void MetricsTest::aWrongAdminTokenIsASecurityEvent()
{
    const TestServer server([](app::Settings &settings) {
        settings.traceEnabled = true;
        settings.adminToken = "right";
    });
    QCOMPARE(ask(server.port(), traceRequest("wrong")).status, 401);
    QCOMPARE(securityEvents(server, "bad_admin_token"), 1);
    QCOMPARE(securityEvents(server, "refused_session"), 0);
}

void MetricsTest::badFramesAreASecurityEvent()
{
    const TestServer server;
    TestClient alice(server.chatUrl(1));
    alice.expectHello();
    for (int i = 0; i < limits::BadFrames; ++i)
        alice.send("{");
    alice.expectClosed(4400);
    QCOMPARE(securityEvents(server, "bad_frames"), 1);
    QCOMPARE(value(server, "parley_connections_closed_total", "\"4400\""), 1);
}

void MetricsTest::passwordChecksAreMeasured()
{
    const TestServer server;
    QCOMPARE(ask(server.port(), loginRequest("user1", "secret")).status, 200);
    QCOMPARE(ask(server.port(), loginRequest("nobody", "secret")).status, 401);
    QTRY_COMPARE(value(server, "parley_password_check_wait_seconds_count"), 2);
    QCOMPARE(value(server, "parley_password_check_duration_seconds_count"), 2);
    QCOMPARE(value(server, "parley_password_checks"), 0);
}

void MetricsTest::whoIsTurnedAwayIsCounted()
{
    const TestServer server([](app::Settings &settings) { settings.limits.pendingPerAddress = 2; });
    // Each time from an address of its own: the place of the last one may not be free yet.
    int asked = 0;
    const auto value = [&](const QByteArray &name, const QByteArray &label = {}) {
        const QByteArray source = "127.0.1." + QByteArray::number(asked++ % 250 + 1);
        return ::value(page(server, source), name, label);
    };
    const RawClient first(server.port(), "127.0.0.2");
    const RawClient second(server.port(), "127.0.0.2");
    QTRY_VERIFY(value("parley_sockets", "\"pending\"") >= 3);
    QCOMPARE(value("parley_sockets_turned_away_total"), 0);
    const RawClient third(server.port(), "127.0.0.2");
    QTRY_COMPARE(value("parley_sockets_turned_away_total", "\"place\""), 1);
}

void MetricsTest::aMissedHeartbeatIsCounted()
{
    TestServer server;
    TestClient alice(server.chatUrl(1));
    alice.expectHello();
    QCOMPARE(value(server, "parley_connections_closed_total", "\"4508\""), 0);
    server.advance(16s);
    alice.expectClosed(4508);
    QCOMPARE(value(server, "parley_connections_closed_total", "\"4508\""), 1);
}

void MetricsTest::theLogOfSqliteIsTold()
{
    const TestServer memory;
    QCOMPARE(value(memory, "parley_sqlite_wal_bytes"), -1);
    const TemporaryDatabase database;
    const TestServer server({}, database.url());
    TestClient alice(server.chatUrl(1));
    alice.expectHello();
    alice.sendMessage(2, "hello");
    QTRY_VERIFY(value(server, "parley_sqlite_wal_bytes") > 4096);
    QCOMPARE(value(server, "parley_sqlite_checkpoints_total"), 0);
}

void MetricsTest::theProcessIsTold()
{
    const TestServer server;
    const QByteArray all = page(server);
    for (const char *name : {"process_cpu_seconds_total", "process_resident_memory_bytes",
             "process_virtual_memory_bytes", "process_open_fds", "process_threads",
             "parley_memory_limit_bytes", "parley_buffer_limit_bytes", "parley_connections_limit"})
        QVERIFY2(value(all, name) > 0, name);
    const double started = value(all, "process_start_time_seconds");
    const double now = double(toMs(SystemClock().now())) / 1000;
    QVERIFY2(started < now + 1 && started > now - 3600, QByteArray::number(started, 'f'));
    // It is read once a second, and the one who asks has a socket or two at each end.
    const auto isRight = [&] {
        const int told = int(value(server, "process_open_fds"));
        const int own = int(QDir(QStringLiteral("/proc/self/fd"))
                                .entryList(QDir::AllEntries | QDir::System | QDir::NoDotAndDotDot)
                                .size());
        return std::abs(told - own) <= 5;
    };
    QTRY_VERIFY(isRight());
    std::vector<std::unique_ptr<RawClient>> others;
    for (int i = 0; i < 10; ++i)
        others.push_back(std::make_unique<RawClient>(server.port())); // both ends are here
    QTRY_VERIFY(isRight());
    QVERIFY(all.contains("parley_build_info{version=\""));
}

void MetricsTest::nobodyOutsideMakesThePageLonger()
{
    const TestServer server;
    QTRY_COMPARE(value(server, "parley_unread_messages"), 0);
    (void)ask(server.port(), "GET /nowhere HTTP/1.1\r\nHost: test\r\n\r\n");
    (void)ask(server.port(), loginRequest("nobody", "wrong"));
    const QByteArrayList before = series(page(server));
    for (int i = 1; i <= 10; ++i) {
        const QByteArray number = QByteArray::number(i);
        (void)ask(server.port(), "GET /" + number + " HTTP/1.1\r\nHost: " + number + "\r\n\r\n",
            "127.0.1." + number);
        (void)ask(server.port(), loginRequest("name" + number, number), "127.0.1." + number);
        TestClient client(server.chatUrl(i));
        client.expectHello();
        client.sendMessage(i, number, number);
    }
    QCOMPARE(series(page(server)), before);
    QVERIFY(page(server).size() < 64 << 10);
}

QTEST_GUILESS_MAIN(MetricsTest)
#include "metrics.moc"
