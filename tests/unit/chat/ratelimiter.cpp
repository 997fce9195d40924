// SPDX-License-Identifier: MIT
// docs/protocol.md 4.7 and 4.8: the command rate, its burst, and what is over it without a pause.
#include "chat/ratelimiter.h"

#include <QTest>

using namespace parley;
using namespace std::chrono_literals;
using chat::RateLimiter;

namespace {

constexpr Instant Start{1'000'000ms};

// How many of `tries` pass at this moment.
int passing(RateLimiter &limiter, Instant now, int tries)
{
    int passed = 0;
    for (int i = 0; i < tries; ++i)
        passed += limiter.take(now) ? 1 : 0;
    return passed;
}

} // namespace

class ChatRateLimiter : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void letsTheBurstPassAtOnce()
    {
        RateLimiter limiter(10, 50, Start);
        QCOMPARE(passing(limiter, Start, 100), 50);
    }

    void letsTheRatePassForEver()
    {
        RateLimiter limiter(10, 5, Start);
        QCOMPARE(passing(limiter, Start, 5), 5);
        for (int second = 1; second <= 100; ++second)
            for (int tenth = 0; tenth < 10; ++tenth)
                QCOMPARE(passing(limiter, Start + second * 1s + tenth * 100ms, 1), 1);
    }

    void savesUpNoMoreThanTheBurst()
    {
        RateLimiter limiter(10, 50, Start);
        QCOMPARE(passing(limiter, Start, 50), 50);
        QCOMPARE(passing(limiter, Start + 1s, 100), 10);
        QCOMPARE(passing(limiter, Start + 24h, 100), 50);
    }

    void zeroMeansNoLimit()
    {
        RateLimiter limiter(0, 1, Start);
        QCOMPARE(passing(limiter, Start, 100'000), 100'000);
    }

    void retryAfterIsWhenTheNextPasses_data()
    {
        QTest::addColumn<int>("perSecond");
        for (int perSecond : {1, 3, 10, 999, 1000, 5000})
            QTest::addRow("%d per second", perSecond) << perSecond;
    }
    void retryAfterIsWhenTheNextPasses()
    {
        QFETCH(int, perSecond);
        RateLimiter limiter(perSecond, 1, Start);
        QVERIFY(limiter.take(Start));
        QVERIFY(!limiter.take(Start));
        const milliseconds wait = limiter.retryAfter();
        QVERIFY(wait >= 1ms);
        QVERIFY(wait <= milliseconds(1000 / perSecond + 1));
        QVERIFY(limiter.take(Start + wait));
    }

    void refusalsWithoutAPauseAddUp()
    {
        RateLimiter limiter(1, 1, Start);
        QVERIFY(limiter.take(Start));
        for (milliseconds since = 0ms; since <= 30s; since += 100ms) {
            passing(limiter, Start + since, 2); // one at least is refused
            QCOMPARE(limiter.refusedFor(Start + since), since);
        }
    }

    void aPauseOfOverASecondBeginsAnew()
    {
        RateLimiter limiter(1, 1, Start);
        QCOMPARE(passing(limiter, Start, 2), 1);
        QCOMPARE(passing(limiter, Start + 1s, 2), 1);
        QCOMPARE(limiter.refusedFor(Start + 1s), 1s); // no more than a second: no pause
        QCOMPARE(passing(limiter, Start + 2001ms, 2), 1);
        QCOMPARE(limiter.refusedFor(Start + 2001ms), 0s);
    }

    void theFirstRefusalIsNoOldOne()
    {
        RateLimiter limiter(1, 1, Start);
        QCOMPARE(passing(limiter, Start + 500ms, 2), 1);
        QCOMPARE(limiter.refusedFor(Start + 500ms), 0s);
    }
};

QTEST_GUILESS_MAIN(ChatRateLimiter)
#include "ratelimiter.moc"
