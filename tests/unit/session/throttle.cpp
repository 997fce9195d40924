// SPDX-License-Identifier: MIT
#include "session/throttle.h"

#include <QTest>

#include <atomic>
#include <thread>
#include <vector>

using namespace parley;
using namespace parley::session;

class ThrottleTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void addressMayFailTwentyLogins();
    void rightLoginsNeverCount();
    void windowSlides();
    void blockEndsByItself();
    void failuresUnderWayProlongTheBlock();
    void addressMayFailTwoHundredSessions();
    void loginsAndSessionsAreCountedApart();
    void nameOverItsLimitIsClosedToStrangers();
    void addressThatLoggedInBeforeIsNotLockedOutByOthers();
    void knownAddressIsKnownForThatNameOnly();
    void knownAddressStillHasItsOwnLimit();
    void longerOfTwoWaitsIsTold();
    void rightPasswordUnderWayIsRefusedOnceTheLimitIsPassed();
    void parallelGuessesTellNoMoreThanTwenty();
    void floodOfAddressesBlocksNobodyElse();
    void floodForgetsTheOldestFailuresFirst();
    void latestPairsThatLoggedInAreKept();
};

namespace {

constexpr Instant Start(1h);
const QByteArray Alice = QByteArrayLiteral("alice");
const QByteArray Bob = QByteArrayLiteral("bob");
const QByteArray Home = QByteArrayLiteral("192.0.2.1");
const QByteArray Elsewhere = QByteArrayLiteral("2001:db8::1");

QByteArray address(int i)
{
    return "10.0." + QByteArray::number(i / 256) + '.' + QByteArray::number(i % 256);
}

// Returns how many of the failures were not answered 429.
int failLogins(Throttle &throttle, int count, const QByteArray &from, const QByteArray &name,
    Instant now = Start)
{
    int open = 0;
    for (int i = 0; i < count; ++i)
        open += !throttle.loginFailed(from, name, now);
    return open;
}

// More than 100 failures at a name, from as many addresses.
void attack(Throttle &throttle, const QByteArray &name, Instant now = Start)
{
    for (int i = 0; i <= limits::FailedLoginsPerName; ++i)
        failLogins(throttle, 1, address(i), name, now);
}

} // namespace

void ThrottleTest::addressMayFailTwentyLogins()
{
    Throttle throttle;
    for (int i = 0; i < 20; ++i)
        QVERIFY(!throttle.loginFailed(Home, QByteArray::number(i), Start));
    QVERIFY(!throttle.loginBlocked(Home, Alice, Start)); // twenty are not more than twenty
    QVERIFY(throttle.loginFailed(Home, Alice, Start));
    QVERIFY(throttle.loginBlocked(Home, Alice, Start));
    QVERIFY(throttle.loginBlocked(Home, Bob, Start));
    QVERIFY(!throttle.loginBlocked(Elsewhere, Alice, Start));
}

void ThrottleTest::rightLoginsNeverCount()
{
    Throttle throttle;
    QCOMPARE(failLogins(throttle, 20, Home, Alice), 20);
    for (int i = 0; i < 1000; ++i)
        QVERIFY(!throttle.loginSucceeded(Home, Alice, Start));
    QVERIFY(!throttle.loginBlocked(Home, Alice, Start));
    // Nor do they take failures back: who has one account must not guess freely at others.
    QVERIFY(throttle.loginFailed(Home, Bob, Start));
}

void ThrottleTest::windowSlides()
{
    Throttle throttle;
    for (int i = 0; i < 21; ++i)
        failLogins(throttle, 1, Home, Alice, Start + i * 10s);
    QCOMPARE(throttle.loginBlocked(Home, Alice, Start + 200s), milliseconds(100s));
    QCOMPARE(throttle.loginBlocked(Home, Alice, Start + 5min - 1ms), 1ms);
    QVERIFY(!throttle.loginBlocked(Home, Alice, Start + 5min));
    // Twenty of them are still within the window, so the next one is over it again.
    QCOMPARE(throttle.loginFailed(Home, Alice, Start + 5min), milliseconds(10s));
    QVERIFY(!throttle.loginBlocked(Home, Alice, Start + 5min + 10s));
}

void ThrottleTest::blockEndsByItself()
{
    Throttle throttle;
    failLogins(throttle, 60, Home, Alice); // many under way at once
    QCOMPARE(throttle.loginBlocked(Home, Alice, Start), milliseconds(5min));
    QVERIFY(!throttle.loginBlocked(Home, Alice, Start + 5min));
    QCOMPARE(failLogins(throttle, 21, Home, Alice, Start + 5min), 20);
}

void ThrottleTest::failuresUnderWayProlongTheBlock()
{
    Throttle throttle;
    failLogins(throttle, 21, Home, Alice);
    failLogins(throttle, 21, Home, Alice, Start + 1s);
    QCOMPARE(throttle.loginBlocked(Home, Alice, Start + 1s), milliseconds(5min));
    QCOMPARE(throttle.loginBlocked(Home, Alice, Start + 5min), milliseconds(1s));
    QVERIFY(!throttle.loginBlocked(Home, Alice, Start + 5min + 1s));
}

void ThrottleTest::addressMayFailTwoHundredSessions()
{
    Throttle throttle;
    for (int i = 0; i < 200; ++i)
        QVERIFY(!throttle.sessionFailed(Home, Start + i * 1s));
    QVERIFY(!throttle.sessionBlocked(Home, Start + 200s));
    QCOMPARE(throttle.sessionFailed(Home, Start + 200s), milliseconds(100s));
    QCOMPARE(throttle.sessionBlocked(Home, Start + 250s), milliseconds(50s));
    QVERIFY(!throttle.sessionBlocked(Elsewhere, Start + 250s));
    QVERIFY(!throttle.sessionBlocked(Home, Start + 300s));
}

void ThrottleTest::loginsAndSessionsAreCountedApart()
{
    Throttle throttle;
    failLogins(throttle, 21, Home, Alice);
    QVERIFY(!throttle.sessionBlocked(Home, Start));
    for (int i = 0; i < 201; ++i)
        Q_UNUSED(throttle.sessionFailed(Elsewhere, Start));
    QVERIFY(throttle.sessionBlocked(Elsewhere, Start));
    QVERIFY(!throttle.loginBlocked(Elsewhere, Bob, Start));
}

void ThrottleTest::nameOverItsLimitIsClosedToStrangers()
{
    Throttle throttle;
    for (int i = 0; i < 100; ++i)
        QVERIFY(!throttle.loginFailed(address(i), Alice, Start + i * 1s));
    QVERIFY(!throttle.loginBlocked(Elsewhere, Alice, Start + 100s));
    QCOMPARE(throttle.loginFailed(Home, Alice, Start + 100s), milliseconds(200s));
    QCOMPARE(throttle.loginBlocked(Elsewhere, Alice, Start + 200s), milliseconds(100s));
    QVERIFY(!throttle.loginBlocked(Elsewhere, Bob, Start + 200s));
    QVERIFY(!throttle.loginBlocked(Elsewhere, Alice, Start + 5min));
}

void ThrottleTest::addressThatLoggedInBeforeIsNotLockedOutByOthers()
{
    Throttle throttle;
    QVERIFY(!throttle.loginSucceeded(Home, Alice, Start - 48h));
    attack(throttle, Alice);
    QVERIFY(throttle.loginBlocked(Elsewhere, Alice, Start));
    QVERIFY(!throttle.loginBlocked(Home, Alice, Start));
    QVERIFY(!throttle.loginFailed(Home, Alice, Start));
    QVERIFY(!throttle.loginSucceeded(Home, Alice, Start));
}

void ThrottleTest::knownAddressIsKnownForThatNameOnly()
{
    Throttle throttle;
    QVERIFY(!throttle.loginSucceeded(Home, Bob, Start));
    attack(throttle, Alice);
    QVERIFY(throttle.loginBlocked(Home, Alice, Start));
}

void ThrottleTest::knownAddressStillHasItsOwnLimit()
{
    Throttle throttle;
    QVERIFY(!throttle.loginSucceeded(Home, Alice, Start));
    QCOMPARE(failLogins(throttle, 21, Home, Alice), 20);
    QVERIFY(throttle.loginBlocked(Home, Alice, Start));
}

void ThrottleTest::longerOfTwoWaitsIsTold()
{
    Throttle throttle;
    failLogins(throttle, 21, Home, Bob);
    attack(throttle, Alice, Start + 1min);
    QCOMPARE(throttle.loginBlocked(Home, Bob, Start + 2min), milliseconds(3min));
    QCOMPARE(throttle.loginBlocked(Home, Alice, Start + 2min), milliseconds(4min));
}

void ThrottleTest::rightPasswordUnderWayIsRefusedOnceTheLimitIsPassed()
{
    Throttle throttle;
    QVERIFY(!throttle.loginBlocked(Home, Alice, Start)); // its check begins
    attack(throttle, Alice);
    QVERIFY(throttle.loginSucceeded(Home, Alice, Start)); // and ends
    QVERIFY(throttle.loginBlocked(Home, Alice, Start)); // it did not become a known address
}

void ThrottleTest::parallelGuessesTellNoMoreThanTwenty()
{
    Throttle throttle;
    constexpr int Addresses = 500;
    std::atomic<int> told = 0;
    std::vector<std::jthread> threads;
    for (int thread = 0; thread < 4; ++thread) {
        threads.emplace_back([&] {
            for (int i = 0; i < 30 * Addresses; ++i) {
                const QByteArray from = address(i % Addresses);
                const QByteArray &name = from; // so that only the address's limit counts
                if (!throttle.loginBlocked(from, name, Start)
                    && !throttle.loginFailed(from, name, Start))
                    ++told;
            }
        });
    }
    threads.clear();
    QCOMPARE(told.load(), 20 * Addresses);
}

void ThrottleTest::floodOfAddressesBlocksNobodyElse()
{
    Throttle throttle(300);
    for (int i = 0; i < 10'000; ++i) {
        QVERIFY(!throttle.loginFailed(address(i), QByteArray::number(i), Start));
        QVERIFY(!throttle.sessionFailed(address(i), Start));
    }
    QVERIFY(!throttle.loginBlocked(Home, Alice, Start));
    QVERIFY(!throttle.sessionBlocked(Home, Start));
    // The rules still hold for who comes next.
    QCOMPARE(failLogins(throttle, 21, Home, Alice), 20);
}

void ThrottleTest::floodForgetsTheOldestFailuresFirst()
{
    Throttle throttle(300);
    failLogins(throttle, 21, Home, Alice);
    failLogins(throttle, 21, Elsewhere, Bob);
    for (int i = 0; i < 300 - 2 * 21 + 1; ++i)
        failLogins(throttle, 1, address(i), QByteArray::number(i));
    QVERIFY(!throttle.loginBlocked(Home, Alice, Start));
    QVERIFY(throttle.loginBlocked(Elsewhere, Bob, Start));
}

void ThrottleTest::latestPairsThatLoggedInAreKept()
{
    Throttle throttle(400);
    QVERIFY(!throttle.loginSucceeded(Home, Alice, Start));
    for (int i = 0; i < 200; ++i)
        QVERIFY(!throttle.loginSucceeded(address(i), Alice, Start));
    attack(throttle, Alice);
    for (int i = 0; i < 200; ++i)
        QVERIFY(!throttle.loginBlocked(address(i), Alice, Start));
    QVERIFY(throttle.loginBlocked(Elsewhere, Alice, Start));
}

QTEST_GUILESS_MAIN(ThrottleTest)
#include "throttle.moc"
