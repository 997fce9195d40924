// SPDX-License-Identifier: MIT
#include "app/serve.h"

#include "app/demo.h"
#include "app/logging/log.h"
#include "app/running.h"
#include "app/server.h"
#include "app/settings/secretfile.h"
#include "app/settings/table.h"
#include "app/storeaccess.h"
#include "app/storeplace.h"
#include "app/systemd.h"
#include "app/terminal.h"
#include "core/log.h"
#include "core/unixsignals.h"
#include "storage/sql/open.h"

#include <QCoreApplication>

#include <algorithm>
#include <climits>
#include <csignal>
#include <poll.h>
#include <sys/resource.h>
#include <unistd.h>

namespace parley::app {

namespace {

// What is no socket of a client: the store, the log, the listening sockets, and what each thread
// has.
constexpr rlim_t OtherDescriptors = 48;
constexpr rlim_t DescriptorsOfAGateway = 4;
constexpr qsizetype ShortKey = 16;
constexpr rlim_t LeastSockets = 16; // or it is no server
// After the server's own limit, and in time for the promise of 10 s.
constexpr std::chrono::seconds LastMoment = 9s;
static_assert(limits::ShutdownTimeout < LastMoment);

// Places for connections, for who is not let in yet, for who is only turned away, and for as many
// who are on their way to a gateway: all of them real.
Done fitToDescriptors(Settings &settings)
{
    Limits &limits = settings.limits;
    rlimit descriptors{};
    ::getrlimit(RLIMIT_NOFILE, &descriptors);
    descriptors.rlim_cur = descriptors.rlim_max;
    if (::setrlimit(RLIMIT_NOFILE, &descriptors) != 0)
        ::getrlimit(RLIMIT_NOFILE, &descriptors);
    const rlim_t others = OtherDescriptors + DescriptorsOfAGateway * rlim_t(settings.gateways);
    if (descriptors.rlim_cur < others + LeastSockets)
        return Failure{
            QStringLiteral("the descriptor limit of %1 is too low: at least %2 are needed"
                           " (ulimit -n)")
                .arg(descriptors.rlim_cur)
                .arg(others + LeastSockets)};
    const auto room = qint64(std::min<rlim_t>(descriptors.rlim_cur - others, INT_MAX));
    limits.pendingPlaces = int(std::min<qint64>(limits.pendingPlaces, room / 4));
    limits.reservePlaces = int(std::min<qint64>(limits.reservePlaces, room / 8));
    const auto places = int(room - limits.pendingPlaces - 2 * limits.reservePlaces);
    if (limits.connections <= places)
        return done();
    limits.connections = places;
    qCInfo(lcApp) << "the descriptor limit" << descriptors.rlim_cur << "leaves room for"
                  << limits.connections << "connections";
    return done();
}

// Each part that cannot be read again stays as it was; the first Failure is returned.
Done reload(Sources sources, Server &server)
{
    sources.accept = Accept::RegularFiles; // everybody waits meanwhile
    const auto again = configure(sources);
    if (!again) {
        qCWarning(lcApp).noquote() << "the settings were not read again:" << again.failure().text;
        return again.failure();
    }
    setLogLevel(again->settings.logLevel, again->settings.logLevels);
    qCInfo(lcApp) << "the log level was read again";
    // Those who have none go on with what they have: time sessions are not turned off, and the
    // demonstration has a key of its own.
    if (!again->settings.secretKeyFile.isEmpty()) {
        server.changeKeys(again->settings);
        qCInfo(lcApp) << "the secret key was read again";
    }
    if (again->settings.certificateFiles.isEmpty())
        return done();
    const Done loaded = server.reloadCertificates(again->settings);
    if (loaded)
        qCInfo(lcApp) << "the certificates were read again";
    else
        qCWarning(lcApp).noquote()
            << "the certificates stay as they were:" << loaded.failure().text;
    return loaded;
}

void sayWhereItListens(Settings settings, const std::vector<Listen> &actual)
{
    settings.listen = actual;
    const QString line =
        QStringLiteral("parleyd: listening on %1\n").arg(findSetting("listen")->text(settings));
    if (const Done written = answerAtOnce(line.toUtf8()); !written)
        qCWarning(lcApp).noquote()
            << "cannot print the addresses that it listens on:" << written.failure().text;
}

void sayWhatStarts(const Settings &settings)
{
    qCInfo(lcApp).noquote() << "parleyd" << PARLEY_VERSION << "store"
                            << settings.store.section(QLatin1Char(':'), 0, 0) << "gateways"
                            << settings.gateways << "time sessions"
                            << (settings.secretKey.isEmpty() ? "off" : "on");
    if (!settings.secretKey.isEmpty() && settings.secretKey.size() < ShortKey)
        qCWarning(lcApp) << "the secret key of time sessions has only" << settings.secretKey.size()
                         << "characters; who guesses it can come as anybody: use at least"
                         << ShortKey;
}

// The admin token of the data directory is used where none is configured.
Done prepareTrace(Settings &settings)
{
    if (!settings.adminToken.isEmpty()) {
        qCInfo(lcApp) << "the trace is on; it asks for the configured admin token";
        return done();
    }
    if (const Done made = makeDirectory(settings.data); !made)
        return made.failure();
    const QString file = settings.data + QStringLiteral("/admin.token");
    const auto token = ownSecret(file);
    if (!token)
        return token.failure();
    settings.adminToken = *token;
    qCInfo(lcApp).noquote() << "the trace is on; it asks for the admin token in" << file;
    return done();
}

// Whatever hangs, also a thread that is waited for: the process ends.
void endAtLastMoment()
{
    std::signal(SIGALRM, [](int) {
        static constexpr char Text[] = "parleyd: did not stop in time\n";
        pollfd room{STDERR_FILENO, POLLOUT, 0}; // nobody may be reading
        if (::poll(&room, 1, 0) == 1 && (room.revents & POLLOUT)) {
            [[maybe_unused]] const ssize_t written = ::write(STDERR_FILENO, Text, sizeof Text - 1);
        }
        ::_exit(Failed);
    });
    ::alarm(unsigned(LastMoment.count()));
}

// Not having it keeps nobody from chatting.
void answerOthers(control::Answerer &answerer, const Settings &settings)
{
    if (settings.data.isEmpty()) {
        qCInfo(lcApp) << "without a data directory there is no control socket";
        return;
    }
    Done listens = makeDirectory(settings.data);
    if (listens)
        listens = answerer.listen(control::socketPath(settings.data));
    if (!listens)
        qCWarning(lcApp).noquote() << "there is no control socket:" << listens.failure().text;
}

int runServer(const Sources &sources, const Settings &settings)
{
    UnixSignals signals;
    auto store = makeStore(settings, storage::sql::Use::Serve, storage::sql::Schema::BringUp);
    if (!store)
        return giveUp(Failed, store.failure().text);
    const SystemClock clock;
    Server server(settings, clock, std::move(*store), Server::Strength::Interactive,
        storage::sql::makeBus(settings.store));
    const auto stop = [&] {
        qCInfo(lcApp) << "stopping";
        tellSystemdStopping();
        endAtLastMoment();
        server.shutdown();
    };
    const auto once = Qt::ConnectionType(Qt::AutoConnection | Qt::SingleShotConnection);
    QObject::connect(&signals, &UnixSignals::stopAsked, &server, stop, once);
    QObject::connect(&signals, &UnixSignals::reloadAsked, &server, [&] {
        tellSystemdReloading();
        (void)reload(sources, server);
        tellSystemdReady();
    });
    QObject::connect(
        &server, &Server::stopped, qApp, &QCoreApplication::quit, Qt::QueuedConnection);
    if (const auto port = server.start(); !port)
        return giveUp(Failed, port.failure().text);
    control::Answerer answerer(answersOf(server, [&] { return reload(sources, server); }));
    answerOthers(answerer, settings);
    sayWhereItListens(settings, server.listening());
    tellSystemdReady();
    const Watchdog watchdog([&](milliseconds within) { return server.isAlive(within); });
    return QCoreApplication::exec();
}

} // namespace

int serve(const Sources &sources, Settings settings, bool isDemo)
{
    const auto isLoopback = [](const Listen &listen) { return listen.address.isLoopback(); };
    if (isDemo && !std::ranges::all_of(allListen(settings), isLoopback))
        return giveUp(WrongUsage,
            QStringLiteral("--demo: everybody knows its password, so it may listen only on a"
                           " loopback address"));
    storage::sql::loadDrivers();
    if (const Done fits = fitToDescriptors(settings); !fits)
        return giveUp(Failed, fits.failure().text);
    const auto isNew = lookAtStore(settings, storage::sql::Schema::BringUp);
    if (!isNew)
        return giveUp(Failed, isNew.failure().text);
    if (*isNew)
        qCInfo(lcApp).noquote() << "created a new store:" << settings.store;
    if (isDemo) {
        if (const Done prepared = prepareDemo(settings); !prepared)
            return giveUp(Failed, prepared.failure().text);
    }
    if (settings.traceEnabled) {
        if (const Done prepared = prepareTrace(settings); !prepared)
            return giveUp(Failed, prepared.failure().text);
    }
    sayWhatStarts(settings);
    return runServer(sources, settings);
}

} // namespace parley::app
