// SPDX-License-Identifier: MIT
#include "client/chatclient.h"
#include "load/loadrun.h"
#include "support/testserver.h"

#include <QSignalSpy>
#include <QTest>

using namespace parley;
using namespace std::chrono_literals;
using load::LoadRun;
using load::Plan;
using load::Sample;
using load::Summary;
using test::TestServer;

class LoadRunTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void tenPairsLoseNothing();
    void endsAfterItsTime();
    void stopsAtOnceWhileConnecting();
    void twoUsersShareManyConnections();
    void leavesOtherMailAlone();
    void refusedSessionsAreReported();
    void aServerThatIsNotThereIsReported();
    void plansThatCannotBeAreRefusedInWords();
    void mayBeDestroyedInMidRun();
    void runsAgain();

private:
    static Plan planFor(const TestServer &server, int pairs)
    {
        Plan plan;
        plan.server = server.url();
        plan.users = load::ManyUsers{TestServer::SecretKey, UserId(1)};
        plan.pairs = pairs;
        plan.window = 4;
        plan.duration = 0s;
        return plan;
    }
    // Until so many messages were delivered, then stops and waits for the end.
    static Summary runUntil(LoadRun &run, const Plan &plan, qint64 messages)
    {
        QSignalSpy finished(&run, &LoadRun::finished);
        Sample latest;
        const auto watching =
            connect(&run, &LoadRun::sampled, &run, [&](const Sample &sample) { latest = sample; });
        if (!run.start(plan)
            || !QTest::qWaitFor([&] { return latest.messages >= messages; }, 30'000))
            qWarning() << latest.messages << latest.lastError;
        run.stop();
        disconnect(watching);
        return finished.wait(5000) ? finished[0][0].value<Summary>() : Summary();
    }
};

void LoadRunTest::tenPairsLoseNothing()
{
    const TestServer server;
    LoadRun run;
    QSignalSpy samples(&run, &LoadRun::sampled);
    const Summary summary = runUntil(run, planFor(server, 10), 500);
    QVERIFY(summary.delivered >= 500);
    QCOMPARE(summary.sent, summary.delivered);
    QCOMPARE(summary.confirmed, summary.delivered);
    QVERIFY(summary.isClean());
    QCOMPARE(summary.errors, 0);
    QVERIFY(summary.elapsed > 0);
    QVERIFY(summary.latency.p50 > 0);
    QVERIFY(summary.latency.p50 <= summary.latency.p95);
    QVERIFY(summary.latency.p95 <= summary.latency.p99);
    QVERIFY(summary.latency.p99 <= summary.latency.max);
    const auto sample = samples.last()[0].value<Sample>();
    QCOMPARE(sample.connections, 20);
    QCOMPARE(sample.connected, 20);
    QVERIFY(!run.isRunning());
}

void LoadRunTest::endsAfterItsTime()
{
    const TestServer server;
    LoadRun run;
    Plan plan = planFor(server, 2);
    plan.duration = 1s;
    QSignalSpy finished(&run, &LoadRun::finished);
    QVERIFY(run.start(plan));
    QVERIFY(!run.start(plan)); // one at a time
    QVERIFY(finished.wait(10'000));
    const auto summary = finished[0][0].value<Summary>();
    QVERIFY(summary.elapsed >= 1 && summary.elapsed < 3);
    QVERIFY(summary.isClean() && summary.delivered > 0);
}

void LoadRunTest::stopsAtOnceWhileConnecting()
{
    const TestServer server;
    LoadRun run;
    QSignalSpy finished(&run, &LoadRun::finished);
    QVERIFY(run.start(planFor(server, 10)));
    run.stop();
    QVERIFY(finished.wait(4000));
    QVERIFY(finished[0][0].value<Summary>().isClean());
    run.stop(); // nothing more to stop
}

void LoadRunTest::twoUsersShareManyConnections()
{
    const TestServer server;
    LoadRun run;
    Plan plan = planFor(server, 4);
    plan.users = load::TwoUsers{
        protocol::Credentials{"user1", "secret"}, protocol::Credentials{"user2", "secret"}};
    const Summary summary = runUntil(run, plan, 100);
    QVERIFY(summary.delivered >= 100);
    QVERIFY(summary.isClean());
    QCOMPARE(summary.confirmed, summary.delivered);
}

void LoadRunTest::leavesOtherMailAlone()
{
    const TestServer server;
    client::Options options;
    options.server = server.url();
    options.identity = client::timeSessions(TestServer::SecretKey, UserId(3));
    client::ChatClient writer(options);
    QSignalSpy stored(&writer, &client::ChatClient::stored);
    writer.connectToServer();
    QVERIFY(!writer.send(UserId(2), "a letter").isNull());
    QVERIFY(stored.wait());
    LoadRun run;
    QVERIFY(runUntil(run, planFor(server, 1), 20).delivered >= 20);
    options.identity = client::timeSessions(TestServer::SecretKey, UserId(2));
    client::ChatClient reader(options);
    QSignalSpy received(&reader, &client::ChatClient::messageReceived);
    reader.connectToServer();
    QVERIFY(received.wait());
    QCOMPARE(received[0][0].value<protocol::Message>().body, QByteArray("a letter"));
}

void LoadRunTest::refusedSessionsAreReported()
{
    const TestServer server;
    LoadRun run;
    QSignalSpy finished(&run, &LoadRun::finished);
    Plan plan = planFor(server, 3);
    plan.users = load::ManyUsers{"another key", UserId(1)};
    QVERIFY(run.start(plan));
    QVERIFY(finished.wait(10'000));
    const auto summary = finished[0][0].value<Summary>();
    QVERIFY(summary.failure.contains(QStringLiteral("No pair could connect")));
    QVERIFY(summary.errors > 0);
    QVERIFY(!summary.lastError.isEmpty());
}

void LoadRunTest::aServerThatIsNotThereIsReported()
{
    Plan plan;
    {
        const TestServer gone;
        plan = planFor(gone, 1);
    }
    LoadRun run;
    QSignalSpy finished(&run, &LoadRun::finished);
    QString error;
    connect(&run, &LoadRun::sampled, &run, [&](const Sample &sample) { error = sample.lastError; });
    QVERIFY(run.start(plan));
    QTRY_VERIFY(!error.isEmpty());
    run.stop();
    QVERIFY(finished.wait(5000));
}

void LoadRunTest::plansThatCannotBeAreRefusedInWords()
{
    Plan plan;
    QVERIFY(!load::whyNot(plan).isEmpty()); // no server
    plan.server = QUrl(QStringLiteral("ws://127.0.0.1:2345"));
    QVERIFY(!load::whyNot(plan).isEmpty()); // no key
    plan.users = load::ManyUsers{"key", UserId(1)};
    QVERIFY(load::whyNot(plan).isEmpty());
    plan.users = load::TwoUsers{};
    plan.pairs = 11;
    QVERIFY(load::whyNot(plan).contains(QStringLiteral("10")));
    plan.pairs = 1;
    plan.window = 0;
    QVERIFY(!load::whyNot(plan).isEmpty());
    LoadRun run;
    QSignalSpy finished(&run, &LoadRun::finished);
    QVERIFY(run.start(plan));
    QVERIFY(finished.wait());
    QCOMPARE(finished[0][0].value<Summary>().failure, load::whyNot(plan));
}

void LoadRunTest::mayBeDestroyedInMidRun()
{
    const TestServer server;
    auto run = std::make_unique<LoadRun>();
    QSignalSpy samples(run.get(), &LoadRun::sampled);
    QVERIFY(run->start(planFor(server, 5)));
    QVERIFY(samples.wait());
    run.reset();
}

void LoadRunTest::runsAgain()
{
    const TestServer server;
    LoadRun run;
    for (int i = 0; i < 2; ++i) {
        const Summary summary = runUntil(run, planFor(server, 2), 20);
        QVERIFY(summary.delivered >= 20 && summary.isClean());
    }
}

QTEST_GUILESS_MAIN(LoadRunTest)
#include "run.moc"
