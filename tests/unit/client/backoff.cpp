// SPDX-License-Identifier: MIT
#include "client/backoff.h"
#include "client/end.h"

#include <QTest>

using namespace parley;
using namespace parley::client;
using namespace std::chrono_literals;

class BackoffTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void doublesUpToTheMost();
    void chanceSpreadsTheUpperHalf();
    void aStableConnectionBeginsAnew();
    void aShortConnectionDoesNot();
    void theServersWishIsTheLeast();
    void theServersWishIsBelievedUpToAPoint();
    void whoStaysAway_data();
    void whoStaysAway();
};

namespace {

constexpr Instant Now{};
constexpr Backoff::Settings Settings{100ms, 1000ms, 10s};
const auto Never = [] { return 0.0; };
const auto Most = [] { return 0.999; };

} // namespace

void BackoffTest::doublesUpToTheMost()
{
    Backoff backoff(Settings, Never);
    for (const milliseconds expected : {50ms, 100ms, 200ms, 400ms, 500ms, 500ms})
        QCOMPARE(backoff.ended(Now).count(), expected.count());
}

void BackoffTest::chanceSpreadsTheUpperHalf()
{
    QCOMPARE(Backoff(Settings, Never).ended(Now).count(), 50);
    QCOMPARE(Backoff(Settings, Most).ended(Now).count(), 99);
}

void BackoffTest::aStableConnectionBeginsAnew()
{
    Backoff backoff(Settings, Never);
    for (int i = 0; i < 5; ++i)
        backoff.ended(Now);
    backoff.connected(Now);
    QCOMPARE(backoff.ended(Now + 10s).count(), 50);
}

void BackoffTest::aShortConnectionDoesNot()
{
    Backoff backoff(Settings, Never);
    backoff.ended(Now);
    backoff.connected(Now);
    QCOMPARE(backoff.ended(Now + 9s).count(), 100);
    // Nor does the time between attempts count.
    QCOMPARE(backoff.ended(Now + 60s).count(), 200);
}

void BackoffTest::theServersWishIsTheLeast()
{
    Backoff backoff(Settings, Most);
    QCOMPARE(backoff.ended(Now, 3s).count(), 3099);
    QVERIFY(backoff.ended(Now, 1ms) >= 100ms);
}

void BackoffTest::theServersWishIsBelievedUpToAPoint()
{
    Backoff backoff(Settings, Never);
    QCOMPARE(backoff.ended(Now, 24h).count(), Backoff::MostWished.count());
}

void BackoffTest::whoStaysAway_data()
{
    QTest::addColumn<int>("code");
    QTest::addColumn<int>("status");
    QTest::addColumn<bool>("comesBack");
    for (const int code : {1000, 1001, 1006, 4500, 4503, 4508, 4512, 4513})
        QTest::addRow("%d", code) << code << 0 << true;
    for (const int code : {1002, 1007, 1009, 4400, 4401, 4409, 4429})
        QTest::addRow("%d", code) << code << 0 << false;
    for (const int status : {408, 429, 500, 502, 503})
        QTest::addRow("HTTP %d", status) << 1006 << status << true;
    for (const int status : {400, 401, 403, 404, 405, 413, 426, 431})
        QTest::addRow("HTTP %d", status) << 1006 << status << false;
}

void BackoffTest::whoStaysAway()
{
    QFETCH(const int, code);
    QFETCH(const int, status);
    QTEST(End({.code = code, .httpStatus = status, .reason = {}}).mayComeBack(), "comesBack");
}

QTEST_GUILESS_MAIN(BackoffTest)
#include "backoff.moc"
