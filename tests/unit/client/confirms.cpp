// SPDX-License-Identifier: MIT
#include "client/confirms.h"

#include "core/limits.h"

#include <QTest>

using namespace parley;
using namespace parley::client;

class ConfirmsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aConfirmHoldsNoMoreThanTheContractAllows();
    void whatIsNotAnsweredIsConfirmedAgain();
    void upToTakesThePlaceOfWhatItCovers();
    void fewAreUnansweredAtATime();
};

namespace {

protocol::Confirm take(Confirms &confirms, protocol::Ref *ref = nullptr)
{
    const auto request = confirms.take();
    if (!request)
        return {};
    if (ref)
        *ref = request->ref;
    return std::get<protocol::Confirm>(request->command);
}

} // namespace

void ConfirmsTest::aConfirmHoldsNoMoreThanTheContractAllows()
{
    Confirms confirms;
    for (int seq = 1; seq <= 2500; ++seq)
        confirms.add(Seq(seq));
    QCOMPARE(take(confirms).seqs.size(), size_t(limits::Confirm));
    QCOMPARE(take(confirms).seqs.front(), Seq(1001));
    QCOMPARE(take(confirms).seqs.back(), Seq(2500));
    QVERIFY(!confirms.take());
}

void ConfirmsTest::whatIsNotAnsweredIsConfirmedAgain()
{
    Confirms confirms;
    confirms.add(Seq(1));
    protocol::Ref first;
    QCOMPARE(take(confirms, &first).seqs, std::vector{Seq(1)});
    confirms.add(Seq(2));
    protocol::Ref second;
    QCOMPARE(take(confirms, &second).seqs, std::vector{Seq(2)});
    QVERIFY(first != second);
    QVERIFY(confirms.answered(first));
    confirms.connectionLost();
    protocol::Ref third;
    QCOMPARE(take(confirms, &third).seqs, std::vector{Seq(2)});
    QVERIFY(confirms.refused(third));
    QVERIFY(!confirms.answered(third));
    QCOMPARE(take(confirms, &third).seqs, std::vector{Seq(2)});
    QVERIFY(confirms.answered(third));
    QVERIFY(confirms.isEmpty());
}

void ConfirmsTest::upToTakesThePlaceOfWhatItCovers()
{
    Confirms confirms;
    confirms.add(Seq(3));
    confirms.add(Seq(9));
    confirms.addUpTo(Seq(5));
    confirms.addUpTo(Seq(4));
    QCOMPARE(take(confirms).upTo, Seq(5));
    QCOMPARE(take(confirms).seqs, std::vector{Seq(9)});
    confirms.connectionLost();
    QCOMPARE(take(confirms).upTo, Seq(5));
}

void ConfirmsTest::fewAreUnansweredAtATime()
{
    Confirms confirms;
    protocol::Ref ref;
    for (size_t i = 1; i <= Confirms::MostInFlight; ++i) {
        confirms.add(Seq(qint64(i)));
        QCOMPARE(take(confirms, &ref).seqs.size(), size_t(1));
    }
    confirms.add(Seq(100));
    confirms.add(Seq(101));
    QVERIFY(!confirms.take());
    QVERIFY(confirms.answered(ref));
    QCOMPARE(take(confirms).seqs, (std::vector{Seq(100), Seq(101)}));
}

QTEST_GUILESS_MAIN(ConfirmsTest)
#include "confirms.moc"
