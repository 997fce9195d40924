// SPDX-License-Identifier: MIT
// What each step does on a real server, and how it fails.
#include "scenario/run/runner.h"
#include "support/fakeserver.h"
#include "support/testserver.h"

#include <QSignalSpy>
#include <QTest>

using namespace parley;
using namespace parley::scenario;
using namespace parley::test;
using namespace std::chrono_literals;

namespace {
const QByteArray Head = "name: A test\n"
                        "users:\n"
                        "  user1: {password: secret}\n"
                        "  user2: {password: secret}\n"
                        "  ghost: {absent: true}\n"
                        "clients:\n"
                        "  A: user1\n"
                        "  B: {user: user2, autoConfirm: false}\n"
                        "  C: {user: user1, login: true}\n"
                        "  D: {user: user2, login: true, password: wrong}\n"
                        "within: 5000\n"
                        "steps:\n";

Scenario scenarioOf(const QByteArray &steps)
{
    auto scenario = parse(Head + steps, QStringLiteral("x.yaml"));
    if (!scenario)
        qFatal("%s", qPrintable(scenario.failure().text));
    return *scenario;
}

Verdict run(const Scenario &scenario, const QUrl &url)
{
    play::Players players;
    Runner runner(players);
    QSignalSpy finished(&runner, &Runner::finished);
    runner.start(scenario, {url, TestServer::SecretKey, knownUsers(scenario)});
    if (!finished.wait(30'000))
        qFatal("the scenario does not end");
    for (const auto &player : players.all()) {
        if (player->isOnline())
            qFatal("somebody stayed behind");
    }
    return runner.verdict();
}

QUrl urlOf(const TestServer &server)
{
    return QUrl(QStringLiteral("ws://127.0.0.1:%1").arg(server.port()));
}

// Steps that pass, and steps that fail for this reason.
void passes(const char *name, const QByteArray &steps)
{
    QTest::newRow(name) << steps << QString();
}
void fails(const char *name, const QByteArray &steps, const char *why)
{
    QTest::newRow(name) << steps << QString::fromUtf8(why);
}

const QByteArray Both = "- connect: [A, B]\n";
const QByteArray Hello = Both
    + "- send: {from: A, to: user2, body: hello, as: m}\n"
      "- expect: {client: A, frame: {cmd: SENT, clientId: $m.clientId}, as: sent}\n";

void rowsOfConnecting()
{
    passes("connect", Both);
    fails("connect, refused", "- session: {client: A, is: wrong}\n- connect: A\n",
        "A was refused (HTTP status 401)");
    passes("refused", "- refused: {client: D, status: 401}\n");
    fails("refused, let in", "- refused: {client: A, status: 401}\n", "was let in");
    fails("refused otherwise", "- refused: {client: D, status: 403}\n", "ended with 401");
    passes("refused, not known",
        "- session: {client: A, is: expired}\n"
        "- refused: {client: A, status: 401}\n"
        "- session: {client: A, is: right}\n- connect: A\n");
    passes("disconnect", Both + "- disconnect: [A, B]\n- wait-until: {offline: A}\n");
}

void rowsOfSending()
{
    fails("send, no account", "- send: {from: A, to: user2, body: x}\n", "A cannot send");
    fails("send, no such value", "- connect: A\n- send: {from: A, to: user2, body: $x.y}\n",
        "there is no $x.y (yet)");
    passes("send, to an id",
        "- connect: A\n- send: {from: A, to: 2, body: x}\n"
        "- expect: {client: A, frame: {cmd: SENT, receiveUserId: 2}}\n");
    passes("send, to nobody",
        "- connect: A\n- send: {from: A, to: ghost, body: x}\n"
        "- expect: {client: A, frame: {cmd: ERROR, code: unknown_user}}\n");
    passes("expect",
        Hello
            + "- expect: {client: B, frame: {cmd: MESSAGE, seq: $sent.seq, sendUserId: $user1}}\n");
    fails("expect, another value",
        Hello + "- expect: {client: B, frame: {cmd: MESSAGE, body: hallo}, within: 200}\n",
        "the nearest: `body` should be \"hallo\" and is \"hello\" (waited 200 ms)");
    fails("expect, another frame",
        Hello + "- expect: {client: B, frame: {cmd: BEHIND}, within: 200}\n",
        "no frame like {\"cmd\":\"BEHIND\"} came; what came: HELLO, MESSAGE #1");
    fails("expect, too few",
        Hello + "- expect: {client: B, frame: {cmd: MESSAGE}, count: 2, within: 200}\n",
        "1 of 2 frames like");
    fails("expect, met already", Hello + "- expect: {client: A, frame: {cmd: SENT}, within: 200}\n",
        "no frame like {\"cmd\":\"SENT\"} came");
    fails("expect, in the other order",
        Hello
            + "- expect: {client: B, frame: {cmd: MESSAGE}}\n"
              "- expect: {client: B, frame: {cmd: HELLO}, within: 200}\n",
        "no frame like");
    passes("expect, in any order",
        Hello
            + "- expect: {client: B, frame: {cmd: MESSAGE}}\n"
              "- expect: {client: B, frame: {cmd: HELLO}, anyOrder: true}\n");
    passes("expect, a range and what is absent",
        Hello
            + "- expect: {client: B, frame: {cmd: MESSAGE, seq: {atLeast: 1, atMost: 1},"
              " ref: null, time: \"*\"}}\n");
    fails("expect, out of the range",
        Hello + "- expect: {client: B, frame: {cmd: MESSAGE, seq: {atLeast: 2}}, within: 200}\n",
        "`seq` should be {\"atLeast\":2} and is 1");
    passes("expect none", Both + "- expect: {client: B, frame: {cmd: MESSAGE}, none: true}\n");
    passes("expect none, for a while",
        Both + "- expect: {client: B, frame: {cmd: MESSAGE}, none: true, within: 100}\n");
    fails("expect none, and it came",
        Hello
            + "- wait-until: {received: {client: B, count: 1}}\n"
              "- expect: {client: B, frame: {cmd: MESSAGE}, none: true}\n",
        "this should not have come: {\"body\":\"hello\"");
    passes("raw",
        Both
            + "- raw: {client: A, frame: {cmd: TRACK, clientId: x, ref: 5}, size: 99}\n"
              "- expect: {client: A, frame: {cmd: TRACK, state: unknown, ref: 5}}\n");
    passes("raw, a text",
        Both
            + "- raw: {client: A, frame: 'for 5$$'}\n"
              "- expect: {client: A, frame: {cmd: ERROR, code: bad_json}}\n");
    fails("raw, offline", "- raw: {client: A, frame: x}\n", "A is not connected");
    passes("binary",
        Both
            + "- binary: {client: A, hex: 00ff}\n"
              "- expect: {client: A, frame: {cmd: ERROR, code: unsupported}}\n");
    fails("binary, offline", "- binary: {client: A, hex: '00'}\n", "A is not connected");
}

void rowsOfReceiving()
{
    passes("fetch",
        "- connect: A\n- send: {from: A, to: user2, body: x, count: 3}\n"
        "- wait-until: {stored: A}\n- connect: B\n- fetch: B\n"
        "- expect: {client: B, frame: {cmd: MESSAGES, messages: [{}, {}, {}]}}\n");
    passes("fetch, a page",
        "- connect: A\n- send: {from: A, to: user2, body: $n, count: 3}\n"
        "- wait-until: {stored: A}\n- connect: B\n"
        "- fetch: {client: B, after: 1, limit: 1}\n"
        "- expect: {client: B, frame: {cmd: MESSAGES, more: true,"
        " messages: [{seq: 2, body: \"2\"}]}}\n");
    fails("fetch, offline", "- fetch: B\n", "B is not connected");
    passes("confirm",
        Hello
            + "- expect: {client: B, frame: {cmd: MESSAGE}}\n- confirm: B\n"
              "- wait-until: {unread: {client: B, is: 0}}\n");
    passes("confirm, by seq",
        Hello
            + "- expect: {client: B, frame: {cmd: MESSAGE}, as: got}\n"
              "- confirm: {client: B, seqs: [$got.seq]}\n"
              "- expect: {client: B, frame: {cmd: CONFIRMED, removed: 1}}\n");
    passes("confirm, up to",
        Hello
            + "- expect: {client: B, frame: {cmd: MESSAGE}}\n"
              "- confirm: {client: B, upTo: $sent.seq}\n"
              "- expect: {client: B, frame: {cmd: CONFIRMED, removed: 1}}\n");
    fails("confirm, no number", Hello + "- confirm: {client: B, upTo: $m.body}\n",
        "\"hello\" is not a seq");
    fails("confirm, offline", "- confirm: B\n", "B is not connected");
    passes("presence",
        Both
            + "- presence: {client: A, user: user2, online: true}\n"
              "- disconnect: B\n"
              "- presence: {client: A, user: user2, online: false}\n");
    fails("presence, still",
        "- connect: A\n"
        "- presence: {client: A, user: user2, online: true, within: 250}\n",
        "user2 is still offline");
    passes("watch",
        "- connect: A\n- watch: {client: A, user: user2}\n- connect: B\n"
        "- expect: {client: A, frame: {cmd: STATUS,"
        " users: [{userId: $user2, online: true}]}}\n");
}

void rowsOfMisbehaviour()
{
    passes("habit, dropped",
        Hello
            + "- habit: {client: B, confirms: dropped}\n"
              "- expect: {client: B, frame: {cmd: MESSAGE}}\n- confirm: B\n"
              "- expect: {client: B, frame: {cmd: CONFIRMED}, none: true}\n");
    passes("habit, doubled",
        Hello
            + "- habit: {client: B, confirms: doubled}\n"
              "- expect: {client: B, frame: {cmd: MESSAGE}}\n- confirm: B\n"
              "- expect: {client: B, frame: {cmd: CONFIRMED, removed: 1}}\n"
              "- expect: {client: B, frame: {cmd: CONFIRMED, removed: 0}}\n");
    passes("habit, delayed",
        Hello
            + "- habit: {client: B, confirms: delayed, delay: 50}\n"
              "- expect: {client: B, frame: {cmd: MESSAGE}}\n- confirm: B\n"
              "- expect: {client: B, frame: {cmd: CONFIRMED, removed: 1}}\n");
    passes("habit, autoConfirm",
        "- habit: {client: B, autoConfirm: true}\n" + Hello
            + "- expect: {client: B, frame: {cmd: CONFIRMED, removed: 1}}\n");
    fails("habit, not reading while offline", "- habit: {client: A, reading: false}\n",
        "A is not connected");
    passes("fault, abort",
        Both
            + "- fault: {client: A, abort: true}\n- disconnect: A\n"
              "- presence: {client: B, user: user1, online: false}\n");
    passes("fault, again",
        Hello
            + "- fault: {client: A, again: true}\n"
              "- expect: {client: A, frame: {cmd: SENT, duplicate: true, seq: $sent.seq}}\n");
    fails("fault, nothing to send again", Both + "- fault: {client: A, again: true}\n",
        "A has sent nothing yet");
    passes("fault, flood",
        Both
            + "- fault: {client: A, flood: 200}\n"
              "- expect: {client: A, frame: {cmd: HEARTBEAT}, count: 200}\n");
    fails("fault, offline", "- fault: {client: A, flood: 5}\n", "A is not connected");
    passes("session, another user's",
        "- session: {client: A, of: user2}\n"
        "- refused: {client: A, status: 401}\n");
    passes("session, given",
        "- http: {method: POST, path: /login, json: {username: $names.user1, password: secret},"
        " as: login}\n"
        "- session: {client: A, given: $login.session}\n- connect: [A, C]\n"
        "- http: {method: POST, path: /logout, bearer: $login.session, status: 204}\n"
        "- closed: {client: A, code: 4401}\n");
}

void rowsOfLooking()
{
    passes("closed",
        Both
            + "- raw: {client: A, frame: {}, count: 10}\n"
              "- closed: {client: A, code: 4400}\n");
    fails("closed, otherwise",
        Both
            + "- raw: {client: A, frame: {}, count: 10}\n"
              "- closed: {client: A, code: 4401}\n",
        "should have been closed with 4401, and was with 4400");
    fails("closed, not at all", Both + "- closed: {client: A, code: 4400, within: 200}\n",
        "the connection did not end; what came: HELLO");
    fails("wait-until online", "- wait-until: {online: A, within: 100}\n", "A is not online");
    fails("wait-until offline", Both + "- wait-until: {offline: A, within: 100}\n",
        "A is not offline");
    fails("wait-until unread", Hello + "- wait-until: {unread: {client: B, is: 5}, within: 200}\n",
        "should be 5 and is 1");
    fails("wait-until received",
        Hello + "- wait-until: {received: {client: B, count: 5}, within: 200}\n",
        "should be 5 and is 1");
    fails("wait-until stored",
        Both
            + "- disconnect: A\n- send: {from: A, to: user2, body: x}\n"
              "- wait-until: {stored: A, within: 100}\n",
        "1 of what A sent was not answered");
    fails("server, not ours", "- server: kill\n", "was not started for the scenario");
    passes("audit", Hello + "- audit: true\n");
    passes("check",
        Hello
            + "- wait-until: {received: {client: B, count: 1}}\n"
              "- check: {client: B, received: 1, order: true, complete: true}\n");
    fails("check, the number", Hello + "- check: {client: B, received: 7}\n",
        "B should have received 7 messages and has ");
    fails("check, what was accepted",
        "- connect: A\n- send: {from: A, to: user2, body: x}\n"
        "- wait-until: {stored: A}\n"
        "- check: {client: B, complete: true}\n",
        "#1 was accepted, and B never received it");
    passes("http",
        "- http: {path: /healthz}\n"
        "- http: {path: /nowhere, status: 404, contains: not_found}\n");
    fails("http, another status", "- http: {path: /nowhere}\n", "with 200, and was with 404");
    fails("http, another answer", "- http: {path: /nowhere, status: 404, contains: tea}\n",
        "does not contain \"tea\"");
    passes("repeat",
        Both
            + "- repeat:\n    times: 3\n    steps:\n"
              "      - send: {from: A, to: user2, body: round $round}\n"
              "      - expect: {client: B, frame: {body: round $round}}\n");
}

} // namespace

class TestScenarioSteps : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aStepPassesOrSaysWhyNot_data();
    void aStepPassesOrSaysWhyNot();
    void whoFallsSilentIsClosed();
    void disorderAndGapsAreSeen();
    void aPauseTakesItsTime();
    void itCanBeStoppedInTheMiddle();
    void aFailureNamesItsStepAndItsFrame();
    void aWitnessHasTheLastWord();
};

void TestScenarioSteps::aStepPassesOrSaysWhyNot_data()
{
    QTest::addColumn<QByteArray>("steps");
    QTest::addColumn<QString>("why"); // empty: it passes
    rowsOfConnecting();
    rowsOfSending();
    rowsOfReceiving();
    rowsOfMisbehaviour();
    rowsOfLooking();
}

void TestScenarioSteps::aStepPassesOrSaysWhyNot()
{
    QFETCH(QByteArray, steps);
    QFETCH(QString, why);
    TestServer server;
    const Scenario scenario = scenarioOf(steps);
    const Verdict verdict = run(scenario, urlOf(server));
    QVERIFY2(verdict.failure.contains(why), qPrintable(verdict.failure));
    QVERIFY2(verdict.passed() == why.isEmpty(), qPrintable(verdict.failure));
    // What failed is the last that ran.
    QCOMPARE(verdict.failedStep(), why.isEmpty() ? -1 : int(scenario.steps.size()) - 1);
}

void TestScenarioSteps::whoFallsSilentIsClosed()
{
    TestServer server([](app::Settings &settings) {
        settings.limits.heartbeatInterval = 100ms;
        settings.limits.heartbeatTimeout = 400ms;
    });
    const Verdict verdict = run(scenarioOf("- connect: [A, B]\n"
                                           "- habit: {client: A, heartbeat: false}\n"
                                           "- closed: {client: A, code: 4508}\n"
                                           "- expect: {client: B, frame: {cmd: HEARTBEAT}}\n"),
        urlOf(server));
    QVERIFY2(verdict.passed(), qPrintable(verdict.failure));
}

void TestScenarioSteps::disorderAndGapsAreSeen()
{
    FakeServer server;
    const Scenario scenario = scenarioOf("- connect: B\n"
                                         "- wait-until: {received: {client: B, count: 2}}\n"
                                         "- check: {client: B, order: true}\n");
    play::Players players;
    Runner runner(players);
    QSignalSpy finished(&runner, &Runner::finished);
    runner.start(scenario, {server.url(), "key", knownUsers(scenario)});
    QVERIFY(server.welcome());
    server.message(1);
    server.message(3);
    QVERIFY(finished.wait());
    QVERIFY2(runner.verdict().failure.contains(QLatin1String("after #1 came #3")),
        qPrintable(runner.verdict().failure));
    QVERIFY(runner.verdict().steps[2].outcome.frame > 0);
}

void TestScenarioSteps::aPauseTakesItsTime()
{
    TestServer server;
    const Verdict verdict = run(scenarioOf("- pause: 150\n"), urlOf(server));
    QVERIFY(verdict.passed());
    QVERIFY(verdict.steps[0].tookUs >= 149'000);
}

void TestScenarioSteps::itCanBeStoppedInTheMiddle()
{
    TestServer server;
    const Scenario scenario = scenarioOf("- connect: A\n- pause: 60000\n");
    play::Players players;
    Runner runner(players);
    QSignalSpy finished(&runner, &Runner::finished);
    connect(&runner, &Runner::stepStarted, &runner, [&](int step) {
        if (step == 1)
            runner.stop();
    });
    runner.start(scenario, {urlOf(server), TestServer::SecretKey, knownUsers(scenario)});
    QVERIFY(finished.wait());
    QCOMPARE(runner.verdict().status, Verdict::Status::Stopped);
    QVERIFY(!players.all()[0]->isOnline());
    // And begun again.
    runner.start(
        scenarioOf("- connect: B\n"), {urlOf(server), TestServer::SecretKey, knownUsers(scenario)});
    QVERIFY(finished.wait());
    QVERIFY2(runner.verdict().passed(), qPrintable(runner.verdict().failure));
}

void TestScenarioSteps::aFailureNamesItsStepAndItsFrame()
{
    TestServer server;
    const Scenario scenario =
        scenarioOf("- connect: A\n"
                   "- expect: {client: A, frame: {cmd: HELLO, version: 9}, within: 100}\n"
                   "- disconnect: A\n");
    play::Players players;
    Runner runner(players);
    QSignalSpy finished(&runner, &Runner::finished);
    runner.start(scenario, {urlOf(server), TestServer::SecretKey, knownUsers(scenario)});
    QVERIFY(finished.wait());
    const Verdict &verdict = runner.verdict();
    QVERIFY2(verdict.failure.startsWith(
                 QLatin1String("x.yaml:14: A receives HELLO (version 9): no frame like")),
        qPrintable(verdict.failure));
    QCOMPARE(players.log().frame(verdict.steps[1].outcome.frame)->cmd, QByteArray("HELLO"));
    QCOMPARE(verdict.steps[2].status, StepResult::Status::NotRun);
}

void TestScenarioSteps::aWitnessHasTheLastWord()
{
    TestServer server;
    const Scenario scenario = scenarioOf("- connect: A\n");
    play::Players players;
    Runner runner(players);
    int begun = 0;
    runner.addFinalCheck({[&] { ++begun; },
        [] {
            return Outcome{false, QStringLiteral("LOST #9 of user 2"), 0};
        }});
    QSignalSpy finished(&runner, &Runner::finished);
    runner.start(scenario, {urlOf(server), TestServer::SecretKey, knownUsers(scenario)});
    QVERIFY(finished.wait());
    QCOMPARE(begun, 1);
    QCOMPARE(runner.verdict().status, Verdict::Status::Failed);
    QVERIFY(runner.verdict().failure.contains(QLatin1String("LOST #9 of user 2")));
    QCOMPARE(runner.verdict().failedStep(), -1);
}

QTEST_GUILESS_MAIN(TestScenarioSteps)
#include "steps.moc"
