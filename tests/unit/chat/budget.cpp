// SPDX-License-Identifier: MIT
// Invariant 6: what the commands of one gateway may hold together, and who gets what is left of it.
#include "chat/budget.h"

#include <QTest>

using namespace parley;
using chat::Budget;

namespace {

constexpr qint64 Most = 100 * limits::FairBytes;
constexpr qint64 Little = limits::FairBytes;

} // namespace

class ChatBudget : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void fitsUpToHalfForAnybody()
    {
        Budget budget(Most);
        QVERIFY(budget.fits(Most / 2, 0));
        QVERIFY(budget.fits(Most / 2, Little)); // whoever holds much already
        budget.take(Most / 2 - Little);
        QVERIFY(budget.fits(Little, Most / 4));
        QVERIFY(!budget.fits(Little + 1, Most / 4));
    }

    // The first of a connection fits whatever its size, so that each goes on.
    void fitsALittleForEachWhenHalfIsGone()
    {
        Budget budget(Most);
        budget.take(Most / 2);
        QVERIFY(budget.fits(Little, 0));
        QVERIFY(budget.fits(10 * Little, 0));
        QVERIFY(budget.fits(Little - 1, 1));
        QVERIFY(!budget.fits(Little, 1));
        QVERIFY(!budget.fits(1, Little));
    }

    void fitsNobodyOverAllOfIt()
    {
        Budget budget(Most);
        budget.take(Most - Little);
        QVERIFY(!budget.isFull());
        QVERIFY(budget.fits(Little, 0));
        QVERIFY(!budget.fits(Little + 1, 0));
        budget.take(1);
        QVERIFY(budget.isFull());
        QVERIFY(!budget.fits(Little, 0));
    }

    void hasAgainWhatIsGivenBack()
    {
        Budget budget(Most);
        budget.take(Most);
        QCOMPARE(budget.taken(), Most);
        QVERIFY(!budget.fits(1, 0));
        budget.giveBack(Most);
        QCOMPARE(budget.taken(), 0);
        QVERIFY(budget.fits(Most / 2, Little));
    }

    void whoWaitsStandsThereOnceAndInTurn()
    {
        Budget budget(Most);
        for (const int id : {2, 1, 2, 3, 1})
            budget.wait(ConnectionId(id));
        QCOMPARE(budget.waiting(), 3u);
        QCOMPARE(budget.takeFirst(), ConnectionId(2));
        budget.wait(ConnectionId(2)); // at the end again
        for (const int id : {1, 3, 2})
            QCOMPARE(budget.takeFirst(), ConnectionId(id));
        QCOMPARE(budget.waiting(), 0u);
    }
};

QTEST_GUILESS_MAIN(ChatBudget)
#include "budget.moc"
