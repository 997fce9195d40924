// SPDX-License-Identifier: MIT
#include "client/pace.h"

#include <QTest>

using namespace parley;
using namespace parley::client;
using namespace std::chrono_literals;

class PaceTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void burstThenRate();
    void neverMoreThanTheBurstIsSavedUp();
    void whatCannotWaitIsCounted();
    void withoutALimitNothingWaits();
    void aPauseHoldsEverything();
};

namespace {

constexpr Instant Now{};

int takeAll(Pace &pace, Instant now)
{
    int taken = 0;
    while (taken < 10'000 && pace.take(now))
        ++taken;
    return taken;
}

} // namespace

void PaceTest::burstThenRate()
{
    Pace pace;
    pace.start(100, 20, Now);
    QCOMPARE(takeAll(pace, Now), 20);
    QCOMPARE(pace.wait(Now).count(), 10);
    QCOMPARE(takeAll(pace, Now + 9ms), 0);
    QCOMPARE(takeAll(pace, Now + 10ms), 1);
    QCOMPARE(takeAll(pace, Now + 60ms), 5);
}

void PaceTest::neverMoreThanTheBurstIsSavedUp()
{
    Pace pace;
    pace.start(100, 20, Now);
    QCOMPARE(takeAll(pace, Now), 20);
    QCOMPARE(takeAll(pace, Now + 1h), 20);
}

void PaceTest::whatCannotWaitIsCounted()
{
    Pace pace;
    pace.start(100, 1, Now);
    pace.spend(Now);
    pace.spend(Now);
    QCOMPARE(pace.wait(Now).count(), 20);
}

void PaceTest::withoutALimitNothingWaits()
{
    Pace pace;
    pace.start(0, 0, Now);
    QCOMPARE(takeAll(pace, Now), 10'000);
}

void PaceTest::aPauseHoldsEverything()
{
    Pace pace;
    pace.start(0, 0, Now);
    pace.hold(Now + 50ms);
    pace.hold(Now + 20ms);
    QCOMPARE(pace.wait(Now).count(), 50);
    QVERIFY(!pace.take(Now + 49ms));
    QVERIFY(pace.take(Now + 50ms));
    // A new connection owes the old one nothing.
    pace.hold(Now + 1h);
    pace.start(0, 0, Now + 60ms);
    QVERIFY(pace.take(Now + 60ms));
}

QTEST_GUILESS_MAIN(PaceTest)
#include "pace.moc"
