// SPDX-License-Identifier: MIT
#include "scenario/report/htmlwriter.h"
#include "scenario/report/scenarioresult.h"

#include <QBuffer>
#include <QCoreApplication>
#include <QDateTime>
#include <QFile>
#include <QJsonDocument>
#include <QLocale>
#include <QSysInfo>

// Outside of any namespace, as Qt wants it.
static void initializeResources()
{
    Q_INIT_RESOURCE(report);
}

namespace parley::scenario {
namespace {

using frames::Frame;
using frames::Kind;

// What one scenario may take of the file; the first and the last are shown.
constexpr size_t MostFrames = 400;
constexpr qsizetype MostJsonChars = 2000;
constexpr qsizetype MostLogChars = 40'000;

QString statusClass(Verdict::Status status)
{
    switch (status) {
    case Verdict::Status::Passed:
        return QStringLiteral("passed");
    case Verdict::Status::Skipped:
        return QStringLiteral("skipped");
    case Verdict::Status::Failed:
    case Verdict::Status::Stopped:
        break;
    }
    return QStringLiteral("failed");
}

QString statusWord(Verdict::Status status)
{
    switch (status) {
    case Verdict::Status::Passed:
        return QStringLiteral("passed");
    case Verdict::Status::Failed:
        return QStringLiteral("failed");
    case Verdict::Status::Stopped:
        return QStringLiteral("stopped");
    case Verdict::Status::Skipped:
        break;
    }
    return QStringLiteral("skipped");
}

QByteArray css()
{
    initializeResources();
    QFile file(QStringLiteral(":/report/report.css"));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

class Report : private HtmlWriter {
public:
    using HtmlWriter::HtmlWriter;

    void write(const std::vector<ScenarioResult> &results)
    {
        raw("<!DOCTYPE html>\n");
        open("html");
        attribute("lang", QStringLiteral("en"));
        open("head");
        lone("meta");
        attribute("charset", QStringLiteral("utf-8"));
        lone("meta");
        attribute("name", QStringLiteral("viewport"));
        attribute("content", QStringLiteral("width=device-width, initial-scale=1"));
        text("title", title(results));
        open("style");
        raw(css());
        close(2);
        open("body");
        open("main");
        overview(results);
        for (size_t i = 0; i < results.size(); ++i)
            scenario(results[i], i + 1);
        close(3);
    }

private:
    static size_t count(const std::vector<ScenarioResult> &results, const char *status)
    {
        return size_t(std::ranges::count_if(results, [status](const ScenarioResult &result) {
            return statusClass(result.verdict.status) == QLatin1String(status);
        }));
    }

    static QString title(const std::vector<ScenarioResult> &results)
    {
        const bool allPassed = count(results, "failed") == 0;
        const QString what = results.size() == 1
            ? results.front().scenario.name
            : QStringLiteral("%1 scenarios").arg(results.size());
        return QStringLiteral("%1: %2").arg(
            what, allPassed ? QStringLiteral("passed") : QStringLiteral("failed"));
    }

    void overview(const std::vector<ScenarioResult> &results)
    {
        const size_t failed = count(results, "failed");
        const size_t passed = count(results, "passed");
        const size_t skipped = results.size() - failed - passed;
        qint64 took = 0;
        for (const ScenarioResult &result : results)
            took += result.verdict.tookUs;
        text("h1", QStringLiteral("Parley scenarios"));
        open("div", failed == 0 ? "verdict passed" : "verdict failed");
        span("mark", failed == 0 ? QStringLiteral("✓") : QStringLiteral("✗"));
        open("div");
        text("strong",
            failed == 0 ? QStringLiteral("All passed: %1").arg(passed)
                        : QStringLiteral("%1 of %2 failed").arg(failed).arg(results.size()));
        open("div", "muted");
        put(QStringLiteral("in %1").arg(durationText(took)));
        if (skipped > 0)
            put(QStringLiteral(", %1 skipped").arg(skipped));
        close(3);
        environment(results);
        if (results.size() > 1)
            index(results);
    }

    void environment(const std::vector<ScenarioResult> &results)
    {
        const ScenarioResult none{};
        const ScenarioResult &first = results.empty() ? none : results.front();
        const QString when = QDateTime::fromMSecsSinceEpoch(first.verdict.startedAtUs / 1000)
                                 .toString(QStringLiteral("yyyy-MM-dd HH:mm:ss t"));
        const QString version = QCoreApplication::applicationVersion();
        open("div", "facts");
        fact("Begun", when);
        fact("Server", first.server);
        fact("Store", first.store);
        fact("Client",
            QStringLiteral("parley-client ")
                + (version.isEmpty() ? QStringLiteral("(no version)") : version));
        fact("Qt", QString::fromLatin1(qVersion()));
        fact("System",
            QSysInfo::prettyProductName() + QStringLiteral(", ")
                + QSysInfo::currentCpuArchitecture());
        close();
    }

    void fact(const char *name, const QString &value)
    {
        open("div");
        text("span", QString::fromLatin1(name));
        put(value.isEmpty() ? QStringLiteral("not known") : value);
        close();
    }

    void index(const std::vector<ScenarioResult> &results)
    {
        open("table", "index");
        open("tr");
        for (const char *name : {"", "Scenario", "Failed at"})
            text("th", QString::fromLatin1(name));
        head("Time", "number", 0);
        close();
        for (size_t i = 0; i < results.size(); ++i) {
            const ScenarioResult &result = results[i];
            const int failed = result.verdict.failedStep();
            open("tr", statusClass(result.verdict.status));
            open("td", "short mark");
            put(statusWord(result.verdict.status));
            close();
            open("td");
            open("a");
            attribute("href", QStringLiteral("#s%1").arg(i + 1));
            put(result.scenario.name);
            close();
            close();
            text("td", failed < 0 ? QString() : describe(result.scenario.steps[size_t(failed)]));
            open("td", "number");
            put(durationText(result.verdict.tookUs));
            close();
            close();
        }
        close();
    }

    void scenario(const ScenarioResult &result, size_t number)
    {
        const Verdict &verdict = result.verdict;
        open("section", "card");
        attribute("id", QStringLiteral("s%1").arg(number));
        open("div", "head");
        text("h2", result.scenario.name);
        open("span", QStringLiteral("badge ") + statusClass(verdict.status));
        put(statusWord(verdict.status));
        close(2);
        text("p", result.scenario.about);
        open("p", "muted mono");
        put(result.scenario.file + QStringLiteral(" · ") + durationText(verdict.tookUs));
        close();
        if (verdict.failedStep() < 0 && !verdict.failure.isEmpty())
            text("p", verdict.failure);
        audit(result);
        heading("Steps");
        steps(result, number);
        diagram(result);
        frames(result, number);
        log(result);
        close();
    }

    void audit(const ScenarioResult &result)
    {
        if (result.verdict.audit.isEmpty() && result.findings.isEmpty())
            return;
        heading("Auditor");
        open("p", result.verdict.auditPassed ? "passed" : "failed");
        span("mark", result.verdict.auditPassed ? QStringLiteral("✓ ") : QStringLiteral("✗ "));
        put(result.verdict.audit);
        close();
        if (result.findings.isEmpty())
            return;
        open("ul", "findings");
        for (const QString &finding : result.findings)
            text("li", finding);
        close();
    }

    void steps(const ScenarioResult &result, size_t number)
    {
        open("ol", "steps");
        for (size_t i = 0; i < result.verdict.steps.size(); ++i) {
            const StepResult &step = result.verdict.steps[i];
            const bool ran = step.status != StepResult::Status::NotRun;
            const bool failed = step.status == StepResult::Status::Failed;
            open("li", failed ? "failed" : ran ? "passed" : "notrun");
            span("mark",
                failed    ? QStringLiteral("✗")
                    : ran ? QStringLiteral("✓")
                          : QStringLiteral("·"));
            span("no", QString::number(i + 1));
            span("text", describe(result.scenario.steps[i]));
            span("time", ran ? durationText(step.tookUs) : QString());
            if (failed)
                why(result, step.outcome, number);
            close();
        }
        close();
    }

    void why(const ScenarioResult &result, const Outcome &outcome, size_t number)
    {
        open("div", "why");
        put(result.verdict.failure.isEmpty() ? outcome.text : result.verdict.failure);
        if (outcome.frame > 0) {
            put(QStringLiteral(" "));
            open("a");
            attribute("href", QStringLiteral("#s%1f%2").arg(number).arg(outcome.frame));
            put(QStringLiteral("frame %1").arg(outcome.frame));
            close();
        }
        close();
    }

    void diagram(const ScenarioResult &result)
    {
        if (result.diagram.isEmpty())
            return;
        heading("Sequence");
        if (!result.diagramNote.isEmpty())
            text("p", result.diagramNote);
        open("div", "diagram");
        QByteArray svg = result.diagram;
        if (const qsizetype begin = svg.indexOf("<svg"); begin > 0)
            svg.remove(0, begin);
        raw(presentable(QString::fromUtf8(svg)).toUtf8());
        close();
    }

    void frames(const ScenarioResult &result, size_t number)
    {
        const auto &all = result.frames;
        if (all.empty())
            return;
        const int failed = result.verdict.failedStep();
        const qint64 culprit = failed < 0 ? 0 : result.verdict.steps[size_t(failed)].outcome.frame;
        section(QStringLiteral("Frames (%1)").arg(all.size()), failed >= 0);
        open("table", "frames");
        open("tr");
        head("No.", "number", 56);
        head("Time", "number", 96);
        head("Client", "short", 84);
        head("", "short", 28);
        head("Frame", "", 0);
        head("Bytes", "number", 72);
        head("Round trip", "number", 96);
        close();
        for (size_t i = 0; i < all.size(); ++i) {
            const bool isShown = all.size() <= MostFrames || i < MostFrames / 2
                || i >= all.size() - MostFrames / 2 || all[i].number == culprit;
            if (isShown)
                frame(result, all[i], number, culprit);
            else if (i == MostFrames / 2)
                gap(all.size() - MostFrames);
        }
        close(2);
    }

    void gap(size_t count)
    {
        open("tr");
        open("td");
        attribute("colspan", QStringLiteral("7"));
        put(QStringLiteral("… %1 more …").arg(count));
        close(2);
    }

    void frame(const ScenarioResult &result, const Frame &frame, size_t number, qint64 culprit)
    {
        const bool isLink = frame.kind == Kind::Opened || frame.kind == Kind::Ended;
        open("tr", frame.number == culprit ? "culprit" : "");
        attribute("id", QStringLiteral("s%1f%2").arg(number).arg(frame.number));
        cell("number", QString::number(frame.number));
        cell("number",
            QStringLiteral("+%1 ms").arg(
                double(frame.atUs - result.verdict.startedAtUs) / 1000, 0, 'f', 1));
        cell("short", result.panes.value(frame.pane));
        cell(isLink                        ? "link"
                : frame.kind == Kind::Sent ? "sent"
                                           : "received",
            isLink                         ? QStringLiteral("●")
                : frame.kind == Kind::Sent ? QStringLiteral("→")
                                           : QStringLiteral("←"));
        open("td", "frame");
        payload(frame);
        close();
        cell("number", isLink ? QString() : QString::number(frame.payload.size()));
        cell("number", frame.roundTripUs < 0 ? QString() : durationText(frame.roundTripUs));
        close();
    }

    void payload(const Frame &frame)
    {
        if (frame.kind == Kind::Opened) {
            put(QStringLiteral("connected"));
            return;
        }
        const QString content = frame.isBinary
            ? QString::fromLatin1(frame.payload.left(MostJsonChars / 2).toHex(' '))
            : QString::fromUtf8(frame.payload.left(MostJsonChars));
        if (frame.kind == Kind::Ended) {
            put(QStringLiteral("ended with %1 %2").arg(QString::fromLatin1(frame.code), content));
            return;
        }
        const QJsonDocument json = QJsonDocument::fromJson(frame.payload);
        open("details");
        text("summary", content.left(160));
        const QString pretty = json.isNull()
            ? content
            : QString::fromUtf8(json.toJson()).left(MostJsonChars).trimmed();
        text("pre", pretty);
        close();
    }

    void log(const ScenarioResult &result)
    {
        if (result.serverLog.isEmpty())
            return;
        section(QStringLiteral("The server's log"), !result.verdict.passed());
        text("pre", QString::fromUtf8(result.serverLog).right(MostLogChars).trimmed());
        close();
    }

    void section(const QString &name, bool isOpen)
    {
        open("details", "section");
        if (isOpen)
            attribute("open", QStringLiteral("open"));
        text("summary", name);
    }
};

} // namespace

QByteArray toHtml(const std::vector<ScenarioResult> &results)
{
    QBuffer out;
    out.open(QIODevice::WriteOnly);
    Report(out).write(results);
    return out.data();
}

} // namespace parley::scenario
