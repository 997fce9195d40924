// SPDX-License-Identifier: MIT
#include "bench/ledger.h"

#include <QTest>

using namespace parley;
using namespace parley::bench;

class BenchLedgerTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void whatGoesWellIsNoFault();
    void completeIsWhatIsSentAndConfirmed();
    void findsLost();
    void findsUnanswered();
    void findsDoubled();
    void findsMisordered();
    void findsGapsOfSeqsOnce();
    void findsSeqsThatDisagree();
    void refusedIsNotLost();
    void tellsTheAgeOfWhatIsOutstanding();
    void faultsAddUp();
};

namespace {

constexpr Seq Base(100);

Seq seqOf(quint32 number)
{
    return Seq(Base.value() + number);
}

// Five messages were sent off.
Ledger opened()
{
    Ledger ledger(5);
    ledger.setBase(Base);
    for (quint32 number = 1; number <= 5; ++number) {
        if (ledger.open(Moment()) != number)
            qFatal("a number that is not the next");
    }
    return ledger;
}

void sendAll(Ledger &ledger)
{
    for (quint32 number = 1; number <= 5; ++number)
        ledger.sent(number, seqOf(number));
}

} // namespace

void BenchLedgerTest::whatGoesWellIsNoFault()
{
    Ledger ledger = opened();
    sendAll(ledger);
    for (quint32 number = 1; number <= 5; ++number)
        ledger.delivered(number, seqOf(number));
    QCOMPARE(ledger.conclude().total(), 0);
}

void BenchLedgerTest::completeIsWhatIsSentAndConfirmed()
{
    Ledger ledger = opened();
    ledger.delivered(1, seqOf(1));
    ledger.delivered(2, seqOf(2));
    ledger.confirmed(seqOf(2));
    QCOMPARE(ledger.completed(), 0);
    ledger.sent(1, seqOf(1));
    QCOMPARE(ledger.completed(), 1);
    ledger.sent(2, seqOf(2));
    ledger.sent(3, seqOf(3));
    ledger.delivered(3, seqOf(3));
    QCOMPARE(ledger.completed(), 2);
    ledger.confirmed(seqOf(3));
    QCOMPARE(ledger.completed(), 3);
    QCOMPARE(ledger.answered(), 3);
    QCOMPARE(ledger.opened(), 5);
}

void BenchLedgerTest::findsLost()
{
    Ledger ledger = opened();
    sendAll(ledger);
    for (const quint32 number : {1, 2, 4}) // 3 in the middle, 5 at the end
        ledger.delivered(number, seqOf(number));
    const Faults faults = ledger.conclude();
    QCOMPARE(faults.lost, 2);
    QCOMPARE(faults.total(), 2);
}

void BenchLedgerTest::findsUnanswered()
{
    Ledger ledger = opened();
    for (quint32 number = 1; number <= 5; ++number) {
        if (number != 2)
            ledger.sent(number, seqOf(number));
        ledger.delivered(number, seqOf(number));
    }
    const Faults faults = ledger.conclude();
    QCOMPARE(faults.unanswered, 1);
    QCOMPARE(faults.total(), 1);
}

void BenchLedgerTest::findsDoubled()
{
    Ledger ledger = opened();
    sendAll(ledger);
    ledger.sent(5, seqOf(5));
    for (const quint32 number : {1, 2, 2, 3, 4, 5, 1})
        ledger.delivered(number, seqOf(number));
    const Faults faults = ledger.conclude();
    QCOMPARE(faults.doubled, 3);
    QCOMPARE(faults.total(), 3);
}

void BenchLedgerTest::findsMisordered()
{
    Ledger ledger = opened();
    sendAll(ledger);
    for (const quint32 number : {1, 4, 2, 3, 5})
        ledger.delivered(number, seqOf(number));
    const Faults faults = ledger.conclude();
    QCOMPARE(faults.misordered, 2);
    QCOMPARE(faults.total(), 2);
}

void BenchLedgerTest::findsGapsOfSeqsOnce()
{
    Ledger ledger = opened();
    for (quint32 number = 1; number <= 5; ++number) {
        const Seq seq = number < 3 ? seqOf(number) : seqOf(number).next();
        ledger.sent(number, seq);
        ledger.delivered(number, seq);
    }
    const Faults faults = ledger.conclude();
    QCOMPARE(faults.misnumbered, 2); // seen by the sender and by the receiver
    QCOMPARE(faults.total(), 2);
}

void BenchLedgerTest::findsSeqsThatDisagree()
{
    Ledger ledger = opened();
    sendAll(ledger);
    for (quint32 number = 1; number <= 5; ++number)
        ledger.delivered(number, seqOf(number).next());
    QCOMPARE(ledger.conclude().misnumbered, 2); // a wrong start, and another end than the sender's
}

void BenchLedgerTest::refusedIsNotLost()
{
    Ledger ledger = opened();
    for (quint32 number = 1; number <= 4; ++number) {
        ledger.sent(number, seqOf(number));
        ledger.delivered(number, seqOf(number));
    }
    ledger.confirmed(seqOf(4));
    ledger.refused();
    QCOMPARE(ledger.answered(), 5);
    QCOMPARE(ledger.completed(), 5);
    const Faults faults = ledger.conclude();
    QCOMPARE(faults.refused, 1);
    QCOMPARE(faults.total(), 1);
}

void BenchLedgerTest::tellsTheAgeOfWhatIsOutstanding()
{
    using namespace std::chrono_literals;
    Ledger ledger(3);
    for (int ms = 1; ms <= 10; ++ms)
        ledger.open(Moment(std::chrono::milliseconds(ms)));
    QVERIFY(ledger.age(10, Moment(20ms)) == 10ms);
    QVERIFY(ledger.age(8, Moment(20ms)) == 12ms);
}

void BenchLedgerTest::faultsAddUp()
{
    Faults all;
    for (const FaultKind &kind : FaultKinds) {
        Faults one;
        one.*kind.count = 2;
        QCOMPARE(one.total(), 2);
        all += one;
        all += one;
    }
    QCOMPARE(all.total(), qint64(4 * FaultKinds.size()));
    // A kind that the table lacks would go unseen.
    QCOMPARE(FaultKinds.size() * sizeof(qint64), sizeof(Faults));
}

QTEST_GUILESS_MAIN(BenchLedgerTest)
#include "ledger.moc"
