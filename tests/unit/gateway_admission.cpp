// SPDX-License-Identifier: MIT
// Admission: never more connections than the limits say, and never fewer.
#include "gateway/admission.h"

#include <QTest>

#include <thread>

using namespace parley;
using namespace parley::gateway;

namespace {

Limits limited(int all, int perAddress)
{
    Limits limits;
    limits.connections = all;
    limits.connectionsPerAddress = perAddress;
    return limits;
}

} // namespace

class AdmissionTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void admitsUpToTheLimit()
    {
        Admission admission(limited(2, 0));
        QVERIFY(admission.enter("a") && admission.enter("a"));
        QVERIFY(!admission.enter("a") && !admission.enter("b"));
        admission.leave("a");
        QVERIFY(admission.enter("b"));
        QVERIFY(!admission.enter("b"));
    }

    void admitsUpToTheLimitOfAnAddress()
    {
        Admission admission(limited(100, 2));
        QVERIFY(admission.enter("a") && admission.enter("a"));
        QVERIFY(!admission.enter("a"));
        QVERIFY(admission.enter("b"));
        admission.leave("a");
        QVERIFY(admission.enter("a"));
        QVERIFY(!admission.enter("a"));
    }

    // Who was refused does not take a place, of either limit.
    void refusalsTakeNoPlace()
    {
        Admission admission(limited(3, 1));
        QVERIFY(admission.enter("a"));
        for (int i = 0; i < 10; ++i)
            QVERIFY(!admission.enter("a"));
        QVERIFY(admission.enter("b") && admission.enter("c"));
        for (int i = 0; i < 10; ++i)
            QVERIFY(!admission.enter("d"));
        admission.leave("b");
        QVERIFY(admission.enter("d"));
    }

    void countsRightFromManyThreads()
    {
        Admission admission(limited(50, 20));
        std::atomic<int> inside = 0;
        std::atomic<bool> wasOver = false;
        {
            std::vector<std::jthread> threads;
            for (int thread = 0; thread < 4; ++thread)
                threads.emplace_back([&, address = QByteArray::number(thread % 2)] {
                    for (int i = 0; i < 10'000; ++i) {
                        if (!admission.enter(address))
                            continue;
                        wasOver = wasOver || ++inside > 40; // two addresses
                        --inside;
                        admission.leave(address);
                    }
                });
        }
        QVERIFY(!wasOver);
        for (int i = 0; i < 20; ++i) // all have left
            QVERIFY(admission.enter("0") && admission.enter("1"));
        QVERIFY(!admission.enter("0") && !admission.enter("1"));
    }
};

QTEST_GUILESS_MAIN(AdmissionTest)
#include "gateway_admission.moc"
