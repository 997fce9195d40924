// SPDX-License-Identifier: MIT
#include "workbench/headless.h"

#include "client/trust.h"
#include "core/printable.h"
#include "core/secrettext.h"
#include "core/unixsignals.h"
#include "frames/outputfile.h"
#include "workbench/batch.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>
#include <QLoggingCategory>

#include <cstdio>
#include <unistd.h>

namespace parley::workbench {

using scenario::durationText;
using scenario::Outcome;
using scenario::presentable;
using scenario::Scenario;
using scenario::ScenarioResult;
using scenario::ServerChoice;
using scenario::shipped;
using scenario::StepResult;
using scenario::Verdict;

namespace {

enum ExitStatus { AllPassed = 0, SomeFailed = 1, WrongUsage = 2 };

void print(FILE *out, const QString &line)
{
    std::fprintf(out, "%s\n", line.toUtf8().constData());
    std::fflush(out);
}

int complain(const QString &text)
{
    print(stderr, QStringLiteral("parley-client: ") + printable(text));
    return WrongUsage;
}

// What a tester reads while it runs.
class Console {
public:
    explicit Console(bool hasColours)
        : m_hasColours(hasColours)
    {
    }

    void began(const Scenario &scenario) const
    {
        print(stdout,
            QStringLiteral("\n%1  %2")
                .arg(coloured("1", scenario.name), coloured("2", scenario.file)));
    }

    void step(const Scenario &scenario, int index, const StepResult &result) const
    {
        const Outcome &outcome = result.outcome;
        const QString text = presentable(describe(scenario.steps[size_t(index)]));
        print(stdout,
            QStringLiteral("  %1 %2  %3 %4")
                .arg(outcome.passed ? coloured("32", QStringLiteral("✓"))
                                    : coloured("31", QStringLiteral("✗")))
                .arg(index + 1, 3)
                .arg(text.leftJustified(64))
                .arg(coloured("2", durationText(result.tookUs))));
        if (!outcome.passed)
            print(stdout, QStringLiteral("         ") + coloured("31", presentable(outcome.text)));
    }

    void ended(const ScenarioResult &result) const
    {
        const Verdict &verdict = result.verdict;
        const QString took = durationText(verdict.tookUs);
        if (verdict.passed()) {
            const QString audit =
                verdict.audit.isEmpty() ? QString() : QStringLiteral(" · ") + verdict.audit;
            print(stdout,
                QStringLiteral("  %1 in %2%3")
                    .arg(coloured("32", QStringLiteral("passed")), took, audit));
            return;
        }
        const bool isSkipped = verdict.status == Verdict::Status::Skipped;
        print(stdout,
            QStringLiteral("  %1: %2")
                .arg(isSkipped ? coloured("33", QStringLiteral("skipped"))
                               : coloured("31", QStringLiteral("FAILED")),
                    presentable(verdict.failure)));
        for (const QString &finding : result.findings)
            print(stdout, QStringLiteral("    ") + presentable(finding));
    }

    void summary(const std::vector<ScenarioResult> &results, qint64 tookUs) const
    {
        int failed = 0;
        int skipped = 0;
        QStringList names;
        for (const ScenarioResult &result : results) {
            const bool isSkipped = result.verdict.status == Verdict::Status::Skipped;
            skipped += isSkipped ? 1 : 0;
            if (result.verdict.passed() || isSkipped)
                continue;
            ++failed;
            names.append(QStringLiteral("  %1").arg(result.verdict.failure));
        }
        const int passed = int(results.size()) - failed - skipped;
        print(stdout,
            QStringLiteral("\n%1 of %2 passed, %3 failed, %4 skipped, in %5")
                .arg(passed)
                .arg(results.size())
                .arg(failed)
                .arg(skipped)
                .arg(durationText(tookUs)));
        for (const QString &name : names)
            print(stdout, coloured("31", presentable(name)));
    }

private:
    QString coloured(const char *code, const QString &text) const
    {
        return m_hasColours ? QStringLiteral("\x1b[%1m%2\x1b[0m").arg(QLatin1String(code), text)
                            : text;
    }

    const bool m_hasColours;
};

struct Order {
    std::vector<Scenario> scenarios;
    ServerChoice choice;
    QString junit;
    QString report;
};

Failure at(const QString &path, const Failure &why)
{
    return {QStringLiteral("%1: %2").arg(path, why.text)};
}

Done write(const QString &path, const QByteArray &content)
{
    const Done written = frames::writeFile(path, content);
    return written ? done() : at(path, written.failure());
}

// Before anything is run; leaves what is there as it is. An empty path: nowhere.
Done tryToWrite(const QString &path)
{
    const Done possible = path.isEmpty() ? done() : frames::OutputFile(path).check();
    return possible ? done() : at(path, possible.failure());
}

void addOptions(QCommandLineParser &parser)
{
    const auto option = [&](const char *name, const QString &words, const char *value = nullptr) {
        parser.addOption(
            {QString::fromLatin1(name), words, value ? QString::fromLatin1(value) : QString()});
    };
    parser.setApplicationDescription(QStringLiteral("Runs scenarios without a display."));
    parser.addOption(
        {{QStringLiteral("h"), QStringLiteral("help")}, QStringLiteral("print the options")});
    option("headless", QStringLiteral("no window"));
    option("list", QStringLiteral("list the built-in scenarios"));
    option("junit", QStringLiteral("write the results there, as JUnit XML"), "FILE");
    option("report", QStringLiteral("write an HTML report there"), "FILE");
    option("parleyd", QStringLiteral("the server program; by default the one next to this program"),
        "PATH");
    option("store",
        QStringLiteral("the store of these servers; by default an SQLite file for each"), "URL");
    option("url",
        QStringLiteral("use a server that is already running: ws://HOST:PORT or wss://HOST:PORT"),
        "URL");
    option("secret-key-file", QStringLiteral("the secret key of that server"), "FILE");
    option(
        "ca", QStringLiteral("trust the certificates in this PEM file, too: for wss://"), "FILE");
    parser.addPositionalArgument(QStringLiteral("run"), QStringLiteral("what to do"));
    parser.addPositionalArgument(QStringLiteral("FILE..."),
        QStringLiteral("scenarios; :/scenarios/NAME.yaml and `all` are built in"));
}

Done readServer(const QCommandLineParser &parser, Order &order)
{
    const auto value = [&](const char *name) { return parser.value(QString::fromLatin1(name)); };
    order.choice.parleyd =
        value("parleyd").isEmpty() ? scenario::defaultParleyd() : value("parleyd");
    order.choice.store = value("store");
    if (value("url").isEmpty()) {
        if (!QFileInfo(order.choice.parleyd).isExecutable())
            return Failure{QStringLiteral("there is no server program at %1; give one with "
                                          "--parleyd, or a running server with --url")
                               .arg(order.choice.parleyd)};
        return done();
    }
    if (!value("ca").isEmpty()) {
        if (const Done trusted = client::trust(value("ca")); !trusted)
            return Failure{QStringLiteral("--ca: ") + trusted.failure().text};
    }
    order.choice.url = QUrl(value("url"), QUrl::StrictMode);
    const QString scheme = order.choice.url.scheme();
    if ((scheme != QLatin1String("ws") && scheme != QLatin1String("wss"))
        || order.choice.url.host().isEmpty())
        return Failure{QStringLiteral("--url must be like ws://127.0.0.1:2345")};
    if (value("secret-key-file").isEmpty())
        return done();
    QFile key(value("secret-key-file"));
    if (!key.open(QIODevice::ReadOnly))
        return at(key.fileName(), {key.errorString()});
    const auto secret = secretOf(key.read(limits::SecretBytes + 1));
    if (!secret)
        return at(key.fileName(), secret.failure());
    order.choice.secretKey = *secret;
    return done();
}

Result<Order> readOrder(const QCommandLineParser &parser)
{
    QStringList files = parser.positionalArguments();
    if (files.size() < 2 || files.takeFirst() != QLatin1String("run"))
        return Failure{QStringLiteral(
            "usage: parley-client --headless run FILE... [--junit OUT.xml] [--report OUT.html]")};
    if (files == QStringList{QStringLiteral("all")})
        files = shipped();
    Order order;
    order.junit = parser.value(QStringLiteral("junit"));
    order.report = parser.value(QStringLiteral("report"));
    for (const QString &path : {order.junit, order.report}) {
        if (const Done possible = tryToWrite(path); !possible)
            return possible.failure();
    }
    for (const QString &file : files) {
        auto scenario = scenario::load(file);
        if (!scenario)
            return scenario.failure();
        order.scenarios.push_back(std::move(*scenario));
    }
    if (const Done server = readServer(parser, order); !server)
        return server.failure();
    return order;
}

int list()
{
    for (const QString &file : shipped()) {
        const auto scenario = scenario::load(file);
        print(stdout,
            file.leftJustified(40) + u' ' + (scenario ? scenario->name : scenario.failure().text));
    }
    return AllPassed;
}

int carryOut(const Order &order)
{
    // Whatever ends it early, what it made for its servers goes away with them.
    const UnixSignals signals;
    for (const auto asked : {&UnixSignals::stopAsked, &UnixSignals::reloadAsked})
        QObject::connect(&signals, asked, qApp, &QCoreApplication::quit);
    const Console console(::isatty(STDOUT_FILENO) != 0);
    play::Players players;
    Observers observers(players, {});
    Batch batch(players, observers);
    const auto scenario = [&]() -> const Scenario & {
        return batch.scenarios()[batch.results().size()];
    };
    QObject::connect(&batch, &Batch::scenarioStarted, &batch, [&] { console.began(scenario()); });
    QObject::connect(&batch, &Batch::stepFinished, &batch,
        [&](int step, const StepResult &result) { console.step(scenario(), step, result); });
    QObject::connect(&batch, &Batch::scenarioFinished, &batch,
        [&](int, const ScenarioResult &result) { console.ended(result); });
    QObject::connect(&batch, &Batch::finished, qApp, &QCoreApplication::quit, Qt::QueuedConnection);
    const qint64 begin = frames::nowUs();
    batch.start(order.scenarios, order.choice);
    QCoreApplication::exec();
    const auto &results = batch.results();
    console.summary(results, frames::nowUs() - begin);
    bool isWritten = true;
    for (const auto &[path, make] :
        {std::pair(order.junit, &scenario::toJUnit), {order.report, &scenario::toHtml}}) {
        if (path.isEmpty())
            continue;
        if (const Done written = write(path, make(results)); !written) {
            complain(written.failure().text);
            isWritten = false;
        }
    }
    const bool passed = std::ranges::all_of(results, [](const ScenarioResult &result) {
        return result.verdict.passed() || result.verdict.status == Verdict::Status::Skipped;
    });
    // When it was interrupted, it did not.
    const bool ranAll = results.size() == order.scenarios.size();
    return passed && ranAll && isWritten ? AllPassed : SomeFailed;
}

} // namespace

int runHeadless(const QStringList &arguments)
{
    QCommandLineParser parser;
    addOptions(parser);
    if (!parser.parse(arguments))
        return complain(parser.errorText());
    if (parser.isSet(QStringLiteral("help"))) {
        print(stdout, parser.helpText());
        return AllPassed;
    }
    if (parser.isSet(QStringLiteral("list")))
        return list();
    // Every change of a state is a line there; QT_LOGGING_RULES has the last word.
    QLoggingCategory::setFilterRules(QStringLiteral("parley.client.info=false"));
    const auto order = readOrder(parser);
    return order ? carryOut(*order) : complain(order.failure().text);
}

} // namespace parley::workbench
