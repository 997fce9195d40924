// SPDX-License-Identifier: MIT
// Reports: well-formed, with everything from the wire as text, and without sessions.
#include "frames/frame.h"
#include "scenario/report/scenarioresult.h"

#include <QTest>
#include <QXmlStreamReader>

using namespace parley;
using namespace parley::scenario;

namespace {

const QByteArray Login = "p1_AbCdEfGhIjKlMnOpQrStUvWxYz0123456789-_AbCdE";
const QByteArray TimeSession = "77c112ebdb947ceeb0baabe9a4dd21c8";

ScenarioResult makeExhibit()
{
    const auto scenario = parse("name: \"<b>Bold</b> & \\\"quoted\\\"\"\n"
                                "about: \"</style><script>alert(1)</script>\"\n"
                                "clients: {A: alice}\n"
                                "steps:\n"
                                "  - connect: A\n"
                                "  - send: {from: A, to: alice, body: \"<img src=x>\"}\n"
                                "  - pause: 1\n",
        QStringLiteral("folder/x.yaml"));
    if (!scenario)
        qFatal("%s", qPrintable(scenario.failure().text));
    ScenarioResult result;
    result.scenario = *scenario;
    result.verdict.status = Verdict::Status::Failed;
    result.verdict.steps.resize(3);
    result.verdict.steps[0].status = StepResult::Status::Passed;
    result.verdict.steps[0].tookUs = 2500;
    result.verdict.steps[1].status = StepResult::Status::Failed;
    result.verdict.steps[1].outcome = {false, QStringLiteral("seen: <i>\x01"), 2};
    result.verdict.failure = QStringLiteral("x.yaml:6: seen: <i>\x01");
    result.verdict.audit = QStringLiteral("LOST <#9>");
    result.verdict.auditPassed = false;
    result.findings = {QStringLiteral("#9 of user 2: \"<lost>\"")};
    result.panes = {QStringLiteral("ClientA")};
    result.diagram = "<?xml version=\"1.0\"?><svg xmlns=\"http://www.w3.org/2000/svg\" "
                     "width=\"9\" height=\"9\"><title>drawn</title></svg>";
    const auto add = [&](const QByteArray &payload, frames::Kind kind = frames::Kind::Received) {
        auto frame = frames::makeFrame(0, kind, UserId(1), payload, 0);
        frame.number = qint64(result.frames.size()) + 1;
        result.frames.push_back(frame);
    };
    add("{\"cmd\":\"MESSAGE\",\"body\":\"</pre><script>alert(2)</script>\"}");
    add("{\"cmd\":\"SEND\",\"body\":\"" + Login + "\"}", frames::Kind::Sent);
    add("no JSON \x01\x02 ]]> &amp; <!-- \xff\xfe");
    add("{\"session\":\"" + TimeSession + "\"}");
    result.frames.push_back(frames::makeEnd(0, UserId(1), 4401, "<session ended>", 0));
    result.serverLog = "GET /chat/private?userId=1&session=" + TimeSession + "\n<log>\x1b[0m\n";
    return result;
}

struct Read {
    QString error;
    QStringList elements;
    QString text;
};

Read read(const QByteArray &xml)
{
    QXmlStreamReader reader(xml);
    Read read;
    while (!reader.atEnd()) {
        reader.readNext();
        if (reader.isStartElement())
            read.elements.append(reader.name().toString());
        if (reader.isCharacters())
            read.text += reader.text();
    }
    read.error = reader.hasError()
        ? QStringLiteral("%1: %2").arg(reader.lineNumber()).arg(reader.errorString())
        : QString();
    return read;
}

} // namespace

class TestScenarioReport : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void htmlIsWellFormedAndEscaped();
    void htmlNeedsNothingElse();
    void htmlStaysSmall();
    void junitTellsTheStepThatFailed();
    void aFailureOfNoStepHasACaseOfItsOwn();
    void noReportHoldsASession();
    void nothingAtAllIsAReport();
};

void TestScenarioReport::htmlIsWellFormedAndEscaped()
{
    const Read html = read(toHtml({makeExhibit()}));
    QVERIFY2(html.error.isEmpty(), qPrintable(html.error));
    for (const char *element : {"script", "b", "i", "img", "lost", "log"})
        QVERIFY2(!html.elements.contains(QLatin1String(element)), element);
    QVERIFY(html.elements.contains(QLatin1String("svg")));
    for (const char *text : {"<b>Bold</b> & \"quoted\"", "</style><script>alert(1)</script>",
             "</pre><script>alert(2)</script>", "seen: <i>", "A sends \"<img src=x>\" to alice",
             "#9 of user 2: \"<lost>\"", "<log>", "<session ended>"})
        QVERIFY2(html.text.contains(QString::fromUtf8(text)), text);
}

void TestScenarioReport::htmlNeedsNothingElse()
{
    const QByteArray html = toHtml({makeExhibit()});
    QVERIFY(html.startsWith("<!DOCTYPE html>"));
    for (const char *outside : {"<link", "src=", "url(", "@import", "http-equiv"})
        QVERIFY2(!html.contains(QByteArray(outside)) || outside == QByteArray("src="), outside);
    // Only text says it, and there it is no attribute.
    QCOMPARE(html.count("src="), html.count("&lt;img src="));
    // The only address is a name space's.
    QCOMPARE(html.count("http://"), html.count("http://www.w3.org/2000/svg"));
    // Nothing that HTML would read as an element left open.
    for (const char *element : {"<span/>", "<div/>", "<td/>", "<p/>", "<a/>", "<title/>"})
        QVERIFY2(!html.contains(element), element);
}

void TestScenarioReport::htmlStaysSmall()
{
    ScenarioResult result = makeExhibit();
    const QByteArray body(30'000, 'x');
    for (int i = 0; i < 5000; ++i) {
        auto frame = frames::makeFrame(0, frames::Kind::Received, UserId(1),
            "{\"cmd\":\"MESSAGE\",\"body\":\"" + body + "\"}", i);
        frame.number = 100 + i;
        result.frames.push_back(frame);
    }
    result.serverLog = QByteArray(1 << 20, 'l');
    const QByteArray html = toHtml({result});
    QVERIFY2(html.size() < 3'000'000, qPrintable(QString::number(html.size())));
    QVERIFY(html.contains("id=\"s1f5099\"")); // the newest
    QVERIFY(html.contains("id=\"s1f2\"")); // the one that a step points at
}

void TestScenarioReport::junitTellsTheStepThatFailed()
{
    const QByteArray xml = toJUnit({makeExhibit()});
    const Read junit = read(xml);
    QVERIFY2(junit.error.isEmpty(), qPrintable(junit.error));
    QCOMPARE(junit.elements.count(QStringLiteral("testsuite")), 1);
    QCOMPARE(junit.elements.count(QStringLiteral("testcase")), 4);
    QCOMPARE(junit.elements.count(QStringLiteral("failure")), 1);
    QCOMPARE(junit.elements.count(QStringLiteral("skipped")), 1);
    QVERIFY2(
        xml.contains("tests=\"4\" failures=\"1\" errors=\"0\" skipped=\"1\""), xml.constData());
    QVERIFY(xml.contains("classname=\"scenarios.x\" name=\"2 A sends"));
    QVERIFY(xml.contains("time=\"0.003\"") || xml.contains("time=\"0.002\""));
    QVERIFY(junit.text.contains(QLatin1String("x.yaml:6: ")));
}

void TestScenarioReport::aFailureOfNoStepHasACaseOfItsOwn()
{
    ScenarioResult result = makeExhibit();
    for (StepResult &step : result.verdict.steps)
        step.status = StepResult::Status::Passed;
    const QByteArray xml = toJUnit({result});
    QVERIFY2(
        xml.contains("tests=\"4\" failures=\"1\" errors=\"0\" skipped=\"0\""), xml.constData());
    QCOMPARE(read(xml).elements.count(QStringLiteral("failure")), 1);
}

void TestScenarioReport::noReportHoldsASession()
{
    for (const QByteArray &report : {toHtml({makeExhibit()}), toJUnit({makeExhibit()})}) {
        QVERIFY(!report.contains(Login));
        QVERIFY(!report.contains(TimeSession));
    }
    QCOMPARE(presentable(QStringLiteral("a?userId=1&session=abc_-9&x")),
        QStringLiteral("a?userId=1&session=…&x"));
}

void TestScenarioReport::nothingAtAllIsAReport()
{
    QVERIFY(read(toHtml({})).error.isEmpty());
    QVERIFY(read(toJUnit({})).error.isEmpty());
}

QTEST_GUILESS_MAIN(TestScenarioReport)
#include "report.moc"
