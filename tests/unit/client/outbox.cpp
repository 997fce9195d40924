// SPDX-License-Identifier: MIT
#include "client/outbox.h"

#include <QTest>

using namespace parley;
using namespace parley::client;

class OutboxTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void oneToAReceiverIsInFlightAtATime();
    void receiversDoNotWaitForEachOther();
    void whatIsInFlightIsBounded();
    void aLostConnectionPutsEverythingBackInOrder();
    void aRefusalForTheMomentGoesBeforeWhatWasBehindIt();
    void aFinalRefusalIsGivenUpAndLetsTheNextGo();
    void whatIsStoredIsForgotten();
    void anIdIsKeptOnce();
    void countAndBytesAreBounded();
    void knowsSinceWhenAnAnswerIsOwed();
};

namespace {

constexpr UserId Bob(2);
constexpr UserId Carol(3);
constexpr Instant Now{};

bool add(Outbox &outbox, const QByteArray &id, UserId receiver = Bob, const QByteArray &body = {})
{
    return outbox.add({receiver, body, id, false});
}

// All that may go now, by their ids.
QByteArray takeAll(Outbox &outbox)
{
    QByteArray ids;
    while (const protocol::Send *message = outbox.take(Now))
        ids += message->clientId;
    return ids;
}

} // namespace

void OutboxTest::oneToAReceiverIsInFlightAtATime()
{
    Outbox outbox({});
    QVERIFY(add(outbox, "a") && add(outbox, "b") && add(outbox, "c"));
    QCOMPARE(takeAll(outbox), "a");
    QVERIFY(outbox.stored("a"));
    QCOMPARE(takeAll(outbox), "b");
    QVERIFY(outbox.stored("b"));
    QCOMPARE(takeAll(outbox), "c");
}

void OutboxTest::receiversDoNotWaitForEachOther()
{
    Outbox outbox({});
    QVERIFY(add(outbox, "a") && add(outbox, "b") && add(outbox, "c", Carol));
    QCOMPARE(takeAll(outbox), "ac");
    QVERIFY(outbox.stored("a"));
    QVERIFY(add(outbox, "d", Carol));
    QCOMPARE(takeAll(outbox), "b");
}

void OutboxTest::whatIsInFlightIsBounded()
{
    Outbox outbox({.inFlight = 3, .inFlightPerReceiver = 2});
    QVERIFY(add(outbox, "a") && add(outbox, "b") && add(outbox, "c"));
    QVERIFY(add(outbox, "d", Carol) && add(outbox, "e", Carol));
    QCOMPARE(takeAll(outbox), "abd");
    QVERIFY(outbox.stored("a"));
    QCOMPARE(takeAll(outbox), "c");
    QCOMPARE(outbox.inFlight(), 3);
}

void OutboxTest::aLostConnectionPutsEverythingBackInOrder()
{
    Outbox outbox({.inFlightPerReceiver = 3});
    QVERIFY(add(outbox, "a") && add(outbox, "b") && add(outbox, "c", Carol) && add(outbox, "d"));
    QCOMPARE(takeAll(outbox), "abcd");
    QVERIFY(outbox.stored("b"));
    outbox.connectionLost();
    QVERIFY(add(outbox, "e"));
    QCOMPARE(takeAll(outbox), "acde");
}

void OutboxTest::aRefusalForTheMomentGoesBeforeWhatWasBehindIt()
{
    Outbox outbox({.inFlightPerReceiver = 2});
    QVERIFY(add(outbox, "a") && add(outbox, "b") && add(outbox, "c"));
    QCOMPARE(takeAll(outbox), "ab");
    QCOMPARE(outbox.refused("a", ErrorCode::StoreUnavailable), Outbox::Fate::WillBeSentAgain);
    QCOMPARE(outbox.refused("b", ErrorCode::RateLimited), Outbox::Fate::WillBeSentAgain);
    QCOMPARE(takeAll(outbox), "ab");
    QVERIFY(outbox.stored("a"));
    QVERIFY(outbox.stored("b"));
    QCOMPARE(takeAll(outbox), "c");
}

void OutboxTest::aFinalRefusalIsGivenUpAndLetsTheNextGo()
{
    Outbox outbox({});
    QVERIFY(add(outbox, "a") && add(outbox, "b"));
    QCOMPARE(takeAll(outbox), "a");
    QCOMPARE(outbox.refused("a", ErrorCode::MailboxFull), Outbox::Fate::GivenUp);
    QCOMPARE(takeAll(outbox), "b");
    outbox.connectionLost();
    QCOMPARE(takeAll(outbox), "b");
}

void OutboxTest::whatIsStoredIsForgotten()
{
    Outbox outbox({});
    QVERIFY(add(outbox, "a"));
    QCOMPARE(takeAll(outbox), "a");
    QVERIFY(outbox.stored("a"));
    QVERIFY(!outbox.stored("a"));
    QCOMPARE(outbox.refused("a", ErrorCode::Internal), Outbox::Fate::Unknown);
    QCOMPARE(outbox.size(), 0);
    outbox.connectionLost();
    QCOMPARE(takeAll(outbox), "");
}

void OutboxTest::anIdIsKeptOnce()
{
    Outbox outbox({});
    QVERIFY(add(outbox, "a") && add(outbox, "a"));
    QCOMPARE(outbox.size(), 1);
}

void OutboxTest::countAndBytesAreBounded()
{
    Outbox few({.messages = 2});
    QVERIFY(add(few, "a") && add(few, "b"));
    QVERIFY(!add(few, "c"));
    QCOMPARE(takeAll(few), "a");
    QVERIFY(few.stored("a"));
    QVERIFY(add(few, "c"));

    Outbox small({.bytes = 10});
    QVERIFY(add(small, "a", Bob, "123456"));
    QVERIFY(!add(small, "b", Bob, "12345"));
    QVERIFY(add(small, "b", Bob, "1234"));
}

void OutboxTest::knowsSinceWhenAnAnswerIsOwed()
{
    using namespace std::chrono_literals;
    Outbox outbox({});
    QVERIFY(add(outbox, "a") && add(outbox, "b", Carol));
    QVERIFY(!outbox.oldestInFlight());
    outbox.take(Now + 5ms);
    outbox.take(Now + 9ms);
    QCOMPARE(outbox.oldestInFlight(), Now + 5ms);
    QVERIFY(outbox.stored("a"));
    QCOMPARE(outbox.oldestInFlight(), Now + 9ms);
    outbox.connectionLost();
    QVERIFY(!outbox.oldestInFlight());
}

QTEST_GUILESS_MAIN(OutboxTest)
#include "outbox.moc"
