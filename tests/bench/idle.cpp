// SPDX-License-Identifier: MIT
#include "bench/engine.h"
#include "bench/window.h"
#include "bench/workloads.h"

namespace parley::bench {

namespace {

// Counts heartbeats; whatever else comes is not for it.
class Beats final : public Observer {
public:
    Histogram latency; // µs
    qint64 refusals = 0;
    std::string firstRefusal;

private:
    void beaten(Ticks::duration after) override
    {
        latency.add(std::chrono::duration_cast<std::chrono::microseconds>(after).count());
    }
    void refused(Client &, const Reply &reply) override
    {
        if (refusals++ == 0)
            firstRefusal = reply.code;
    }
};

} // namespace

Outcome runIdle(const Setting &setting, const IdleOptions &options)
{
    Beats beats;
    Engine engine(setting.target, beats, setting.firstUser, options.connections);
    Outcome outcome{Report("idle"), {}, {}};
    Report &report = outcome.report;
    report.add("connections", qint64(options.connections));

    const Usage before = usageOf(setting.serverPids);
    const int missing = engine.connect(0, options.connections);
    if (missing == 0) {
        report.add("connect_seconds", engine.connectSeconds());
        report.add("connections_per_second", options.connections / engine.connectSeconds());
        const qint64 beatsBefore = engine.heartbeats();
        Window window(setting.serverPids);
        engine.run([] { return false; }, std::chrono::seconds(options.seconds));
        window.end();
        window.addServerLoad(report);
        if (const qint64 beats = engine.heartbeats() - beatsBefore)
            window.addServerCost(report, "server_cpu_us_per_heartbeat", beats);
        if (!setting.serverPids.empty()) {
            const Usage after = usageOf(setting.serverPids);
            report.add("server_rss_kib_per_connection",
                double(after.rssKib - before.rssKib) / options.connections);
        }
        engine.stopHeartbeats();
        engine.run([&] { return beats.latency.count() >= engine.heartbeats(); }, 10s);
        report.add("heartbeats", engine.heartbeats());
        report.add("heartbeat_latency", beats.latency);
        outcome.faults.unanswered = engine.heartbeats() - beats.latency.count();
    }
    outcome.faults.refused = beats.refusals;
    outcome.faults.disconnected = std::max(qint64(missing), engine.brokenCount());
    outcome.firstTrouble = engine.firstBroken() + beats.firstRefusal;
    engine.leave(0, engine.clients());
    report.add(outcome.faults);
    return outcome;
}

} // namespace parley::bench
