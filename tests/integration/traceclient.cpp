// SPDX-License-Identifier: MIT
// TraceClient against a real server: it tells the steps, comes back, and stays away where told so.
#include "client/traceclient.h"

#include "support/traced.h"

#include <QSignalSpy>

using namespace parley;
using namespace parley::test;
using client::TraceClient;
using Kind = protocol::TraceKind;

namespace {

constexpr client::Backoff::Settings Quick{10ms, 50ms, 10s};

QUrl urlOf(quint16 port)
{
    return QUrl(QStringLiteral("ws://127.0.0.1:%1").arg(port));
}

// What a TraceClient says.
struct Heard {
    explicit Heard(TraceClient &client)
        : states(&client, &TraceClient::stateChanged)
    {
        QObject::connect(&client, &TraceClient::stepsReceived, &client, [this](const auto &some) {
            ++batches;
            steps.insert(steps.end(), some.begin(), some.end());
        });
    }
    bool has(Kind kind, const QByteArray &cmd) const
    {
        return std::ranges::any_of(
            steps, [&](const auto &step) { return step.kind == kind && step.cmd == cmd; });
    }
    QString why() const { return states.isEmpty() ? QString() : states.last().at(1).toString(); }

    QSignalSpy states;
    std::vector<protocol::TraceEvent> steps;
    int batches = 0;
};

} // namespace

class TraceClientTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void tellsStepsInBatches()
    {
        const TestServer server(traced);
        TraceClient client(nullptr, Quick);
        Heard heard(client);
        client.open(urlOf(server.port()), AdminToken);
        QVERIFY(waitUntil([&] { return client.isConnected(); }));
        QCOMPARE(heard.states.count(), 1);
        QCOMPARE(heard.states.first().at(0).toBool(), true);
        RawClient alice(server.chatUrl(1));
        alice.send(textFrame(R"({"cmd":"HEARTBEAT"})").repeated(500));
        QVERIFY(waitUntil([&] { return heard.steps.size() >= 1000; }));
        QCOMPARE(int(heard.steps.front().kind), int(Kind::Opened));
        QVERIFY(heard.has(Kind::Written, "HELLO"));
        QVERIFY(heard.batches < 500);
        client.close();
        QVERIFY(!client.isConnected() && !client.isWanted());
        QCOMPARE(heard.states.count(), 2);
        QCOMPARE(heard.states.last().at(0).toBool(), false);
    }

    void staysAwayWithAReason_data()
    {
        QTest::addColumn<bool>("enabled");
        QTest::addColumn<QByteArray>("token");
        QTest::addColumn<QString>("word");
        QTest::newRow("wrong token") << true << QByteArray("x") << "token";
        QTest::newRow("no token") << true << QByteArray() << "token";
        QTest::newRow("no trace") << false << AdminToken << "--trace";
    }
    void staysAwayWithAReason()
    {
        QFETCH(bool, enabled);
        QFETCH(QByteArray, token);
        QFETCH(QString, word);
        const TestServer server([enabled](app::Settings &settings) {
            traced(settings);
            settings.traceEnabled = enabled;
        });
        TraceClient client(nullptr, Quick);
        Heard heard(client);
        client.open(urlOf(server.port()), token);
        QVERIFY(waitUntil([&] { return heard.states.count() == 1; }));
        QCOMPARE(heard.states.first().at(0).toBool(), false);
        QVERIFY2(heard.why().contains(word), qPrintable(heard.why()));
        QVERIFY(!heard.why().contains(QString::fromUtf8(AdminToken)));
        QVERIFY(!client.isWanted());
    }

    void comesBackAfterTheServerDoes()
    {
        auto server = std::make_unique<TestServer>(traced);
        const quint16 port = server->port();
        TraceClient client(nullptr, Quick);
        Heard heard(client);
        client.open(urlOf(port), AdminToken);
        QVERIFY(waitUntil([&] { return client.isConnected(); }));
        server.reset();
        QVERIFY(waitUntil([&] { return !client.isConnected() && heard.states.count() >= 3; }));
        QVERIFY(client.isWanted());
        QVERIFY(!heard.why().isEmpty());
        server = std::make_unique<TestServer>([port](app::Settings &settings) {
            traced(settings);
            settings.listen.front().port = port;
        });
        QVERIFY(waitUntil([&] { return client.isConnected(); }));
    }

    void opensAnotherInstead()
    {
        const TestServer first(traced);
        const TestServer second(traced);
        TraceClient client(nullptr, Quick);
        Heard heard(client);
        client.open(urlOf(first.port()), AdminToken);
        QVERIFY(waitUntil([&] { return client.isConnected(); }));
        client.open(urlOf(second.port()), AdminToken);
        QVERIFY(!client.isConnected());
        QVERIFY(waitUntil([&] { return client.isConnected(); }));
        const RawClient unseen(first.chatUrl(1));
        const RawClient seen(second.chatUrl(2));
        QVERIFY(waitUntil([&] { return heard.has(Kind::Written, "HELLO"); }));
        for (const auto &step : heard.steps)
            QCOMPARE(step.userId, UserId(2));
    }

    void mayGoWhileItConnects()
    {
        const TestServer server(traced);
        TraceClient client(nullptr, Quick);
        Heard heard(client);
        client.open(urlOf(server.port()), AdminToken);
        client.close();
        QCOMPARE(heard.states.count(), 0);
        auto gone = std::make_unique<TraceClient>(nullptr, Quick);
        gone->open(urlOf(server.port()), AdminToken);
        QVERIFY(waitUntil([&] { return gone->isConnected(); }));
        gone.reset();
    }
};

QTEST_GUILESS_MAIN(TraceClientTest)
#include "traceclient.moc"
