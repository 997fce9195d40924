// SPDX-License-Identifier: MIT
#include "client/inbox.h"

#include <QTest>

#include <random>

using namespace parley;
using namespace parley::client;

class InboxTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void pushesGoStraightThrough();
    void aSeqIsDeliveredOnce();
    void aConnectionThatBeginsBehindFetchesToTheEnd();
    void beginningLiveNothingBeforeIsMissed();
    void aGapIsFetchedAndClosedInOrder();
    void whatAFetchDoesNotBringIsLeftOut();
    void pushesDuringAFetchAreKeptInOrder();
    void fallingBehindFetchesFromTheLast();
    void afterReconnectOnlyTheNewIsDelivered();
    void anotherMailboxStartsAnew();
    void anotherEpochStartsAnew();
    void whatIsHeldIsBoundedAndNothingIsLost();
    void anyMixtureIsDeliveredOnceAndInOrder();
};

namespace {

protocol::Hello hello(qint64 unread, qint64 lastSeq, qint64 user = 2)
{
    protocol::Hello hello;
    hello.userId = UserId(user);
    hello.unreadCount = unread;
    hello.lastSeq = Seq(lastSeq);
    return hello;
}

protocol::Message message(qint64 seq)
{
    return {Seq(seq), UserId(1), "x", fromMs(0), {}};
}

protocol::Messages page(std::initializer_list<qint64> seqs, bool more = false)
{
    protocol::Messages page;
    for (const qint64 seq : seqs)
        page.messages.push_back(message(seq));
    page.more = more;
    return page;
}

using Seqs = std::vector<qint64>;

Seqs seqs(const std::vector<protocol::Message> &messages)
{
    Seqs seqs;
    for (const protocol::Message &message : messages)
        seqs.push_back(message.seq.value());
    return seqs;
}

Seqs push(Inbox &inbox, qint64 seq)
{
    return seqs(inbox.pushed(message(seq)));
}

} // namespace

void InboxTest::pushesGoStraightThrough()
{
    Inbox inbox;
    inbox.connected(hello(0, 0));
    QVERIFY(!inbox.needsFetch());
    QCOMPARE(push(inbox, 1), Seqs{1});
    QCOMPARE(push(inbox, 2), Seqs{2});
    QVERIFY(!inbox.needsFetch());
}

void InboxTest::aSeqIsDeliveredOnce()
{
    Inbox inbox;
    inbox.connected(hello(0, 0));
    QCOMPARE(push(inbox, 1), Seqs{1});
    QCOMPARE(push(inbox, 1), Seqs{});
    inbox.beginFetch(500);
    QCOMPARE(seqs(inbox.fetched(page({1, 2}))), Seqs{2});
    QCOMPARE(push(inbox, 2), Seqs{});
}

void InboxTest::aConnectionThatBeginsBehindFetchesToTheEnd()
{
    Inbox inbox;
    inbox.connected(hello(3, 9));
    QVERIFY(inbox.needsFetch());
    QCOMPARE(inbox.beginFetch(2).after, Seq(0));
    QVERIFY(!inbox.needsFetch());
    QCOMPARE(seqs(inbox.fetched(page({5, 7}, true))), (Seqs{5, 7}));
    QVERIFY(inbox.needsFetch());
    QCOMPARE(inbox.beginFetch(2).after, Seq(7));
    QCOMPARE(seqs(inbox.fetched(page({8}))), Seqs{8});
    QVERIFY(!inbox.needsFetch());
    // 9 was confirmed by another connection before it was fetched.
    QCOMPARE(push(inbox, 10), Seqs{10});
}

void InboxTest::beginningLiveNothingBeforeIsMissed()
{
    Inbox inbox;
    inbox.connected(hello(0, 41));
    QVERIFY(!inbox.needsFetch());
    QCOMPARE(push(inbox, 42), Seqs{42});
}

void InboxTest::aGapIsFetchedAndClosedInOrder()
{
    Inbox inbox;
    inbox.connected(hello(0, 0));
    QCOMPARE(push(inbox, 1), Seqs{1});
    QCOMPARE(push(inbox, 4), Seqs{});
    QVERIFY(inbox.needsFetch());
    QCOMPARE(inbox.beginFetch(500).after, Seq(1));
    QCOMPARE(seqs(inbox.fetched(page({2, 3, 4}))), (Seqs{2, 3, 4}));
    QVERIFY(!inbox.needsFetch());
}

void InboxTest::whatAFetchDoesNotBringIsLeftOut()
{
    Inbox inbox;
    inbox.connected(hello(0, 0));
    QCOMPARE(push(inbox, 4), Seqs{});
    inbox.beginFetch(500);
    QCOMPARE(seqs(inbox.fetched(page({2}))), (Seqs{2, 4}));
    QVERIFY(!inbox.needsFetch());
    QCOMPARE(push(inbox, 3), Seqs{});
    QCOMPARE(push(inbox, 5), Seqs{5});
}

void InboxTest::pushesDuringAFetchAreKeptInOrder()
{
    Inbox inbox;
    inbox.connected(hello(0, 0));
    QCOMPARE(push(inbox, 3), Seqs{});
    inbox.beginFetch(500);
    QCOMPARE(push(inbox, 4), Seqs{});
    QCOMPARE(push(inbox, 6), Seqs{}); // a second gap, which this FETCH need not have seen
    QCOMPARE(seqs(inbox.fetched(page({1, 2, 3}))), (Seqs{1, 2, 3, 4}));
    QVERIFY(inbox.needsFetch());
    QCOMPARE(inbox.beginFetch(500).after, Seq(4));
    QCOMPARE(seqs(inbox.fetched(page({5, 6}))), (Seqs{5, 6}));
}

void InboxTest::fallingBehindFetchesFromTheLast()
{
    Inbox inbox;
    inbox.connected(hello(0, 7));
    QCOMPARE(push(inbox, 8), Seqs{8});
    inbox.fellBehind();
    QVERIFY(inbox.needsFetch());
    QCOMPARE(inbox.beginFetch(500).after, Seq(8));
    inbox.fetchFailed();
    QVERIFY(inbox.needsFetch());
    QCOMPARE(inbox.beginFetch(500).after, Seq(8));
    QCOMPARE(seqs(inbox.fetched(page({9}))), Seqs{9});
    QVERIFY(!inbox.needsFetch());
}

void InboxTest::afterReconnectOnlyTheNewIsDelivered()
{
    Inbox inbox;
    inbox.connected(hello(0, 0));
    QCOMPARE(push(inbox, 1), Seqs{1});
    QCOMPARE(push(inbox, 3), Seqs{});
    inbox.connectionLost();
    QVERIFY(!inbox.needsFetch());
    QVERIFY(!inbox.connected(hello(3, 3)));
    QCOMPARE(inbox.beginFetch(500).after, Seq(1));
    QCOMPARE(seqs(inbox.fetched(page({1, 2, 3}))), (Seqs{2, 3}));
}

void InboxTest::anotherMailboxStartsAnew()
{
    Inbox inbox;
    QVERIFY(!inbox.connected(hello(0, 9)));
    QVERIFY(inbox.connected(hello(2, 2))); // a mailbox never forgets its numbers
    inbox.beginFetch(500);
    QCOMPARE(seqs(inbox.fetched(page({1, 2}))), (Seqs{1, 2}));
    QVERIFY(inbox.connected(hello(1, 5, 77)));
    inbox.beginFetch(500);
    QCOMPARE(seqs(inbox.fetched(page({1}))), Seqs{1});
}

// A store that was restored gives out seqs again that were seen, for other messages.
void InboxTest::anotherEpochStartsAnew()
{
    const auto of = [](protocol::Hello hello, const QByteArray &epoch) {
        hello.epoch = epoch;
        return hello;
    };
    Inbox inbox;
    QVERIFY(!inbox.connected(of(hello(0, 5), "one")));
    QCOMPARE(seqs(inbox.pushed(message(6))), Seqs{6});
    QVERIFY(!inbox.connected(of(hello(0, 6), "one")));
    QVERIFY(inbox.connected(of(hello(2, 7), "two")));
    QCOMPARE(inbox.last(), Seq());
    QVERIFY(inbox.needsFetch());
    inbox.beginFetch(100);
    QCOMPARE(seqs(inbox.fetched(page({6, 7}))), (Seqs{6, 7}));
    QVERIFY(!inbox.connected(of(hello(0, 7), "two")));
}

void InboxTest::whatIsHeldIsBoundedAndNothingIsLost()
{
    Inbox inbox;
    inbox.connected(hello(0, 0));
    constexpr qint64 Last = 3000;
    for (qint64 seq = 2; seq <= Last; ++seq)
        QCOMPARE(push(inbox, seq), Seqs{});
    qint64 expected = 1;
    while (inbox.needsFetch()) {
        protocol::Messages page;
        const qint64 after = inbox.beginFetch(100).after.value();
        for (qint64 seq = after + 1; seq <= std::min(after + 100, Last); ++seq)
            page.messages.push_back(message(seq));
        page.more = after + 100 < Last;
        for (const qint64 seq : seqs(inbox.fetched(page)))
            QCOMPARE(seq, expected++);
    }
    QCOMPARE(expected, Last + 1);
}

// Pushes that are lost, doubled and out of order, and connections that are lost, in any mixture.
void InboxTest::anyMixtureIsDeliveredOnceAndInOrder()
{
    const unsigned seed = std::random_device()();
    qInfo("seed %u", seed);
    std::mt19937 random(seed);
    const auto chance = [&](unsigned oneIn) { return random() % oneIn == 0; };
    Inbox inbox;
    inbox.connected(hello(0, 0));
    qint64 last = 0; // of the mailbox, which nobody confirms
    qint64 expected = 1;
    const auto check = [&](const Seqs &seqs) {
        for (const qint64 seq : seqs)
            QCOMPARE(seq, expected++);
    };
    for (int step = 0; step < 20'000; ++step) {
        ++last;
        if (!chance(10))
            check(push(inbox, last));
        if (chance(7))
            check(push(inbox, 1 + random() % last));
        if (chance(200)) {
            inbox.connected(hello(last, last));
        } else if (inbox.needsFetch() && chance(3)) {
            const qint64 after = inbox.beginFetch(5).after.value();
            protocol::Messages page;
            for (qint64 seq = after + 1; seq <= std::min(after + 5, last); ++seq)
                page.messages.push_back(message(seq));
            page.more = after + 5 < last;
            check(seqs(inbox.fetched(page)));
        }
        if (QTest::currentTestFailed())
            return;
    }
    QVERIFY(expected > 1000);
}

QTEST_GUILESS_MAIN(InboxTest)
#include "inbox.moc"
