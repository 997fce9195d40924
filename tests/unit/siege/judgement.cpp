// SPDX-License-Identifier: MIT
// What a siege decides before it begins, and how it judges.
#include "siege/bound.h"
#include "siege/crew.h"
#include "siege/findings.h"
#include "siege/metrics.h"
#include "siege/round.h"
#include "support/sanitizer.h"

#include <QTest>

#include <set>
#include <sys/wait.h>
#include <unistd.h>

using namespace parley;
using namespace parley::siege;

class SiegeJudgementTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void plansSoManyMinutes_data();
    void plansSoManyMinutes();
    void theSeedRepeatsThePlan();
    void disturbsOneThingAtATime_data();
    void disturbsOneThingAtATime();
    void standstillsOutlastTheHeartbeat();
    void boundsEachConnectionThatMayHoldMemory();
    void readsCountersByTheirLabel();
    void countsEachKindOfFinding();
    void nothingIsFoundAfterTheServersDeath();
    void everyAttackCanBeChosenByItsName();
};

namespace {

milliseconds total(const std::vector<Round> &rounds)
{
    milliseconds sum = 0ms;
    for (const Round &round : rounds)
        sum += round.length;
    return sum;
}

void addMinutes()
{
    QTest::addColumn<double>("minutes");
    QTest::newRow("the short one") << 1.0;
    QTest::newRow("the usual one") << 10.0;
    QTest::newRow("hours") << 180.0;
}

} // namespace

void SiegeJudgementTest::plansSoManyMinutes_data()
{
    addMinutes();
}

void SiegeJudgementTest::plansSoManyMinutes()
{
    QFETCH(double, minutes);
    Chance chance(1);
    const std::vector<Round> rounds = plan(minutes, chance);
    const double planned = double(total(rounds).count()) / 60'000;
    QVERIFY2(qAbs(planned - minutes) < 0.01, qPrintable(QString::number(planned)));
    QVERIFY(std::ranges::any_of(rounds, [](const Round &round) { return round.isNarrow; }));
}

void SiegeJudgementTest::theSeedRepeatsThePlan()
{
    const auto moments = [](quint64 seed) {
        Chance chance(seed);
        std::vector<qint64> list;
        for (const Round &round : plan(10, chance)) {
            for (const Disturbance &disturbance : round.disturbances)
                list.push_back(disturbance.at.count());
        }
        return list;
    };
    QCOMPARE(moments(7), moments(7));
    QVERIFY(moments(7) != moments(8));
}

void SiegeJudgementTest::disturbsOneThingAtATime_data()
{
    addMinutes();
}

void SiegeJudgementTest::disturbsOneThingAtATime()
{
    QFETCH(double, minutes);
    for (quint64 seed = 1; seed <= 20; ++seed) {
        Chance chance(seed);
        for (const Round &round : plan(minutes, chance)) {
            milliseconds free = 0ms;
            for (const Disturbance &disturbance : round.disturbances) {
                QVERIFY(disturbance.at > free);
                free = disturbance.at + disturbance.length;
            }
            QVERIFY(free < round.length);
            QCOMPARE(round.disturbances.empty(), round.isNarrow);
        }
    }
}

void SiegeJudgementTest::standstillsOutlastTheHeartbeat()
{
    for (const double minutes : {1.0, 10.0}) {
        Chance chance(1);
        for (const Round &round : plan(minutes, chance)) {
            for (const Disturbance &disturbance : round.disturbances) {
                if (disturbance.kind == Disturbance::Kind::Stop)
                    QVERIFY(disturbance.length.count() > round.footing.heartbeatTimeoutMs);
            }
        }
    }
}

void SiegeJudgementTest::boundsEachConnectionThatMayHoldMemory()
{
    Load load;
    load.programBytes = 50 << 20;
    const qint64 before = memoryBound(load);
    QVERIFY(before >= load.programBytes * test::memoryFactor);
    load.connections = 10;
    const qint64 more = memoryBound(load) - before;
    QVERIFY(more >= 10 * limits::MaxWaitingBytes);
    QVERIFY(more < 10 * 2 * limits::MaxWaitingBytes * test::memoryFactor);
    // All attacks at once are not worth a GiB: what grows without bound is seen.
    std::vector<const Attack *> all;
    for (const Attack &attack : attacks())
        all.push_back(&attack);
    QVERIFY(memoryBound(loadOf(all, 2 * crew::Pairs)) < qint64(test::memoryFactor) << 30);
}

void SiegeJudgementTest::readsCountersByTheirLabel()
{
    const std::string text = "# HELP parley_http_answers_total HTTP answers\n"
                             "# TYPE parley_http_answers_total counter\n"
                             "parley_http_answers_total{status=\"400\"} 12\n"
                             "parley_http_answers_total{status=\"401\"} 3\n"
                             "parley_http_answers_total_more{status=\"500\"} 1\n"
                             "parley_connections 7\n";
    const auto found = counter(text, "parley_http_answers_total", "status");
    QCOMPARE(found, (std::map<std::string, qint64>{{"400", 12}, {"401", 3}}));
}

void SiegeJudgementTest::countsEachKindOfFinding()
{
    Findings findings;
    QVERIFY(findings.empty());
    findings.add("a kind", "one");
    findings.add("a kind", "two");
    findings.add("another");
    QCOMPARE(findings.counts(), (std::map<std::string, int>{{"a kind", 2}, {"another", 1}}));
}

// What clients see then says nothing of its own.
void SiegeJudgementTest::nothingIsFoundAfterTheServersDeath()
{
    Findings findings;
    findings.attend(::getpid());
    findings.add("of a server that lives");
    const pid_t pid = ::fork();
    if (pid == 0)
        ::_exit(0);
    siginfo_t info{};
    // A zombie from now on: it has ended, and nobody has asked for its status.
    QCOMPARE(::waitid(P_PID, id_t(pid), &info, WEXITED | WNOWAIT), 0);
    findings.attend(pid);
    findings.add("of a dead server");
    findings.died("by signal 11");
    QCOMPARE(findings.counts(),
        (std::map<std::string, int>{{"of a server that lives", 1}, {"the server died", 1}}));
    QCOMPARE(::waitid(P_PID, id_t(pid), &info, WEXITED), 0);
}

void SiegeJudgementTest::everyAttackCanBeChosenByItsName()
{
    std::set<std::string> names;
    for (const Attack &attack : attacks()) {
        QVERIFY2(names.insert(attack.name).second, attack.name);
        QVERIFY2(attack.weight > 0 && attack.atOnce > 0 && attack.connections > 0, attack.name);
    }
}

QTEST_GUILESS_MAIN(SiegeJudgementTest)
#include "judgement.moc"
