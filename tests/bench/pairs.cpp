// SPDX-License-Identifier: MIT
#include "bench/traffic.h"
#include "bench/window.h"
#include "bench/workloads.h"

namespace parley::bench {

Outcome runPairs(const Setting &setting, const PairsOptions &options)
{
    Traffic traffic({options.pairs, options.window, options.bodyBytes}, setting.firstUser);
    Engine engine(setting.target, traffic, setting.firstUser, 2 * options.pairs + options.idle);
    Outcome outcome{Report("pairs"), {}, {}};
    Report &report = outcome.report;
    report.add("pairs", qint64(options.pairs));
    report.add("window", qint64(options.window));
    report.add("idle", qint64(options.idle));
    report.add("body_bytes", qint64(options.bodyBytes));

    const int missing = engine.connect(0, engine.clients());
    if (missing == 0) {
        const auto spoilt = [&] { return traffic.isSpoilt(); };
        traffic.start(engine);
        engine.run(spoilt, std::chrono::seconds(options.warmupSeconds));
        traffic.measure(true);
        const qint64 before = traffic.completed();
        Window window(setting.serverPids);
        engine.run(spoilt, std::chrono::seconds(options.seconds));
        window.end();
        traffic.measure(false);
        traffic.stop();
        report.add("seconds", window.length());
        window.addRate(report, {}, traffic.completed() - before);
        window.addServerLoad(report);
        report.add("sent_latency", traffic.sentLatency());
        report.add("delivered_latency", traffic.deliveredLatency());
        engine.run(
            [&] { return traffic.completed() == traffic.opened() || engine.brokenCount() > 0; },
            30s);
        outcome.faults = traffic.conclude(engine);
        report.add("paced", qint64(traffic.paced()));
        report.add("all_messages", traffic.opened());
    } else {
        outcome.faults.disconnected = missing;
    }
    outcome.firstTrouble = engine.firstBroken() + traffic.firstRefusal();
    engine.leave(0, engine.clients());
    report.add("foreign_messages", traffic.foreign());
    report.add(outcome.faults);
    return outcome;
}

} // namespace parley::bench
