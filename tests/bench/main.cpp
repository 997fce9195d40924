// SPDX-License-Identifier: MIT
// parley-bench: load generator and benchmark of a running Parley server, or of an MQTT broker.
#include "bench/process.h"
#include "bench/tag.h"
#include "bench/tlsclient.h"
#include "bench/workloads.h"
#include "core/limits.h"
#include "core/secrettext.h"

#include <CLI/CLI.hpp>

#include <cstdlib>
#include <fstream>
#include <functional>
#include <iostream>
#include <memory>
#include <sstream>

namespace {

using namespace parley;
using namespace parley::bench;

constexpr int Well = 0;
constexpr int Failed = 1;
constexpr int WrongUsage = 2;

constexpr int MaxUsers = 100'000;
constexpr int MaxSeconds = 3600;
constexpr int MaxWindow = 10'000;
constexpr int MaxMessages = 1'000'000;

struct Options {
    std::string url = "ws://127.0.0.1:2345";
    std::string ca;
    std::string secretKeyFile;
    MqttOptions mqtt;
    qint64 firstUser = 1;
    std::vector<pid_t> serverPids;
    bool json = false;
};

// The workload that was chosen.
struct Job {
    int connections = 0;
    bool storesMail = false; // for users who are away
    std::function<Outcome(const Setting &)> run;
};

int fail(int status, const std::string &words)
{
    std::cerr << "parley-bench: " << words << '\n';
    return status;
}

// As the server reads it.
Result<QByteArray> secretKey(const Options &options)
{
    std::string key;
    if (!options.secretKeyFile.empty()) {
        std::ostringstream text;
        text << std::ifstream(options.secretKeyFile).rdbuf();
        key = text.str();
    } else if (const char *value = std::getenv("PARLEY_SECRET_KEY")) {
        key = value;
    }
    return secretOf(QByteArray::fromStdString(key));
}

Result<Target> targetOf(const Options &options)
{
    Result<Target> target = Target::resolve(options.url, {});
    if (!target)
        return target;
    if (target->isTls()) {
        if (const Done trusted = TlsClient::trust(options.ca); !trusted)
            return trusted.failure();
    }
    target->setMqtt(options.mqtt);
    if (target->protocol() != Protocol::Parley)
        return target;
    const auto key = secretKey(options);
    if (!key)
        return Failure{
            QStringLiteral(
                "needs the server's secret key (--secret-key-file or PARLEY_SECRET_KEY): ")
            + key.failure().text};
    return Target::resolve(options.url, key->toStdString());
}

void addCommon(CLI::App &app, Options &options)
{
    app.add_option("--url", options.url,
           "The server: ws://HOST:PORT or wss://HOST:PORT; or an MQTT broker:\n"
           "mqtt://HOST:PORT, or mqtt+ws://HOST:PORT over WebSocket")
        ->capture_default_str();
    app.add_option("--ca", options.ca, "Certificates in PEM that vouch for a wss server")
        ->check(CLI::ExistingFile);
    app.add_option("--secret-key-file", options.secretKeyFile,
           "File with the server's secret key (default: environment PARLEY_SECRET_KEY)")
        ->check(CLI::ExistingFile);
    app.add_flag("--clean-sessions", options.mqtt.cleanSessions,
        "MQTT: the broker keeps nothing for users who are away");
    app.add_option("--ping-every", options.mqtt.pingSeconds,
           "MQTT: seconds between two pings of a connection; 0: none")
        ->capture_default_str()
        ->check(CLI::Range(0, MaxSeconds));
    app.add_option("--first-user", options.firstUser,
           "First userId to use; all users must exist, and nobody else may use them")
        ->capture_default_str()
        ->check(CLI::Range(qint64(1), MaxInteger - 3 * MaxUsers));
    app.add_option("--server-pid", options.serverPids,
           "Server process on this machine; reports its CPU time and memory")
        ->allow_extra_args(false);
    app.add_flag("--json", options.json, "Print one JSON object instead of text");
    app.footer("The server limits the commands of a connection (1000 a second by default), and "
               "this program\n"
               "keeps below that. To measure, start it with PARLEY_LIMITS_COMMANDS_PER_SECOND=0.");
}

CLI::Option *addCount(
    CLI::App &app, const char *name, int &value, int least, int most, const char *words)
{
    return app.add_option(name, value, words)
        ->capture_default_str()
        ->check(CLI::Range(least, most));
}

void addBody(CLI::App &app, int &bytes)
{
    addCount(app, "--body", bytes, Tag::Size, Limits().bodyBytes, "Bytes of a message's body");
}

void addPairs(CLI::App &app, Job &job)
{
    CLI::App &sub = *app.add_subcommand("pairs", "Messages between users who are online");
    auto o = std::make_shared<PairsOptions>();
    addCount(sub, "--pairs", o->pairs, 1, MaxUsers, "Senders, and as many receivers");
    addCount(sub, "--window", o->window, 1, MaxWindow, "Messages outstanding for each sender");
    addCount(sub, "--seconds", o->seconds, 1, MaxSeconds, "Seconds to measure");
    addCount(sub, "--warmup", o->warmupSeconds, 0, MaxSeconds, "Seconds before the measurement");
    addCount(sub, "--idle", o->idle, 0, MaxUsers, "Further connections, with heartbeats only");
    addBody(sub, o->bodyBytes);
    sub.callback([o, &job] {
        job = {2 * o->pairs + o->idle, false, [o](const Setting &s) { return runPairs(s, *o); }};
    });
}

void addOffline(CLI::App &app, Job &job)
{
    CLI::App &sub =
        *app.add_subcommand("offline", "Messages to users who are away, and who fetch them later");
    auto o = std::make_shared<OfflineOptions>();
    addCount(sub, "--senders", o->senders, 1, MaxUsers, "Senders, and as many receivers");
    addCount(sub, "--messages", o->messages, 1, MaxMessages, "Messages of each sender");
    addCount(sub, "--window", o->window, 1, MaxWindow, "Messages outstanding for each sender");
    addBody(sub, o->bodyBytes);
    sub.callback([o, &job] {
        job = {2 * o->senders, true, [o](const Setting &s) { return runOffline(s, *o); }};
    });
}

void addIdle(CLI::App &app, Job &job)
{
    CLI::App &sub = *app.add_subcommand("idle", "Connections that only send heartbeats");
    auto o = std::make_shared<IdleOptions>();
    addCount(sub, "--connections", o->connections, 1, MaxUsers, "Number of connections");
    addCount(sub, "--seconds", o->seconds, 1, MaxSeconds, "Seconds to keep them open");
    sub.callback([o, &job] {
        job = {o->connections, false, [o](const Setting &s) { return runIdle(s, *o); }};
    });
}

int tell(const Options &options, const Outcome &outcome)
{
    std::cout << (options.json ? outcome.report.json() + '\n' : outcome.report.text())
              << std::flush;
    for (const FaultKind &kind : FaultKinds) {
        if (const qint64 count = outcome.faults.*kind.count)
            fail(Failed, std::to_string(count) + ' ' + kind.words);
    }
    if (!outcome.firstTrouble.empty())
        fail(Failed, "first: " + outcome.firstTrouble);
    return outcome.faults.total() == 0 ? Well : Failed;
}

} // namespace

int main(int argc, char **argv)
{
    Options options;
    CLI::App app(
        "Load generator and benchmark for a running Parley server or, to compare, an MQTT broker",
        "parley-bench");
    app.require_subcommand(1);
    app.fallthrough();
    addCommon(app, options);
    Job job;
    addPairs(app, job);
    addOffline(app, job);
    addIdle(app, job);
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError &error) {
        return app.exit(error) == 0 ? Well : WrongUsage;
    }

    const Result<Target> target = targetOf(options);
    if (!target)
        return fail(WrongUsage, target.failure().text.toStdString());
    if (job.storesMail && options.mqtt.cleanSessions)
        return fail(WrongUsage, "with --clean-sessions nothing is stored for users who are away");
    if (const qint64 limit = raiseDescriptorLimit(); job.connections + 16 > limit)
        return fail(Failed, "the limit of open files is " + std::to_string(limit));

    const Setting setting{*target, UserId(options.firstUser), options.serverPids};
    try {
        return tell(options, job.run(setting));
    } catch (const std::exception &error) {
        return fail(Failed, error.what());
    }
}
