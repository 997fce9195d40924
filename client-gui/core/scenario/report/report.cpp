// SPDX-License-Identifier: MIT
#include "scenario/report/exhibit.h"
#include "scenario/report/htmlwriter.h"

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

    void write(const std::vector<Exhibit> &exhibits)
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
        text("title", title(exhibits));
        open("style");
        raw(css());
        close(2);
        open("body");
        open("main");
        overview(exhibits);
        for (size_t i = 0; i < exhibits.size(); ++i)
            scenario(exhibits[i], i + 1);
        close(3);
    }

private:
    static size_t count(const std::vector<Exhibit> &exhibits, const char *status)
    {
        return size_t(std::ranges::count_if(exhibits, [status](const Exhibit &exhibit) {
            return statusClass(exhibit.verdict.status) == QLatin1String(status);
        }));
    }

    static QString title(const std::vector<Exhibit> &exhibits)
    {
        const bool allPassed = count(exhibits, "failed") == 0;
        const QString what = exhibits.size() == 1
            ? exhibits.front().scenario.name
            : QStringLiteral("%1 scenarios").arg(exhibits.size());
        return QStringLiteral("%1: %2").arg(
            what, allPassed ? QStringLiteral("passed") : QStringLiteral("failed"));
    }

    void overview(const std::vector<Exhibit> &exhibits)
    {
        const size_t failed = count(exhibits, "failed");
        const size_t passed = count(exhibits, "passed");
        const size_t skipped = exhibits.size() - failed - passed;
        qint64 took = 0;
        for (const Exhibit &exhibit : exhibits)
            took += exhibit.verdict.tookUs;
        text("h1", QStringLiteral("Parley scenarios"));
        open("div", failed == 0 ? "verdict passed" : "verdict failed");
        span("mark", failed == 0 ? QStringLiteral("✓") : QStringLiteral("✗"));
        open("div");
        text("strong",
            failed == 0 ? QStringLiteral("All well: %1 passed").arg(passed)
                        : QStringLiteral("%1 of %2 failed").arg(failed).arg(exhibits.size()));
        open("div", "muted");
        put(QStringLiteral("in %1").arg(durationText(took)));
        if (skipped > 0)
            put(QStringLiteral(", %1 skipped").arg(skipped));
        close(3);
        environment(exhibits);
        if (exhibits.size() > 1)
            index(exhibits);
    }

    void environment(const std::vector<Exhibit> &exhibits)
    {
        const Exhibit none{};
        const Exhibit &first = exhibits.empty() ? none : exhibits.front();
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

    void index(const std::vector<Exhibit> &exhibits)
    {
        open("table", "index");
        open("tr");
        for (const char *name : {"", "Scenario", "Failed at"})
            text("th", QString::fromLatin1(name));
        head("Time", "number", 0);
        close();
        for (size_t i = 0; i < exhibits.size(); ++i) {
            const Exhibit &exhibit = exhibits[i];
            const int failed = exhibit.verdict.failedStep();
            open("tr", statusClass(exhibit.verdict.status));
            open("td", "short mark");
            put(statusWord(exhibit.verdict.status));
            close();
            open("td");
            open("a");
            attribute("href", QStringLiteral("#s%1").arg(i + 1));
            put(exhibit.scenario.name);
            close();
            close();
            text("td", failed < 0 ? QString() : describe(exhibit.scenario.steps[size_t(failed)]));
            open("td", "number");
            put(durationText(exhibit.verdict.tookUs));
            close();
            close();
        }
        close();
    }

    void scenario(const Exhibit &exhibit, size_t number)
    {
        const Verdict &verdict = exhibit.verdict;
        open("section", "card");
        attribute("id", QStringLiteral("s%1").arg(number));
        open("div", "head");
        text("h2", exhibit.scenario.name);
        open("span", QStringLiteral("badge ") + statusClass(verdict.status));
        put(statusWord(verdict.status));
        close(2);
        text("p", exhibit.scenario.about);
        open("p", "muted mono");
        put(exhibit.scenario.file + QStringLiteral(" · ") + durationText(verdict.tookUs));
        close();
        if (verdict.failedStep() < 0 && !verdict.failure.isEmpty())
            text("p", verdict.failure);
        audit(exhibit);
        heading("Steps");
        steps(exhibit, number);
        diagram(exhibit);
        frames(exhibit, number);
        log(exhibit);
        close();
    }

    void audit(const Exhibit &exhibit)
    {
        if (exhibit.verdict.audit.isEmpty() && exhibit.findings.isEmpty())
            return;
        heading("Auditor");
        open("p", exhibit.verdict.auditPassed ? "passed" : "failed");
        span("mark", exhibit.verdict.auditPassed ? QStringLiteral("✓ ") : QStringLiteral("✗ "));
        put(exhibit.verdict.audit);
        close();
        if (exhibit.findings.isEmpty())
            return;
        open("ul", "findings");
        for (const QString &finding : exhibit.findings)
            text("li", finding);
        close();
    }

    void steps(const Exhibit &exhibit, size_t number)
    {
        open("ol", "steps");
        for (size_t i = 0; i < exhibit.verdict.steps.size(); ++i) {
            const StepResult &result = exhibit.verdict.steps[i];
            const bool ran = result.status != StepResult::Status::NotRun;
            const bool failed = result.status == StepResult::Status::Failed;
            open("li", failed ? "failed" : ran ? "passed" : "notrun");
            span("mark",
                failed    ? QStringLiteral("✗")
                    : ran ? QStringLiteral("✓")
                          : QStringLiteral("·"));
            span("no", QString::number(i + 1));
            span("text", describe(exhibit.scenario.steps[i]));
            span("time", ran ? durationText(result.tookUs) : QString());
            if (failed)
                why(exhibit, result.outcome, number);
            close();
        }
        close();
    }

    void why(const Exhibit &exhibit, const Outcome &outcome, size_t number)
    {
        open("div", "why");
        put(exhibit.verdict.failure.isEmpty() ? outcome.text : exhibit.verdict.failure);
        if (outcome.frame > 0) {
            put(QStringLiteral(" "));
            open("a");
            attribute("href", QStringLiteral("#s%1f%2").arg(number).arg(outcome.frame));
            put(QStringLiteral("frame %1").arg(outcome.frame));
            close();
        }
        close();
    }

    void diagram(const Exhibit &exhibit)
    {
        if (exhibit.diagram.isEmpty())
            return;
        heading("Sequence");
        if (!exhibit.diagramNote.isEmpty())
            text("p", exhibit.diagramNote);
        open("div", "diagram");
        QByteArray svg = exhibit.diagram;
        if (const qsizetype begin = svg.indexOf("<svg"); begin > 0)
            svg.remove(0, begin);
        raw(presentable(QString::fromUtf8(svg)).toUtf8());
        close();
    }

    void frames(const Exhibit &exhibit, size_t number)
    {
        const auto &all = exhibit.frames;
        if (all.empty())
            return;
        const int failed = exhibit.verdict.failedStep();
        const qint64 culprit = failed < 0 ? 0 : exhibit.verdict.steps[size_t(failed)].outcome.frame;
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
                frame(exhibit, all[i], number, culprit);
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

    void frame(const Exhibit &exhibit, const Frame &frame, size_t number, qint64 culprit)
    {
        const bool isLink = frame.kind == Kind::Opened || frame.kind == Kind::Ended;
        open("tr", frame.number == culprit ? "culprit" : "");
        attribute("id", QStringLiteral("s%1f%2").arg(number).arg(frame.number));
        cell("number", QString::number(frame.number));
        cell("number",
            QStringLiteral("+%1 ms").arg(
                double(frame.atUs - exhibit.verdict.startedAtUs) / 1000, 0, 'f', 1));
        cell("short", exhibit.panes.value(frame.pane));
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

    void log(const Exhibit &exhibit)
    {
        if (exhibit.serverLog.isEmpty())
            return;
        section(QStringLiteral("The server's log"), !exhibit.verdict.passed());
        text("pre", QString::fromUtf8(exhibit.serverLog).right(MostLogChars).trimmed());
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

QByteArray toHtml(const std::vector<Exhibit> &exhibits)
{
    QBuffer out;
    out.open(QIODevice::WriteOnly);
    Report(out).write(exhibits);
    return out.data();
}

} // namespace parley::scenario
