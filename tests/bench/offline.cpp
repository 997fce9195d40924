// SPDX-License-Identifier: MIT
#include "bench/traffic.h"
#include "bench/window.h"
#include "bench/workloads.h"

namespace parley::bench {

namespace {

void takeIn(const Setting &setting, Engine &engine, Traffic &traffic, Report &report)
{
    Window window(setting.serverPids);
    traffic.start(engine);
    engine.runWhileBusy(
        [&] { return traffic.answered() == traffic.planned() || traffic.isSpoilt(); });
    traffic.stop();
    window.end();
    window.addRate(report, "stored_", traffic.answered());
    report.add("sent_latency", traffic.sentLatency());
}

// How many did not come up. The mail is there when its receiver has caught up; what remains is
// their last CONFIRM.
int drain(const Setting &setting, Engine &engine, Traffic &traffic, Report &report)
{
    const int half = engine.clients() / 2;
    Window window(setting.serverPids);
    const int missing = engine.connect(half, half);
    engine.runWhileBusy(
        [&] { return traffic.completed() == traffic.opened() || engine.brokenCount() > 0; });
    window.end();
    window.addRate(report, "drained_", traffic.delivered());
    window.addServerLoad(report);
    return missing;
}

} // namespace

Outcome runOffline(const Setting &setting, const OfflineOptions &options)
{
    const int senders = options.senders;
    Traffic traffic(
        {senders, options.window, options.bodyBytes, Traffic::Until::Sent, options.messages},
        setting.firstUser);
    Engine engine(setting.target, traffic, setting.firstUser, 2 * senders);
    Outcome outcome{Report("offline"), {}, {}};
    Report &report = outcome.report;
    report.add("senders", qint64(senders));
    report.add("messages_each", qint64(options.messages));
    report.add("body_bytes", qint64(options.bodyBytes));

    // The receivers come once before, to empty their mailboxes and to learn where seqs stand.
    int missing = engine.connect(0, 2 * senders);
    if (missing == 0) {
        engine.leave(senders, senders);
        traffic.measure(true);
        takeIn(setting, engine, traffic, report);
        traffic.measure(false);
        missing = drain(setting, engine, traffic, report);
        outcome.faults = traffic.conclude(engine);
        report.add("paced", qint64(traffic.paced()));
    }
    outcome.faults.disconnected = std::max(qint64(missing), engine.brokenCount());
    outcome.firstTrouble = engine.firstBroken() + traffic.firstRefusal();
    engine.leave(0, engine.clients());
    report.add("foreign_messages", traffic.foreign());
    report.add(outcome.faults);
    return outcome;
}

} // namespace parley::bench
