// SPDX-License-Identifier: MIT
#include "app/run.h"

#include "app/admin.h"
#include "app/logging/log.h"
#include "app/serve.h"
#include "app/terminal.h"
#include "core/log.h"
#include "core/unixsignals.h"
#include "storage/sql/open.h"

#include <QCoreApplication>
#include <QFileInfo>

#include <algorithm>
#include <sys/stat.h>
#include <unistd.h>

namespace parley::app {

namespace {

// For secrets that it makes.
bool needsData(const CommandLine &commandLine, const Settings &settings)
{
    const Serve *serve = std::get_if<Serve>(&commandLine.command);
    return serve && (serve->isDemo || (settings.traceEnabled && settings.adminToken.isEmpty()));
}

// Those of the installed service, for the commands that administer it: not for a server that
// somebody starts, and not where another store is named. Who may not read them has their own store.
QString settingsFile(const CommandLine &commandLine, const Environment &environment)
{
    const QString installed = QStringLiteral(PARLEY_SERVICE_CONFIG);
    const auto namesStore = [](const auto &setting) {
        return setting.first == "data" || setting.first == "store";
    };
    if (!commandLine.configFile.isEmpty() || std::holds_alternative<Serve>(commandLine.command)
        || std::ranges::any_of(commandLine.settings, namesStore)
        || environment.contains("PARLEY_DATA") || environment.contains("PARLEY_STORE")
        || !QFileInfo(installed).isReadable())
        return commandLine.configFile;
    return installed;
}

} // namespace

int run(int argc, char **argv)
{
    // Qt's event loop of its own, not GLib's: neither scales, but ours replaces only Qt's.
    qputenv("QT_NO_GLIB", "1");
    UnixSignals::ignoreThoseOfWriting();
    openStandardStreams();
    ::umask(S_IRWXG | S_IRWXO); // a database, a secret key: nothing that is made is for others

    const auto parsed = parseCommandLine(argc, argv);
    if (const int *status = std::get_if<int>(&parsed))
        return *status;
    const CommandLine &commandLine = std::get<CommandLine>(parsed);
    if (std::holds_alternative<Serve>(commandLine.command))
        UnixSignals::hold();
    const Environment environment = systemEnvironment();
    const Sources sources{
        settingsFile(commandLine, environment), environment, commandLine.settings};
    const auto configuration = configure(sources);
    if (!configuration)
        return giveUp(WrongUsage, configuration.failure().text);
    const Settings &settings = configuration->settings;
    if (settings.store.isEmpty() || (settings.data.isEmpty() && needsData(commandLine, settings)))
        return giveUp(WrongUsage,
            QStringLiteral(
                "there is no home directory (HOME) to keep data in; choose a directory with"
                " --data"));
    if (const auto store = storage::sql::makeStore(settings.store, settings.limits); !store)
        return giveUp(WrongUsage, QStringLiteral("store: ") + store.failure().text);

    const Log log(settings.logFormat, STDERR_FILENO);
    setLogLevel(settings.logLevel, settings.logLevels);
    int noArguments = 1; // all were ours
    const QCoreApplication application(noArguments, argv);
    for (const QString &warning : configuration->warnings)
        qCWarning(lcApp).noquote() << warning;
    if (const Serve *which = std::get_if<Serve>(&commandLine.command))
        return serve(sources, settings, which->isDemo);
    return administer(commandLine.command, settings);
}

} // namespace parley::app
