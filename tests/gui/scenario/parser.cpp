// SPDX-License-Identifier: MIT
// What a scenario file may say, and how it is told what it may not.
#include "scenario/run/target.h"

#include <QFile>
#include <QTest>

using namespace parley;
using namespace parley::scenario;

namespace {

const QByteArray Head = "name: A test\n"
                        "users: [alice, bob]\n"
                        "clients:\n"
                        "  A: alice\n"
                        "  B: {user: bob, autoConfirm: false}\n"
                        "steps:\n"; // the steps begin in line 7

void row(const char *name, const QByteArray &text, const char *told)
{
    QTest::newRow(name) << text << QString::fromLatin1(told);
}

void rowsOfTheWhole()
{
    row("not YAML", "name: [", "x.yaml:1: this is not YAML");
    row("nothing", "", "x.yaml:1: ");
    row("two documents", "name: a\n---\nname: b\n", "x.yaml:1: a file must contain one scenario");
    row("a list", "- connect: A\n", "x.yaml:1: the scenario is of the wrong type");
    row("no name", "clients: {A: alice}\nsteps:\n- connect: A\n",
        "x.yaml:1: the scenario needs `name`");
    row("no steps", "name: x\nclients: {A: alice}\n", "x.yaml:1: the scenario needs `steps`");
    row("key twice", "name: x\nname: y\n", "x.yaml:2: name is given twice");
    row("unknown key", "name: x\nclients: {A: a}\nstops: []\nsteps:\n- connect: A\n",
        "x.yaml:3: the scenario has no field `stops`");
    row("client's name", "name: x\nclients: {Alice: a}\nsteps:\n- connect: A\n",
        "x.yaml:2: clients has no field `Alice`");
    row("client's user", "name: x\nusers: [bob]\nclients:\n  A: alice\nsteps:\n- connect: A\n",
        "x.yaml:4: `users` has no alice");
    row("user twice", "name: x\nusers: [bob, bob]\nclients: {A: bob}\nsteps:\n- connect: A\n",
        "x.yaml:2: bob is given twice");
    row("unknown step", Head + "  - connect: A\n  - snd: {from: A}\n",
        "x.yaml:8: there is no step `snd`");
    row("two steps in one", Head + "  - connect: A\n    disconnect: A\n", "x.yaml:7: ");
    row("missing field", Head + "  - connect: A\n  - send: {to: bob, body: x}\n",
        "x.yaml:8: send needs `from`");
    row("unknown field", Head + "  - send: {from: A, to: bob, boddy: x}\n",
        "x.yaml:7: send has no field `boddy`");
    row("wrong type",
        Head
            + "  - send:\n      from: A\n      to: bob\n      body: x\n"
              "      count: many\n",
        "x.yaml:11: count is of the wrong type");
    row("out of range", Head + "  - send: {from: A, to: bob, body: x, count: 0}\n",
        "x.yaml:7: count: ");
    row("not of the enum", Head + "  - server: explode\n", "x.yaml:7: server is not one of");
    row("no such client", Head + "  - connect: A\n  - connect: [A, C]\n",
        "x.yaml:8: there is no client C");
    row("no such client in a wait", Head + "  - wait-until: {unread: {client: C, is: 1}}\n",
        "x.yaml:7: there is no client C");
    row("no such user", Head + "  - send: {from: A, to: carol, body: x}\n",
        "x.yaml:7: there is no user carol");
}

void rowsOfSteps()
{
    row("neither body nor size", Head + "  - send: {from: A, to: bob}\n",
        "x.yaml:7: send needs either");
    row("a clientId for several",
        Head + "  - send: {from: A, to: bob, body: x, clientId: k, count: 2}\n",
        "x.yaml:7: a clientId");
    row("hex", Head + "  - binary: {client: A, hex: 0g}\n", "x.yaml:7: hex must be pairs");
    row("named and none", Head + "  - expect: {client: A, frame: {cmd: SENT}, none: true, as: x}\n",
        "x.yaml:7: `none` allows neither");
    row("two faults", Head + "  - fault: {client: A, abort: true, again: true}\n",
        "x.yaml:7: fault needs one of");
    row("no habit", Head + "  - habit: {client: A}\n", "x.yaml:7: habit needs one of");
    row("delay of nothing", Head + "  - habit: {client: A, confirms: dropped, delay: 5}\n",
        "x.yaml:7: `delay` belongs to");
    row("no session", Head + "  - session: {client: A}\n", "x.yaml:7: session needs one of");
    row("nothing to wait for", Head + "  - wait-until: {within: 5}\n",
        "x.yaml:7: wait-until needs one of");
    row("nothing to check", Head + "  - check: {client: A}\n", "x.yaml:7: check needs");
    row("two confirms", Head + "  - confirm: {client: A, seqs: [1], upTo: 2}\n",
        "x.yaml:7: confirm needs one of");
    row("repeat in a repeat",
        Head
            + "  - repeat:\n      times: 2\n      steps:\n"
              "        - repeat: {times: 2, steps: [{pause: 1}]}\n",
        "x.yaml:10: a repeat must not contain another repeat");
    row("too many steps",
        Head + "  - repeat: {times: 1000, steps: ["
            + QByteArray("{pause: 1}, ").repeated(11).chopped(2) + "]}\n",
        "x.yaml:7: these are more than 10000 steps");
    row("a long text", "name: " + QByteArray(20'000, 'x') + '\n',
        "x.yaml:1: a text is longer than 16 KiB");
    row("too deep", "name: " + QByteArray(40, '[') + QByteArray(40, ']') + '\n',
        "x.yaml:1: this is nested too deep");
    row("aliases without end",
        "a: &a [x, x, x, x, x, x, x, x, x]\nb: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a]\n"
        "c: &c [*b, *b, *b, *b, *b, *b, *b, *b, *b]\nd: &d [*c, *c, *c, *c, *c, *c, *c, *c]\n"
        "e: &e [*d, *d, *d, *d, *d, *d, *d, *d]\nf: [*e, *e, *e, *e, *e, *e, *e, *e, *e]\n",
        "nested too deep, or too large");
    row("too large", QByteArray(MostFileBytes + 1, '#'), "x.yaml:1: the file is larger");
}

} // namespace

class TestScenarioParser : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aScenarioIsReadAsItStands();
    void aRepeatIsItsStepsAgainAndAgain();
    void aMistakeIsToldWithFileAndLine_data();
    void aMistakeIsToldWithFileAndLine();
    void everyStepCanBeSaidInWords();
    void everyShippedScenarioIsOne();
    void theDocumentsExampleIsAShippedFile();
    void usersOfASharedStoreAreNew();
};

void TestScenarioParser::aScenarioIsReadAsItStands()
{
    const auto scenario = parse("name: Story\n"
                                "about: >\n  Two\n  lines\n"
                                "within: 700\n"
                                "server: {limits.window: 8, log.level: debug}\n"
                                "users: {alice: {id: 7, password: secret}, bob: {absent: true}}\n"
                                "clients: {A: {user: alice, login: true, heartbeat: false}}\n"
                                "steps:\n"
                                "  - connect: A\n"
                                "  - send: {from: A, to: bob, body: '42', count: 3, within: 90}\n",
        QStringLiteral("story.yaml"));
    QVERIFY2(scenario, scenario ? "" : qPrintable(scenario.failure().text));
    QCOMPARE(scenario->name, QStringLiteral("Story"));
    QCOMPARE(scenario->about, QStringLiteral("Two lines"));
    QCOMPARE(scenario->within, milliseconds(700));
    QCOMPARE(scenario->server.value(QStringLiteral("limits.window")), QStringLiteral("8"));
    QVERIFY(scenario->needsOwnServer());
    QCOMPARE(scenario->user(QStringLiteral("alice"))->id, std::optional<qint64>(7));
    QVERIFY(scenario->user(QStringLiteral("bob"))->absent);
    QCOMPARE(scenario->clients.size(), size_t(1));
    QVERIFY(scenario->clients[0].login && !scenario->clients[0].heartbeat);
    QVERIFY(scenario->clients[0].autoConfirm);
    QCOMPARE(scenario->steps.size(), size_t(2));
    QCOMPARE(scenario->steps[1].line, 11);
    QCOMPARE(scenario->steps[1].within, std::optional(milliseconds(90)));
    const auto &send = std::get<Send>(scenario->steps[1].action);
    QCOMPARE(send.body, QStringLiteral("42"));
    QCOMPARE(send.count, 3);
}

void TestScenarioParser::aRepeatIsItsStepsAgainAndAgain()
{
    const auto scenario = parse(Head
            + "  - repeat:\n"
              "      times: 3\n"
              "      steps:\n"
              "        - send: {from: A, to: bob, body: $round}\n"
              "        - pause: 1\n",
        QStringLiteral("x.yaml"));
    QVERIFY2(scenario, scenario ? "" : qPrintable(scenario.failure().text));
    QCOMPARE(scenario->steps.size(), size_t(6));
    QCOMPARE(scenario->steps[4].round, 3);
    QCOMPARE(scenario->steps[4].line, 10);
}

void TestScenarioParser::aMistakeIsToldWithFileAndLine_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("told");
    rowsOfTheWhole();
    rowsOfSteps();
}

void TestScenarioParser::aMistakeIsToldWithFileAndLine()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, told);
    const auto scenario = parse(text, QStringLiteral("x.yaml"));
    QVERIFY(!scenario);
    QVERIFY2(scenario.failure().text.contains(told), qPrintable(scenario.failure().text));
}

void TestScenarioParser::everyStepCanBeSaidInWords()
{
    const auto scenario = parse(Head
            + "  - send: {from: A, to: bob, body: hello, count: 3}\n"
              "  - expect: {client: B, frame: {cmd: MESSAGE, seq: $m.seq, body: hello}}\n"
              "  - wait-until: {unread: {client: B, is: 2}}\n",
        QStringLiteral("x.yaml"));
    QVERIFY(scenario);
    QCOMPARE(describe(scenario->steps[0]), QStringLiteral("A sends 3 times \"hello\" to bob"));
    QCOMPARE(describe(scenario->steps[1]),
        QStringLiteral("B receives MESSAGE (body \"hello\", seq $m.seq)"));
    QCOMPARE(describe(scenario->steps[2]), QStringLiteral("until B has 2 unread"));
}

void TestScenarioParser::everyShippedScenarioIsOne()
{
    const QStringList files = shipped();
    QVERIFY(files.size() >= 12);
    for (const QString &file : files) {
        const auto scenario = load(file);
        QVERIFY2(scenario, scenario ? "" : qPrintable(scenario.failure().text));
        QVERIFY(!scenario->about.isEmpty());
    }
}

void TestScenarioParser::theDocumentsExampleIsAShippedFile()
{
    QFile document(QStringLiteral(PARLEY_TEST_DATA "/../../docs/scenarios.md"));
    QFile example(QStringLiteral(":/scenarios/02-message-online.yaml"));
    QVERIFY(!shipped().isEmpty()); // makes them readable
    QVERIFY(document.open(QIODevice::ReadOnly) && example.open(QIODevice::ReadOnly));
    QVERIFY(document.readAll().contains("```yaml\n" + example.readAll() + "```"));
}

void TestScenarioParser::usersOfASharedStoreAreNew()
{
    const auto scenario = parse("name: x\n"
                                "users: {alice: {}, bob: {id: 9}, ghost: {absent: true}}\n"
                                "clients: {A: alice}\n"
                                "steps:\n- connect: A\n",
        QStringLiteral("x.yaml"));
    QVERIFY(scenario);
    const QString bob = QStringLiteral("bob");
    const auto own = knownUsers(*scenario);
    QCOMPARE(own.value(QStringLiteral("alice")).id, UserId(1));
    QCOMPARE(own.value(bob).id, UserId(9));
    QCOMPARE(own.value(bob).loginName, bob);
    QCOMPARE(own.value(QStringLiteral("ghost")).id, UserId(MaxInteger));
    const auto shared = knownUsers(*scenario, 5000);
    QCOMPARE(shared.value(bob).id, UserId(5001));
    QCOMPARE(shared.value(bob).loginName, QStringLiteral("bob-5001"));
}

QTEST_GUILESS_MAIN(TestScenarioParser)
#include "parser.moc"
