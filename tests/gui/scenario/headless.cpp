// SPDX-License-Identifier: MIT
// parley-client --headless, as a shell or CI meets it.
#include "support/daemon.h"

#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>

using namespace parley;
using namespace parley::test;

class TestScenarioHeadless : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QVERIFY(m_folder.isValid()); }
    void aPassingScenarioIsZero();
    void aFailingScenarioIsOneAndSaysWhere();
    void aBrokenFileIsTwoAndRunsNothing();
    void wrongUsageIsTwo_data();
    void wrongUsageIsTwo();
    void theBuiltInOnesAreListed();
    void aRunningServerCanBeUsed();
    void whatIsConfiguredForOthersDoesNotCount();
    void aReportGoesToWhatWasNamed();
    void anInterruptedRunLeavesNothingBehind_data();
    void anInterruptedRunLeavesNothingBehind();

private:
    struct Ran {
        int status = -1;
        QByteArray text;
    };
    Ran run(const QStringList &arguments, const QProcessEnvironment & = {});
    QString file(const char *name, const QByteArray &content) const;
    QString path(const char *name) const { return m_folder.filePath(QLatin1String(name)); }

    const QTemporaryDir m_folder;
    const QByteArray m_good = "name: Good\n"
                              "clients: {A: alice, B: bob}\n"
                              "steps:\n"
                              "  - connect: [A, B]\n"
                              "  - send: {from: A, to: bob, body: hello}\n"
                              "  - expect: {client: B, frame: {cmd: MESSAGE, body: hello}}\n";
};

QString TestScenarioHeadless::file(const char *name, const QByteArray &content) const
{
    QFile file(path(name));
    if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
        qFatal("cannot write %s", name);
    return file.fileName();
}

TestScenarioHeadless::Ran TestScenarioHeadless::run(
    const QStringList &arguments, const QProcessEnvironment &environment)
{
    QProcess client;
    client.setProcessChannelMode(QProcess::MergedChannels);
    if (!environment.isEmpty())
        client.setProcessEnvironment(environment);
    client.start(
        QStringLiteral(PARLEY_CLIENT), QStringList{QStringLiteral("--headless")} + arguments);
    if (!client.waitForFinished(60'000) || client.exitStatus() != QProcess::NormalExit)
        return {};
    return {client.exitCode(), client.readAll()};
}

void TestScenarioHeadless::aPassingScenarioIsZero()
{
    const Ran ran = run({QStringLiteral("run"), file("good.yaml", m_good),
        QStringLiteral("--junit"), path("out.xml"), QStringLiteral("--report"), path("out.html")});
    QVERIFY2(ran.status == 0, ran.text.constData());
    QVERIFY2(ran.text.contains("1 of 1 passed, 0 failed, 0 skipped"), ran.text.constData());
    QVERIFY2(ran.text.contains("A sends \"hello\" to bob"), ran.text.constData());
    QVERIFY(QFileInfo::exists(path("out.xml")) && QFileInfo::exists(path("out.html")));
}

void TestScenarioHeadless::aFailingScenarioIsOneAndSaysWhere()
{
    const QString bad = file("bad.yaml",
        m_good + "  - expect: {client: B, frame: {cmd: MESSAGE, body: bye}, within: 100}\n");
    // What fails does not keep others from running.
    const Ran ran = run({QStringLiteral("run"), bad, file("good.yaml", m_good)});
    QCOMPARE(ran.status, 1);
    QVERIFY2(ran.text.contains("1 of 2 passed, 1 failed, 0 skipped"), ran.text.constData());
    QVERIFY2(ran.text.contains(bad.toUtf8() + ":7: "), ran.text.constData());
}

void TestScenarioHeadless::aBrokenFileIsTwoAndRunsNothing()
{
    const QString broken = file("broken.yaml", m_good + "  - jump: high\n");
    const Ran ran = run({QStringLiteral("run"), file("good.yaml", m_good), broken});
    QCOMPARE(ran.status, 2);
    QVERIFY2(ran.text.contains(broken.toUtf8() + ":7: "), ran.text.constData());
    QVERIFY(!ran.text.contains("Good"));
}

void TestScenarioHeadless::wrongUsageIsTwo_data()
{
    QTest::addColumn<QStringList>("arguments");
    const auto row = [](const char *name, const char *arguments) {
        QTest::newRow(name) << QString::fromLatin1(arguments).split(u' ');
    };
    row("nothing", "run");
    row("another word", "walk all");
    row("unknown option", "run all --fast");
    row("no such file", "run /nowhere/x.yaml");
    row("no such server", "run all --parleyd /nowhere/parleyd");
    row("no such key", "run all --url ws://127.0.0.1:1 --secret-key-file /nowhere/key");
    row("no server's address", "run all --url 127.0.0.1:2345");
    row("a report that cannot be written", "run all --report /nowhere/report.html");
}

void TestScenarioHeadless::wrongUsageIsTwo()
{
    QFETCH(QStringList, arguments);
    const Ran ran = run(arguments);
    QVERIFY2(ran.status == 2, ran.text.constData());
    QVERIFY(ran.text.startsWith("parley-client: "));
}

void TestScenarioHeadless::theBuiltInOnesAreListed()
{
    const Ran ran = run({QStringLiteral("--list")});
    QCOMPARE(ran.status, 0);
    QVERIFY2(ran.text.count(":/scenarios/") >= 12, ran.text.constData());
    const QString builtIn = QStringLiteral(":/scenarios/02-message-online.yaml");
    QCOMPARE(run({QStringLiteral("run"), builtIn}).status, 0);
}

void TestScenarioHeadless::aRunningServerCanBeUsed()
{
    const QByteArray key = "a-secret-key";
    Daemon daemon(QStringLiteral(PARLEYD), QStringLiteral("sqlite:") + path("daemon.db"),
        m_folder.path(), key);
    const QStringList import{QStringLiteral("user"), QStringLiteral("import"), QStringLiteral("-")};
    QVERIFY(daemon.administer(import, "1,alice\n2,bob\n"));
    QVERIFY(daemon.start());
    const QStringList server{QStringLiteral("--url"),
        QStringLiteral("ws://127.0.0.1:%1").arg(daemon.port()), QStringLiteral("--secret-key-file"),
        file("key", key + '\n')};
    const Ran ran = run(QStringList{QStringLiteral("run"), file("good.yaml", m_good),
                            file("own.yaml", "server: {limits.window: 5}\n" + m_good)}
        + server);
    QVERIFY2(ran.status == 0, ran.text.constData());
    QVERIFY2(ran.text.contains("1 of 2 passed, 0 failed, 1 skipped"), ran.text.constData());
    daemon.kill();
    // It is not there: the scenario fails, the usage was right.
    const QStringList again{QStringLiteral("run"), file("good.yaml", "within: 200\n" + m_good)};
    QCOMPARE(run(again + server).status, 1);
}

void TestScenarioHeadless::whatIsConfiguredForOthersDoesNotCount()
{
    auto environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("PARLEY_STORE"), QStringLiteral("sqlite:/nowhere/x.db"));
    environment.insert(QStringLiteral("PARLEY_LIMITS_BODY_BYTES"), QStringLiteral("1"));
    const Ran ran = run({QStringLiteral("run"), file("good.yaml", m_good)}, environment);
    QVERIFY2(ran.status == 0, ran.text.constData());
}

void TestScenarioHeadless::aReportGoesToWhatWasNamed()
{
    const QString target = file("target.html", "of before");
    const QString link = path("link.html");
    QVERIFY(QFile::link(target, link));
    // Standard output is a pipe here, and the other a link.
    const Ran ran =
        run({QStringLiteral("run"), file("good.yaml", m_good), QStringLiteral("--junit"),
            QStringLiteral("/dev/stdout"), QStringLiteral("--report"), link});
    QVERIFY2(ran.status == 0, ran.text.constData());
    QVERIFY2(ran.text.contains("<testsuites"), ran.text.constData());
    QCOMPARE(QFileInfo(link).symLinkTarget(), target);
    QFile html(target);
    QVERIFY(html.open(QIODevice::ReadOnly));
    QVERIFY(html.readAll().contains("<html"));
}

void TestScenarioHeadless::anInterruptedRunLeavesNothingBehind_data()
{
    QTest::addColumn<int>("signal");
    QTest::newRow("SIGINT") << SIGINT;
    QTest::newRow("SIGTERM") << SIGTERM;
    QTest::newRow("SIGHUP") << SIGHUP;
}

void TestScenarioHeadless::anInterruptedRunLeavesNothingBehind()
{
    QFETCH(int, signal);
    const QTemporaryDir temporary;
    auto environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("TMPDIR"), temporary.path());
    QProcess client;
    client.setProcessEnvironment(environment);
    client.start(QStringLiteral(PARLEY_CLIENT),
        {QStringLiteral("--headless"), QStringLiteral("run"),
            file("endless.yaml",
                m_good
                    + "  - expect: {client: B, frame: {cmd: MESSAGE, body: no}, within: 600000}\n"),
            file("good.yaml", m_good)});
    QByteArray told;
    while (!told.contains("A sends") && client.waitForReadyRead(60'000))
        told += client.readAllStandardOutput();
    const QDir folder(temporary.path());
    QVERIFY2(!folder.entryList(QDir::Dirs | QDir::NoDotAndDotDot).isEmpty(), told.constData());
    QCOMPARE(::kill(pid_t(client.processId()), signal), 0);
    QVERIFY(client.waitForFinished(60'000));
    QCOMPARE(client.exitStatus(), QProcess::NormalExit);
    QCOMPARE(client.exitCode(), 1);
    QCOMPARE(folder.entryList(QDir::AllEntries | QDir::NoDotAndDotDot), QStringList());
}

QTEST_GUILESS_MAIN(TestScenarioHeadless)
#include "headless.moc"
