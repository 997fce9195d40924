// SPDX-License-Identifier: MIT
// Counts and histograms: each value is in the bucket in which Prometheus looks for it.
#include "core/counters.h"

#include <QTest>

#include <numeric>

using namespace parley;

namespace {

// The bounds of the buckets that hold something: "2" is at most 2; "+" is above all.
template <class Histogram> QByteArrayList filled(const Histogram &histogram)
{
    const HistogramFigures figures = histogram.figures();
    QByteArrayList list;
    for (size_t i = 0; i < figures.counts.size(); ++i) {
        const bool isLast = i == figures.bounds.size();
        for (qint64 n = 0; n < figures.counts[i]; ++n)
            list += isLast ? QByteArray("+") : QByteArray::number(figures.bounds[i]);
    }
    return list;
}

} // namespace

class CountersTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aCountGoesUpAndDown()
    {
        Count count;
        count.add();
        count.add(5);
        count.add(-2);
        QCOMPARE(count.value(), 4);
        count.set(9);
        QCOMPARE(count.value(), 9);
    }

    void boundsAreOneTwoFiveTen()
    {
        const std::vector<qint64> expected{3, 6, 15, 30, 60, 150, 300};
        QCOMPARE((Histogram<3, 7>().figures().bounds), expected);
    }

    // A bound belongs to the bucket that it ends.
    void eachValueIsInTheFirstBucketThatHasRoomForIt()
    {
        Histogram<10, 5> histogram; // 10 20 50 100 200
        for (const qint64 value : {0, 1, 10, 11, 20, 21, 50, 51, 100, 101, 200, 201, 1'000'000})
            histogram.add(value);
        const QByteArrayList expected{
            "10", "10", "10", "20", "20", "50", "50", "100", "100", "200", "200", "+", "+"};
        QCOMPARE(filled(histogram), expected);
        QCOMPARE(histogram.figures().sum,
            0 + 1 + 10 + 11 + 20 + 21 + 50 + 51 + 100 + 101 + 200 + 201 + 1'000'000);
    }

    // As a plain search has it.
    void everyValueIsWhereAPlainSearchFindsIt()
    {
        for (qint64 value = 0; value <= 12'000; ++value) {
            Sizes histogram;
            histogram.add(value);
            const HistogramFigures figures = histogram.figures();
            const auto bound = std::ranges::lower_bound(figures.bounds, value);
            QCOMPARE(figures.counts[size_t(bound - figures.bounds.begin())], 1);
        }
    }

    void whatCannotBeIsInAnEnd()
    {
        Ages histogram; // of what a clock says that was set back, or far ahead
        histogram.add(-1);
        histogram.add(std::numeric_limits<qint64>::min() / 2);
        histogram.add(std::numeric_limits<qint64>::max() / 2);
        const QByteArrayList expected{"1", "1", "+"};
        QCOMPARE(filled(histogram), expected);
    }

    void histogramsAreAdded()
    {
        Histogram<1, 3> one;
        Histogram<1, 3> other;
        one.add(1);
        one.add(9);
        other.add(2);
        HistogramFigures sum;
        sum += one.figures();
        sum += other.figures();
        const std::vector<qint64> expected{1, 1, 0, 1};
        QCOMPARE(sum.counts, expected);
        QCOMPARE(sum.sum, 12);
    }
};

QTEST_APPLESS_MAIN(CountersTest)
#include "counters.moc"
