// SPDX-License-Identifier: MIT
// parley-siege: besieges a server of its own, beside users who must not notice. Exit status 0: they
// did not, and nothing else was found.
#include "bench/process.h"
#include "siege/attack.h"
#include "siege/crew.h"
#include "siege/round.h"
#include "support/sanitizer.h"

#include <QCommandLineParser>
#include <QCoreApplication>

#include <algorithm>
#include <cstdio>
#include <random>

namespace {

using namespace parley;
using namespace parley::siege;

constexpr int Well = 0;
constexpr int Found = 1;
constexpr int WrongUsage = 2;
constexpr double MostMinutes = 24 * 60;

struct Options {
    quint64 seed = 0;
    double minutes = 1;
    QString program;
    QStringList only;
    bool isErrorRead = false;
};

bool parse(const QCoreApplication &app, Options &options)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(
        QStringLiteral("Attacks a parleyd of its own, while other users must notice nothing"));
    parser.addHelpOption();
    parser.addOptions({
        {QStringLiteral("seed"),
            QStringLiteral("All random choices come from it (default: a random one)"),
            QStringLiteral("S")},
        {QStringLiteral("minutes"), QStringLiteral("How many minutes"), QStringLiteral("M"),
            QStringLiteral("1")},
        {QStringLiteral("only"),
            QStringLiteral("Only attacks of this name (may be given several times)"),
            QStringLiteral("NAME")},
        {QStringLiteral("read-stderr"),
            QStringLiteral("Always reads the server's stderr, so that its last lines are shown"
                           " when it dies")},
        {QStringLiteral("server"), QStringLiteral("The program parleyd"), QStringLiteral("FILE"),
            app.applicationDirPath() + QStringLiteral("/parleyd")},
    });
    parser.process(app);
    bool seedIsWell = true;
    bool minutesAreWell = true;
    options.seed = parser.isSet(QStringLiteral("seed"))
        ? parser.value(QStringLiteral("seed")).toULongLong(&seedIsWell)
        : std::random_device()();
    options.minutes = parser.value(QStringLiteral("minutes")).toDouble(&minutesAreWell);
    options.program = parser.value(QStringLiteral("server"));
    options.isErrorRead = parser.isSet(QStringLiteral("read-stderr"));
    options.only = parser.values(QStringLiteral("only"));
    for (const QString &name : options.only) {
        if (std::ranges::none_of(attacks(),
                [&](const Attack &attack) { return name == QLatin1String(attack.name); }))
            return false;
    }
    return seedIsWell && minutesAreWell && options.minutes > 0 && options.minutes <= MostMinutes
        && parser.positionalArguments().isEmpty();
}

int tell(const Findings &findings, quint64 seed)
{
    const auto counts = findings.counts();
    std::printf("\nseed %llu: %s\n", qulonglong(seed),
        counts.empty() ? "nothing was found" : "the siege has findings");
    for (const auto &[kind, count] : counts)
        std::printf("%8d  %s\n", count, kind.c_str());
    return counts.empty() ? Well : Found;
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    Options options;
    if (!parse(app, options)) {
        std::fprintf(stderr, "parley-siege: --seed must be a number, --minutes a number up to %g\n",
            MostMinutes);
        return WrongUsage;
    }
    bench::raiseDescriptorLimit();
    std::printf("parley-siege --seed %llu --minutes %g%s%s\n", qulonglong(options.seed),
        options.minutes, *test::sanitizerName ? ", sanitizer: " : "", test::sanitizerName);
    std::fflush(stdout);

    const QTemporaryDir folder;
    Siege siege{options.program, folder.path(), options.only, {}, std::vector<Seq>(crew::Pairs)};
    if (!ServerUnder(siege.program, siege.folder, {}).importUsers(crew::usersFile())) {
        std::fprintf(
            stderr, "parley-siege: %s could not import the users\n", qPrintable(siege.program));
        return WrongUsage;
    }
    Chance chance(options.seed);
    for (Round round : plan(options.minutes, chance)) {
        // Some reports of the sanitizers come by it.
        if (options.isErrorRead || *test::sanitizerName != '\0')
            round.footing.isErrorUnread = false;
        run(siege, round, chance.branch());
    }
    return tell(siege.findings, options.seed);
}
