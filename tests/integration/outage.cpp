// SPDX-License-Identifier: MIT
// docs/protocol.md 4.7, store_unavailable, and invariants 1, 4 and 5: a server outlives its
// database's absence, says so meanwhile, and recovers by itself.
#include "integration/eachstore.h"

#include "storage/sql/open.h"
#include "support/filelimit.h"
#include "support/postgres.h"
#include "support/rawclient.h"
#include "support/why.h"

#include <QFileInfo>

#include <set>

using namespace parley;
using namespace parley::test;
using namespace Qt::StringLiterals;

namespace {

int statusOf(const TestServer &server, const QByteArray &path)
{
    return ask(server.port(), "GET " + path + " HTTP/1.1\r\nHost: test\r\n\r\n").status;
}

// Each command, with `ref`, is answered store_unavailable.
void expectRefused(User &user, const QByteArrayList &commands)
{
    for (const QByteArray &command : commands) {
        user.send("{" + command + R"(,"ref":"now"})");
        const QJsonObject error =
            user.expect(R"({"cmd":"ERROR","code":"store_unavailable","ref":"now"})");
        QVERIFY2(error["retryAfter"_L1].toInt() > 0, command);
    }
}

void expectHeartbeat(User &user)
{
    user.send(R"({"cmd":"HEARTBEAT"})");
    user.expect(R"({"cmd":"HEARTBEAT"})");
}

QByteArray sendCommand(const QByteArray &key, const QByteArray &body = "x")
{
    return R"({"cmd":"SEND","receiveUserId":2,"clientId":")" + key + R"(","ref":")" + key
        + R"(","body":")" + body + R"("})";
}

QByteArray key(int number)
{
    return "k" + QByteArray::number(number);
}

} // namespace

class Outage : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { storage::sql::loadDrivers(); }
    void init()
    {
        // A crash may or may not hit a commit; and this PostgreSQL, a test's own, does not sync.
        QTest::failOnWarning(QRegularExpression(QStringLiteral(
            "^(?!the connection broke during a commit|PostgreSQL runs with fsync = off)")));
        const auto started = m_postgres.start();
        QVERIFY2(started, why(started));
        const auto url = m_postgres.createDatabase();
        QVERIFY2(url, why(url));
        m_url = *url;
    }

    void recoversByItself_data()
    {
        QTest::addColumn<int>("stop");
        QTest::newRow("the database was shut down") << int(Postgres::Stop::Clean);
        QTest::newRow("the database crashed") << int(Postgres::Stop::Kill);
    }
    void recoversByItself();
    void losesNothingOfWhatWasSentUnderLoad();
    void whoGoesMeanwhileIsOfflineAfterwards();
    void doesNotStartWithoutItsDatabase();
    void readsOnAFullDisk();

private:
    // Said once, at its beginning.
    static void expectComplaint()
    {
        QTest::ignoreMessage(
            QtCriticalMsg, QRegularExpression(QStringLiteral("the store is unavailable: ")));
    }
    void startAgain(const TestServer &server)
    {
        const auto started = m_postgres.start();
        QVERIFY2(started, why(started));
        QVERIFY(waitUntil([&] { return statusOf(server, "/readyz") == 200; }));
    }

    Postgres m_postgres;
    QString m_url;
};

void Outage::recoversByItself()
{
    QFETCH(int, stop);
    const TestServer server({}, m_url);
    User alice(server, 1);
    User bob(server, 2);
    alice.sendMessages(2, 1, 3);
    bob.expectMessages(1, 3);
    QCOMPARE(alice.sendMessage(2, "x", "before"), 4);
    bob.expectMessages(4, 4);

    expectComplaint();
    m_postgres.stop(Postgres::Stop(stop));
    for (User *user : {&alice, &bob}) {
        expectRefused(*user,
            {R"("cmd":"SEND","receiveUserId":2,"body":"x","clientId":"during")", R"("cmd":"FETCH")",
                R"("cmd":"CONFIRM","upTo":4)", R"("cmd":"TRACK","clientId":"before")",
                R"("cmd":"STATUS","userIds":[1,2])"});
        expectHeartbeat(*user);
    }
    QCOMPARE(statusOf(server, "/readyz"), 503);
    QCOMPARE(statusOf(server, "/healthz"), 200);
    QCOMPARE(ask(server.port(), chatRequest(server.chatUrl(3))).errorCode(), "overloaded");

    startAgain(server);
    alice.send(sendCommand("during"));
    const QJsonObject sent = alice.expect(R"({"cmd":"SENT","clientId":"during","seq":5})");
    QVERIFY(!sent.contains("duplicate"_L1)); // the refused one was not stored at all
    bob.expectMessages(5, 5);
    alice.send(sendCommand("before"));
    alice.expect(R"({"cmd":"SENT","seq":4,"duplicate":true})");
    QCOMPARE(bob.fetch({}, false), range(1, 5));
    bob.confirmUpTo(5, 5);
    alice.sendMessages(2, 6, 8);
    bob.expectMessages(6, 8);
    QCOMPARE(*m_postgres.query(m_url, "SELECT count(*) FROM unread"), QByteArray("3"));
}

// Each SEND has its one answer, in turn, and each answer is true.
void Outage::losesNothingOfWhatWasSentUnderLoad()
{
    constexpr int Count = 1500;
    const TestServer server({}, m_url);
    User alice(server, 1);
    expectComplaint();
    for (int i = 0; i < Count; ++i)
        alice.send(sendCommand(key(i)));
    std::vector<QJsonObject> answers{alice.expect(R"({"cmd":"SENT","ref":"k0"})")};
    m_postgres.stop(Postgres::Stop::Kill);
    const auto started = m_postgres.start();
    QVERIFY2(started, why(started));
    while (answers.size() < Count)
        answers.push_back(alice.expect(R"({"ref":")" + key(int(answers.size())) + R"("})"));
    startAgain(server);

    for (int i = 0; i < Count; ++i)
        alice.send(sendCommand(key(i)));
    std::set<qint64> seqs;
    for (int i = 0; i < Count; ++i) {
        const QJsonObject &first = answers[size_t(i)];
        const QJsonObject again = alice.expect(R"({"cmd":"SENT","ref":")" + key(i) + R"("})");
        seqs.insert(again["seq"_L1].toInteger());
        if (first["cmd"_L1] == "SENT"_L1) {
            QCOMPARE(again["seq"_L1], first["seq"_L1]);
            QCOMPARE(again["duplicate"_L1].toBool(), true);
        } else {
            QCOMPARE(first["code"_L1].toString(), u"store_unavailable"_s);
            QVERIFY(!again.contains("duplicate"_L1));
        }
    }
    QCOMPARE(seqs.size(), size_t(Count));
    QCOMPARE(*seqs.rbegin(), qint64(Count));
    User bob(server, 2);
    for (int page = 0; page < Count / 500; ++page) {
        const QByteArray after = R"("limit":500,"after":)" + QByteArray::number(page * 500);
        const int first = page * 500 + 1;
        QCOMPARE(bob.fetch(after, first + 500 <= Count), range(first, first + 499));
    }
}

// docs/protocol.md 4.6: what could not be written is written when it can.
void Outage::whoGoesMeanwhileIsOfflineAfterwards()
{
    const TestServer server({}, m_url);
    User alice(server, 1);
    std::optional<User> bob(std::in_place, server, 2);
    expectComplaint();
    m_postgres.stop();
    expectRefused(alice, {R"("cmd":"FETCH")"});
    bob.reset();
    expectHeartbeat(alice);
    startAgain(server);
    QVERIFY(waitUntil([&] {
        alice.send(R"({"cmd":"STATUS","userIds":[1,2]})");
        const QJsonArray users = alice.expect(R"({"cmd":"STATUS"})")["users"_L1].toArray();
        return users[0]["online"_L1].toBool() && !users[1]["online"_L1].toBool();
    }));
}

void Outage::doesNotStartWithoutItsDatabase()
{
    m_postgres.stop();
    app::Settings settings;
    settings.listen.front().port = 0;
    settings.secretKey = TestServer::SecretKey;
    const SystemClock clock;
    auto store = storage::sql::makeStore(m_url, settings.limits);
    QVERIFY2(store, why(store));
    app::Server server(settings, clock, std::move(*store), app::Server::Strength::ForTests);
    const auto port = server.start();
    QVERIFY(!port);
    const QString text = port.failure().text;
    QVERIFY2(text.contains(u"onnection refused"_s), qPrintable(text));
    QVERIFY2(text.contains(QString::number(m_postgres.port())), qPrintable(text));
}

// SQLite: what does not fit is refused, who only reads is served, and with room it goes on.
void Outage::readsOnAFullDisk()
{
    constexpr int MaxMessages = 400; // 12 MB
    const TemporaryDatabase database;
    const TestServer server({}, database.url());
    User alice(server, 1);
    const QByteArray body(30'000, 'x');
    expectComplaint();
    int fits = 0;
    {
        const FileLimit limit(QFileInfo(database.path() + u"-wal"_s).size() + 200'000);
        for (bool isFull = false; !isFull; ++fits) {
            QVERIFY(fits < MaxMessages);
            alice.send(sendCommand(key(fits), body));
            const QJsonObject answer = alice.expect(R"({"ref":")" + key(fits) + R"("})");
            isFull = answer["code"_L1] == "store_unavailable"_L1;
            QVERIFY(isFull || answer["seq"_L1] == fits + 1);
        }
        --fits; // the last one did not
        User bob(server, 2);
        QCOMPARE(bob.fetch({}, false), range(1, fits));
        alice.send(R"({"cmd":"TRACK","clientId":")" + key(fits) + R"("})");
        alice.expect(R"({"cmd":"TRACK","state":"unknown"})");
        expectHeartbeat(alice);
        QCOMPARE(statusOf(server, "/healthz"), 200);
    }
    alice.send(sendCommand(key(fits), body));
    const QJsonObject sent = alice.expect(R"({"cmd":"SENT"})");
    QCOMPARE(sent["seq"_L1].toInt(), fits + 1);
    QVERIFY(!sent.contains("duplicate"_L1));
    User bob(server, 2);
    QCOMPARE(bob.fetch({}, false), range(1, fits + 1));
    bob.confirmUpTo(fits + 1, fits + 1);
    QCOMPARE(statusOf(server, "/readyz"), 200);
}

QTEST_GUILESS_MAIN(Outage)
#include "outage.moc"
