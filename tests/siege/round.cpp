// SPDX-License-Identifier: MIT
#include "siege/round.h"

#include "siege/bound.h"
#include "siege/crew.h"
#include "siege/disturber.h"
#include "siege/horde.h"
#include "siege/metrics.h"
#include "siege/pairs.h"
#include "support/sanitizer.h"

#include <algorithm>
#include <cstdio>
#include <thread>

namespace parley::siege {

namespace {

using bench::Moment;
using bench::Ticks;

constexpr milliseconds WarmUp = 1s; // until every file that is opened late is open
constexpr milliseconds LookInterval = 100ms;
constexpr milliseconds Quiet = 40s; // for all that is under way to come through
constexpr milliseconds DescriptorsBack = 30s; // all time-outs of the server, and some more
constexpr int SpareDescriptors = 4; // what the server itself may open and keep

std::vector<const Attack *> attacksFor(const Round &round, const QStringList &only)
{
    std::vector<const Attack *> chosen;
    for (const Attack &attack : attacks()) {
        if ((!round.isNarrow || attack.inNarrow)
            && (only.isEmpty() || only.contains(QLatin1String(attack.name)) || attack.run == probe))
            chosen.push_back(&attack);
    }
    return chosen;
}

class Running {
public:
    Running(Siege &siege, const Round &round, Chance chance)
        : m_siege(siege)
        , m_round(round)
        , m_chance(chance)
        , m_server(siege.program, siege.folder, round.footing)
        , m_pairs(crew::Pairs, siege.findings, siege.lastSeqs)
    {
    }
    void run();
    bool isJudged() const { return m_isJudged; } // to the end, or it died

private:
    using Condition = std::function<bool()>;
    bool begin();
    bool keepOn(const Condition &done, milliseconds limit);
    void attack(bench::Engine &, const bench::Target &);
    void judgeDescriptors(bench::Engine &);
    void judgeMetrics(const bench::Target &, const Seen &);
    void judgeEnd(bench::Engine &);
    void reportDeath();
    void print(const Horde &) const;

    Siege &m_siege;
    const Round &m_round;
    Chance m_chance;
    ServerUnder m_server;
    Pairs m_pairs;
    bench::Engine *m_engine = nullptr;
    Disturber *m_disturber = nullptr;
    Moment m_nextLook;
    bool m_dead = false;
    bool m_isJudged = false;
    int m_descriptors = 0;
    int m_descriptorsAfter = 0;
    qint64 m_boundKib = 0;
    qint64 m_peakKib = 0;
    qint64 m_refused = 0; // answers, closes and errors that clients saw
};

bool Running::begin()
{
    if (!m_server.start()) {
        m_siege.findings.add("the server did not start", m_server.lastWords());
        return false;
    }
    m_siege.findings.attend(m_server.pid());
    Load load = loadOf(attacksFor(m_round, m_siege.only), 2 * crew::Pairs);
    load.programBytes = m_server.residentKib() * 1024 / test::memoryFactor;
    load.gateways = int(std::thread::hardware_concurrency());
    load.isTls = m_round.footing.isTls;
    m_boundKib = memoryBound(load) / 1024;
    return true;
}

void Running::run()
{
    if (!begin())
        return;
    if (m_round.footing.isTls) {
        if (const Done trusted = bench::TlsClient::trust(m_server.ca()); !trusted)
            return m_siege.findings.add(
                "no certificates for the siege", trusted.failure().text.toStdString());
    }
    const auto target = bench::Target::resolve(m_server.url(), SecretKey);
    bench::Engine engine(*target, m_pairs, UserId(1), 2 * crew::Pairs);
    m_engine = &engine;
    if (engine.connect(0, engine.clients()) != 0) {
        if (m_server.hasEnded())
            return reportDeath();
        m_siege.findings.add("the pairs could not connect", engine.firstBroken());
        return;
    }
    m_pairs.start(engine, [this](Moment now) {
        if (m_disturber && !m_dead)
            m_disturber->turn(now);
    });
    keepOn([] { return false; }, WarmUp);
    m_descriptors = m_server.descriptors();
    attack(engine, *target);
}

// Runs the pairs; false when the server has ended, which is reported, or time was over first.
bool Running::keepOn(const Condition &done, milliseconds limit)
{
    const Moment end = Ticks::now() + limit;
    bool isDone = false;
    while (!m_dead && !isDone && Ticks::now() < end) {
        m_engine->run(
            [&] {
                const Moment now = Ticks::now();
                if (now >= m_nextLook) {
                    m_nextLook = now + LookInterval;
                    m_dead = m_server.hasEnded();
                }
                isDone = done();
                return m_dead || isDone || m_pairs.mustRejoin();
            },
            std::max(0ms, std::chrono::duration_cast<milliseconds>(end - Ticks::now())));
        m_dead = m_dead || m_server.hasEnded();
        if (m_dead)
            reportDeath();
        if (!m_dead && m_pairs.mustRejoin())
            m_pairs.rejoin(*m_engine);
    }
    return isDone;
}

void Running::attack(bench::Engine &engine, const bench::Target &target)
{
    Horde horde(target, m_siege.findings, attacksFor(m_round, m_siege.only), m_chance.branch(),
        m_round.isNarrow);
    Disturber disturber(m_round.disturbances, m_server, m_pairs, horde, m_siege.findings);
    m_disturber = &disturber;
    horde.start();
    const Moment end = Ticks::now() + m_round.length;
    keepOn([&] { return Ticks::now() >= end && disturber.isOver(); }, m_round.length + 120s);
    disturber.finish();
    m_disturber = nullptr;
    horde.stop();
    if (!m_dead)
        judgeDescriptors(engine);
    m_pairs.stop();
    if (!m_dead && !keepOn([&] { return m_pairs.isQuiet(); }, Quiet))
        m_siege.findings.add("pairs: messages are still under way long after the attacks");
    m_siege.lastSeqs = m_pairs.lastSeqs();
    if (!m_dead) {
        m_pairs.conclude(engine);
        Seen seen = horde.seen();
        seen += m_pairs.seen();
        judgeMetrics(target, seen);
        judgeEnd(engine);
    }
    m_isJudged = true;
    print(horde);
}

void Running::reportDeath()
{
    m_isJudged = true;
    m_siege.findings.died(m_server.howItEnded().toStdString());
    std::printf("%s%s", m_server.reports().c_str(), m_server.lastWords().c_str());
}

void Running::judgeDescriptors(bench::Engine &)
{
    const auto back = [this] {
        m_descriptorsAfter = m_server.descriptors();
        return m_descriptorsAfter <= m_descriptors + SpareDescriptors;
    };
    if (!keepOn(back, DescriptorsBack) && !m_dead)
        m_siege.findings.add("descriptors were not closed",
            std::to_string(m_descriptors) + " before, " + std::to_string(m_descriptorsAfter)
                + " after");
}

void Running::judgeMetrics(const bench::Target &target, const Seen &seen)
{
    const HttpAnswer metrics = ask(target, "/metrics", 30s);
    if (metrics.status != 200) {
        m_siege.findings.add("/metrics did not answer at the end");
        return;
    }
    const struct {
        const char *name;
        const char *label;
        const std::map<std::string, qint64> &seen;
    } kinds[] = {{"parley_http_answers_total", "status", seen.statuses},
        {"parley_connections_closed_total", "code", seen.closes},
        {"parley_errors_total", "code", seen.errors}};
    for (const auto &kind : kinds) {
        auto counted = counter(metrics.body, kind.name, kind.label);
        for (const auto &[code, count] : kind.seen) {
            m_refused += count;
            // It may have said what nobody was there to hear.
            if (counted[code] < count)
                m_siege.findings.add(std::string("refusals were not counted in ") + kind.name,
                    code + ": " + std::to_string(count) + " seen, " + std::to_string(counted[code])
                        + " counted");
        }
    }
}

void Running::judgeEnd(bench::Engine &engine)
{
    m_peakKib = m_server.peakKib();
    if (m_peakKib > m_boundKib)
        m_siege.findings.add("memory went over its bound",
            std::to_string(m_peakKib / 1024) + " MiB, bound " + std::to_string(m_boundKib / 1024)
                + " MiB");
    engine.leave(0, engine.clients());
    m_siege.findings.attend(0);
    // Also when it died of the farewell.
    if (const int status = m_server.terminate(); status != 0)
        m_siege.findings.add("the server did not exit well after SIGTERM",
            status >= 0               ? std::to_string(status)
                : m_server.hasEnded() ? m_server.howItEnded().toStdString()
                                      : "not in time");
    if (const std::string reports = m_server.reports(); !reports.empty()) {
        m_siege.findings.add(
            std::string("the ") + test::sanitizerName + " sanitizer reports an error");
        std::printf("%s", reports.c_str());
    }
}

void Running::print(const Horde &horde) const
{
    std::printf("  %-32s %lld\n", "hostile connections", qlonglong(horde.connections()));
    for (const auto &[name, count] : horde.begun())
        std::printf("    %-30s %lld\n", name.c_str(), qlonglong(count));
    std::printf("  %-32s %lld\n", "messages of the pairs", qlonglong(m_pairs.messages()));
    std::printf("  %-32s %.3f s\n", "worst SEND to SENT", m_pairs.worst());
    std::printf("  %-32s %.3f s\n", "worst while it was disturbed", m_pairs.worstExcused());
    std::printf("  %-32s %lld\n", "SENDs refused meanwhile", qlonglong(m_pairs.refusals()));
    std::printf("  %-32s %lld of %lld MiB\n", "memory at most", qlonglong(m_peakKib / 1024),
        qlonglong(m_boundKib / 1024));
    std::printf("  %-32s %d, then %d\n", "descriptors", m_descriptors, m_descriptorsAfter);
    std::printf("  %-32s %lld\n", "refusals that clients saw", qlonglong(m_refused));
    std::fflush(stdout);
}

} // namespace

void run(Siege &siege, const Round &round, Chance chance)
{
    std::printf("round %s: %g s%s%s\n", round.name.c_str(), double(round.length.count()) / 1000,
        round.footing.isErrorUnread ? ", nobody reads its stderr" : "",
        round.isNarrow ? ", few descriptors" : "");
    std::fflush(stdout);
    siege.findings.attend(0);
    Running running(siege, round, chance);
    running.run();
    // Nothing was found, perhaps because nothing was looked for.
    siege.findings.attend(0);
    if (!running.isJudged())
        siege.findings.add("a round could not be judged");
}

} // namespace parley::siege
