// SPDX-License-Identifier: MIT
// Clients that others wrote talk through the real program, which is killed in the middle: nothing
// is lost, doubled or out of order.
#include "foreign/client.h"
#include "support/daemon.h"

#include <QJsonArray>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

using namespace parley::test;

namespace {

constexpr int Messages = 40;
const QByteArray Text = QStringLiteral(u"h\u00E9\u20AC\U0001F600 \"\\\n").toUtf8();
const QByteArray TextInJson = QStringLiteral(u"h\u00E9\u20AC\U0001F600 \\\"\\\\\\n").toUtf8();

QByteArray sendToBob(int number)
{
    return R"({"cmd":"SEND","receiveUserId":2,"body":")" + TextInJson + R"(","clientId":"m)"
        + QByteArray::number(number) + "\"}";
}

} // namespace

class Clients : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup() { m_server.reset(); }

    void speakHttp_data() { all(); }
    void speakHttp();
    void surviveAServerThatIsKilled_data() { all(); }
    void surviveAServerThatIsKilled();

private:
    static void all();
    static QByteArray logIn(ForeignClient &, const QByteArray &name);
    static void exchangeOne(ForeignClient &alice, ForeignClient &bob);
    void killWhileSending(ForeignClient &alice);
    static void resendAll(ForeignClient &alice);
    static void fetchAll(ForeignClient &bob);

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Daemon> m_server;
};

void Clients::all()
{
    QTest::addColumn<QString>("client");
    for (const char *name : {"websockets", "aiohttp", "ws", "curl"})
        QTest::newRow(name) << QString::fromLatin1(name);
}

// On a busy machine a client that only listens is not to be thrown out.
void Clients::initTestCase()
{
    qputenv("PARLEY_PRESENCE_TIMEOUT_MS", "300000");
}

void Clients::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_server = std::make_unique<Daemon>(QStringLiteral(PARLEYD),
        QStringLiteral("sqlite:") + m_folder->filePath(QStringLiteral("parley.db")),
        m_folder->path(), "foreign-key");
    QVERIFY(m_server->administer(
        {QStringLiteral("user"), QStringLiteral("import"), QStringLiteral("-")},
        "1,alice,secret\n2,bob,secret\n"));
    QVERIFY2(m_server->start(), m_server->log().constData());
}

QByteArray Clients::logIn(ForeignClient &client, const QByteArray &name)
{
    const auto answer =
        client.http("POST", "/login", R"({"username":")" + name + R"(","password":"secret"})");
    if (answer.status != 200)
        QTest::qFail("cannot log in: " + answer.body, __FILE__, __LINE__);
    return answer.json()[QStringLiteral("chat")].toString().toLatin1();
}

void Clients::speakHttp()
{
    QFETCH(QString, client);
    ForeignClient alice(client, m_server->port());
    QCOMPARE(alice.http("GET", "/healthz").status, 200);
    QCOMPARE(alice.http("GET", "/readyz").status, 200);
    QVERIFY(alice.http("GET", "/metrics").body.contains("\nparley_connections 0\n"));
    QCOMPARE(alice.http("GET", "/nowhere").status, 404);
    QCOMPARE(alice.http("GET", "/login").status, 405);
    const auto wrong = alice.http("POST", "/login", R"({"username":"alice","password":"wrong"})");
    QCOMPARE(wrong.status, 401);
    QVERIFY(wrong.body.contains("bad_credentials"));

    const QByteArray chat = logIn(alice, "alice");
    const QByteArray session = chat.mid(chat.indexOf("session=") + 8);
    const QByteArray forged = QByteArray(chat).replace(session, "p1_" + QByteArray(43, 'A'));
    QCOMPARE(alice.connect(forged), 401);
    QCOMPARE(alice.connect(chat), 101);
    alice.expect(R"({"cmd":"HELLO","userId":1})");
    // By another, for the answer and the end of the connection come in no certain order.
    ForeignClient elsewhere(client, m_server->port());
    QCOMPARE(elsewhere.http("POST", "/logout", {}, session).status, 204);
    QCOMPARE(alice.closed(), 4401);
    QCOMPARE(alice.connect(chat), 401);
}

void Clients::surviveAServerThatIsKilled()
{
    QFETCH(QString, client);
    ForeignClient alice(client, m_server->port());
    ForeignClient bob(client, m_server->port());
    const QByteArray aliceChat = logIn(alice, "alice");
    const QByteArray bobChat = logIn(bob, "bob");
    QCOMPARE(alice.connect(aliceChat), 101);
    QCOMPARE(bob.connect(bobChat), 101);
    alice.expect(R"({"cmd":"HELLO","userId":1})");
    bob.expect(R"({"cmd":"HELLO","userId":2})");
    exchangeOne(alice, bob);
    killWhileSending(alice);
    QCOMPARE(bob.closed(), 1006);
    QVERIFY2(m_server->start(m_server->port()), m_server->log().constData());

    QCOMPARE(alice.connect(aliceChat), 101);
    alice.expect(R"({"cmd":"HELLO","userId":1})");
    resendAll(alice);
    QCOMPARE(bob.connect(bobChat), 101);
    bob.expect(R"({"cmd":"HELLO","userId":2})");
    fetchAll(bob);
    QCOMPARE(alice.close(), 1000);
    QCOMPARE(bob.close(), 1000);
    QCOMPARE(m_server->terminate(), 0);
}

void Clients::exchangeOne(ForeignClient &alice, ForeignClient &bob)
{
    alice.say(sendToBob(1));
    alice.expect(R"({"cmd":"SENT","clientId":"m1","receiveUserId":2,"seq":1})");
    const QJsonObject message = bob.expect(R"({"cmd":"MESSAGE","sendUserId":1,"seq":1})");
    QCOMPARE(message[QStringLiteral("body")].toString().toUtf8(), Text);
    bob.say(R"({"cmd":"CONFIRM","seqs":[1],"ref":"c"})");
    bob.expect(R"({"cmd":"CONFIRMED","removed":1,"ref":"c"})");
}

// At least one is stored and told to be; of the others nobody knows.
void Clients::killWhileSending(ForeignClient &alice)
{
    for (int number = 2; number <= Messages; ++number)
        alice.say(sendToBob(number));
    alice.expect(R"({"cmd":"SENT","clientId":"m2","seq":2})");
    m_server->kill();
    QCOMPARE(alice.closed(), 1006);
}

void Clients::resendAll(ForeignClient &alice)
{
    alice.say(sendToBob(1)); // confirmed before the server was killed
    alice.expect(R"({"cmd":"SENT","clientId":"m1","seq":1,"duplicate":true})");
    for (int number = 2; number <= Messages; ++number)
        alice.say(sendToBob(number));
    alice.expect(R"({"cmd":"SENT","clientId":"m2","seq":2,"duplicate":true})");
    for (int number = 3; number <= Messages; ++number) {
        const QByteArray digits = QByteArray::number(number);
        alice.expect(R"({"cmd":"SENT","clientId":"m)" + digits + R"(","seq":)" + digits + '}');
    }
}

void Clients::fetchAll(ForeignClient &bob)
{
    bob.say(R"({"cmd":"FETCH"})");
    const QJsonObject page = bob.expect(R"({"cmd":"MESSAGES","more":false})");
    const QJsonArray messages = page[QStringLiteral("messages")].toArray();
    QCOMPARE(messages.size(), Messages - 1);
    for (int i = 0; i < messages.size(); ++i) {
        QCOMPARE(messages[i][QStringLiteral("seq")].toInt(), i + 2);
        QCOMPARE(
            messages[i][QStringLiteral("clientId")].toString(), QStringLiteral("m%1").arg(i + 2));
        QCOMPARE(messages[i][QStringLiteral("body")].toString().toUtf8(), Text);
    }
    bob.say(R"({"cmd":"CONFIRM","upTo":)" + QByteArray::number(Messages) + R"(,"ref":"all"})");
    bob.expect(R"({"cmd":"CONFIRMED","removed":)" + QByteArray::number(Messages - 1) + '}');
    bob.say(R"({"cmd":"FETCH"})");
    QVERIFY(bob.expect(R"({"cmd":"MESSAGES","more":false})")[QStringLiteral("messages")]
                .toArray()
                .isEmpty());
}

QTEST_GUILESS_MAIN(Clients)
#include "clients.moc"
