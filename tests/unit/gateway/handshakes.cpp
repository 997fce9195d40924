// SPDX-License-Identifier: MIT
#include "gateway/handshakes.h"

#include "core/limits.h"

#include <QTest>

using namespace parley;
using gateway::Handshakes;

namespace {

constexpr ConnectionId A(1);
constexpr ConnectionId B(2);
constexpr ConnectionId C(3);
constexpr Instant Start(100s);

} // namespace

class HandshakesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void whoHasAPlaceGoesOn()
    {
        Handshakes handshakes(1);
        QVERIFY(handshakes.mayGoOn(A, Start));
        QVERIFY(handshakes.mayGoOn(A, Start));
        QVERIFY(!handshakes.mayGoOn(B, Start));
    }

    void whoWaitsIsNextInTheirOrder()
    {
        Handshakes handshakes(1);
        QVERIFY(handshakes.mayGoOn(A, Start));
        QVERIFY(!handshakes.mayGoOn(B, Start));
        QVERIFY(!handshakes.mayGoOn(C, Start));
        QCOMPARE(handshakes.next(Start), std::nullopt);
        handshakes.end(A);
        QCOMPARE(handshakes.next(Start), std::optional(B));
        QVERIFY(!handshakes.mayGoOn(A, Start)); // it has the place already
        handshakes.end(A);
        handshakes.end(B);
        QCOMPARE(handshakes.next(Start), std::optional(C));
    }

    void whoHasGoneIsNotNext()
    {
        Handshakes handshakes(1);
        QVERIFY(handshakes.mayGoOn(A, Start));
        QVERIFY(!handshakes.mayGoOn(B, Start));
        handshakes.end(B);
        handshakes.end(A);
        QCOMPARE(handshakes.next(Start), std::nullopt);
        QVERIFY(handshakes.mayGoOn(C, Start));
    }

    void whoIsSlowEndsOnlyForOthers()
    {
        Handshakes handshakes(1);
        const Instant late = Start + limits::HandshakeTimeout;
        QVERIFY(handshakes.mayGoOn(A, Start));
        QVERIFY(!handshakes.isOverdue(A, late));
        QVERIFY(!handshakes.mayGoOn(B, Start));
        QVERIFY(!handshakes.isOverdue(A, late - 1ms));
        QVERIFY(handshakes.isOverdue(A, late));
        QVERIFY(!handshakes.isOverdue(B, late)); // it has no place
    }
};

QTEST_GUILESS_MAIN(HandshakesTest)
#include "handshakes.moc"
