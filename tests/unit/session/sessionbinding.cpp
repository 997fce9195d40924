// SPDX-License-Identifier: MIT
#include "session/sessionbinding.h"

#include <QTest>

#include <atomic>
#include <thread>
#include <vector>

using namespace parley;
using namespace parley::session;

class SessionBindingTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void firstAddressKeepsTheSession();
    void eachSessionHasItsOwnAddress();
    void isRememberedUntilTheSessionIsOver();
    void useDoesNotProlongIt();
    void overTheBoundTheOldestIsForgotten();
    void ofManyThreadsOneAddressWins();
};

namespace {

constexpr Instant Start(1h);
const QByteArray Session = QByteArrayLiteral("77c112ebdb947ceeb0baabe9a4dd21c8");
const QByteArray Home = QByteArrayLiteral("192.0.2.1");
const QByteArray Elsewhere = QByteArrayLiteral("2001:db8::1");

} // namespace

void SessionBindingTest::firstAddressKeepsTheSession()
{
    SessionBindings bindings(7min);
    QVERIFY(bindings.bind(Session, Home, Start));
    QVERIFY(!bindings.bind(Session, Elsewhere, Start));
    QVERIFY(bindings.bind(Session, Home, Start + 1s));
    QVERIFY(!bindings.bind(Session, Elsewhere, Start + 2s));
}

void SessionBindingTest::eachSessionHasItsOwnAddress()
{
    SessionBindings bindings(7min);
    QVERIFY(bindings.bind(Session, Home, Start));
    QVERIFY(bindings.bind("another", Elsewhere, Start));
    QVERIFY(!bindings.bind("another", Home, Start));
    QVERIFY(bindings.bind(Session, Home, Start));
}

void SessionBindingTest::isRememberedUntilTheSessionIsOver()
{
    SessionBindings bindings(7min);
    QVERIFY(bindings.bind(Session, Home, Start));
    QVERIFY(!bindings.bind(Session, Elsewhere, Start + 7min - 1ms));
    QVERIFY(bindings.bind(Session, Elsewhere, Start + 7min));
    QVERIFY(!bindings.bind(Session, Home, Start + 7min));
}

void SessionBindingTest::useDoesNotProlongIt()
{
    SessionBindings bindings(7min);
    QVERIFY(bindings.bind(Session, Home, Start));
    QVERIFY(bindings.bind(Session, Home, Start + 6min));
    QVERIFY(bindings.bind(Session, Elsewhere, Start + 7min));
}

void SessionBindingTest::overTheBoundTheOldestIsForgotten()
{
    SessionBindings bindings(7min, 3);
    for (const char *session : {"1", "2", "3", "4"})
        QVERIFY(bindings.bind(session, Home, Start));
    for (const char *session : {"2", "3", "4"})
        QVERIFY(!bindings.bind(session, Elsewhere, Start));
    QVERIFY(bindings.bind("1", Elsewhere, Start));
}

void SessionBindingTest::ofManyThreadsOneAddressWins()
{
    constexpr int Sessions = 2000;
    SessionBindings bindings(7min);
    std::vector<std::atomic<int>> winners(Sessions);
    std::vector<std::jthread> threads;
    for (int thread = 0; thread < 4; ++thread) {
        threads.emplace_back([&bindings, &winners, address = QByteArray::number(thread)] {
            for (int i = 0; i < Sessions; ++i) {
                if (bindings.bind(QByteArray::number(i), address, Start))
                    ++winners[size_t(i)];
            }
        });
    }
    threads.clear();
    for (const std::atomic<int> &count : winners)
        QCOMPARE(count.load(), 1);
}

QTEST_GUILESS_MAIN(SessionBindingTest)
#include "sessionbinding.moc"
