// SPDX-License-Identifier: MIT
#include "bench/pacer.h"
#include "bench/process.h"
#include "bench/report.h"
#include "core/histogram.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include <algorithm>
#include <cmath>
#include <random>

#include <unistd.h>

using namespace parley;
using namespace parley::bench;
using namespace std::chrono_literals;

class BenchFiguresTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void smallValuesAreExact();
    void percentilesAreWithinTwoPercent();
    void emptyHistogramSaysNought();
    void hugeValuesAreCounted();
    void pacerKeepsBelowTheServersLimit();
    void pacerWithoutALimitNeverWaits();
    void ownProcessHasAnUsage();
    void reportIsJson();
};

void BenchFiguresTest::smallValuesAreExact()
{
    Histogram histogram;
    for (int i = 1; i <= 100; ++i)
        histogram.add(i);
    QCOMPARE(histogram.percentile(50), 50);
    QCOMPARE(histogram.percentile(90), 90);
    QCOMPARE(histogram.percentile(99), 99);
    QCOMPARE(histogram.percentile(100), 100);
    QCOMPARE(histogram.percentile(0), 1);
    QCOMPARE(histogram.max(), 100);
    QCOMPARE(histogram.count(), 100);
}

void BenchFiguresTest::percentilesAreWithinTwoPercent()
{
    std::minstd_rand random(1);
    Histogram histogram;
    std::vector<qint64> values;
    for (int i = 0; i < 20'000; ++i) {
        values.push_back(qint64(std::exp2(double(random() % 30'000) / 1000)));
        histogram.add(values.back());
    }
    std::sort(values.begin(), values.end());
    for (const double percent : {1.0, 25.0, 50.0, 90.0, 99.0, 99.9, 100.0}) {
        const qint64 exact = values[std::size_t(std::ceil(percent / 100 * 20'000)) - 1];
        const qint64 told = histogram.percentile(percent);
        QVERIFY2(told >= exact && double(told) <= double(exact) * 1.02 + 1,
            qPrintable(QStringLiteral("p%1: %2, not %3").arg(percent).arg(told).arg(exact)));
    }
}

void BenchFiguresTest::emptyHistogramSaysNought()
{
    QCOMPARE(Histogram().percentile(99), 0);
    QCOMPARE(Histogram().max(), 0);
}

void BenchFiguresTest::hugeValuesAreCounted()
{
    Histogram histogram;
    histogram.add(std::numeric_limits<qint64>::max());
    histogram.add(-5);
    QCOMPARE(histogram.count(), 2);
    QCOMPARE(histogram.percentile(50), 0);
    QCOMPARE(histogram.percentile(100), qint64(1) << 36);
}

void BenchFiguresTest::pacerKeepsBelowTheServersLimit()
{
    Pacer pacer(1000, 5000);
    QVERIFY(pacer.limited());
    const Moment start = Moment(1h);
    int taken = 0;
    for (Moment now = start; now < start + 10s; now += 100us)
        taken += pacer.take(now);
    QVERIFY2(taken >= 7900 && taken <= 8100, qPrintable(QString::number(taken)));
}

void BenchFiguresTest::pacerWithoutALimitNeverWaits()
{
    Pacer pacer(0, 0);
    QVERIFY(!pacer.limited());
    for (int i = 0; i < 100'000; ++i)
        QVERIFY(pacer.take(Moment()));
}

void BenchFiguresTest::ownProcessHasAnUsage()
{
    const Usage usage = usageOf({getpid()});
    QVERIFY(usage.rssKib > 1000);
    QVERIFY(usage.cpuSeconds >= 0);
    QVERIFY(ownCpuSeconds() > 0);
    // Field by field as getrusage has it, but for the kernel's ticks.
    QVERIFY(std::abs(usage.cpuSeconds - ownCpuSeconds()) < 0.1);
    QVERIFY(usageOf({getpid(), getpid()}).rssKib > usage.rssKib * 3 / 2);
    QCOMPARE(usageOf({}).rssKib, 0);
}

void BenchFiguresTest::reportIsJson()
{
    Report report("pairs");
    Histogram latency;
    latency.add(7);
    report.add("messages", qint64(12'345'678'901));
    report.add("messages_per_second", 71234.6);
    report.add("sent_latency", latency);
    report.add(Faults{.lost = 3, .left = 1});
    const QByteArray json = QByteArray::fromStdString(report.json());
    QVERIFY(!json.contains('\n'));
    const QJsonObject object = QJsonDocument::fromJson(json).object();
    QCOMPARE(object.value(QStringLiteral("workload")).toString(), QStringLiteral("pairs"));
    QCOMPARE(object.value(QStringLiteral("messages")).toInteger(), 12'345'678'901);
    QCOMPARE(object.value(QStringLiteral("messages_per_second")).toDouble(), 71235.0);
    QCOMPARE(object.value(QStringLiteral("sent_latency_p99_us")).toInteger(), 7);
    QCOMPARE(object.value(QStringLiteral("lost")).toInteger(), 3);
    QCOMPARE(object.value(QStringLiteral("faults")).toInteger(), 4);
    QVERIFY(report.text().find("  messages per second  ") != std::string::npos);
}

QTEST_GUILESS_MAIN(BenchFiguresTest)
#include "figures.moc"
