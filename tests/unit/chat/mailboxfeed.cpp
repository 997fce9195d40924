// SPDX-License-Identifier: MIT
// docs/protocol.md 4.3, Order: what a live connection is pushed, and one that is behind is not.
#include "chat/mailboxfeed.h"

#include <QTest>

using namespace parley;
using chat::MailboxFeed;
using Push = MailboxFeed::Push;

namespace {

constexpr int Window = 3;

MailboxFeed liveAfter(qint64 lastSeq)
{
    MailboxFeed feed(Window);
    feed.begin({0, Seq(), Seq(lastSeq)});
    return feed;
}

std::vector<storage::Message> removed(std::initializer_list<qint64> seqs)
{
    std::vector<storage::Message> messages;
    for (qint64 seq : seqs)
        messages.push_back({UserId(1), Seq(seq), UserId(2), {}, {}, {}, false});
    return messages;
}

// Offers the seqs `first` ... `last`; whether each was answered so.
bool offers(MailboxFeed &feed, qint64 first, qint64 last, Push expected)
{
    for (qint64 seq = first; seq <= last; ++seq) {
        if (feed.offer(Seq(seq)) != expected)
            return false;
    }
    return true;
}

} // namespace

class ChatMailboxFeed : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void isPushedNothingBeforeHello()
    {
        MailboxFeed feed(Window);
        QVERIFY(!feed.isLive());
        QVERIFY(offers(feed, 1, 10, Push::Skip));
    }

    void beginsLiveWhenNothingIsUnread()
    {
        MailboxFeed feed = liveAfter(7);
        QVERIFY(feed.isLive());
        QVERIFY(offers(feed, 8, 10, Push::Deliver));
    }

    void beginsBehindWhenSomethingIsUnread()
    {
        MailboxFeed feed(Window);
        feed.begin({1, Seq(7), Seq(7)});
        QVERIFY(!feed.isLive());
        QVERIFY(offers(feed, 8, 20, Push::Skip));
    }

    void catchingUpMakesLiveFromTheVeryNext()
    {
        MailboxFeed feed(Window);
        feed.begin({1, Seq(7), Seq(7)});
        feed.caughtUp(Seq(9));
        QVERIFY(feed.isLive());
        QCOMPARE(feed.offer(Seq(9)), Push::Skip); // the FETCH had it
        QCOMPARE(feed.offer(Seq(10)), Push::Deliver);
    }

    void fallsBehindOnceWhenTheWindowIsFull()
    {
        MailboxFeed feed = liveAfter(0);
        QVERIFY(offers(feed, 1, Window, Push::Deliver));
        QCOMPARE(feed.offer(Seq(4)), Push::FallBehind);
        QVERIFY(!feed.isLive());
        QVERIFY(offers(feed, 5, 20, Push::Skip));
    }

    void confirmingMakesRoomInTheWindow()
    {
        MailboxFeed feed = liveAfter(0);
        QVERIFY(offers(feed, 1, 3, Push::Deliver));
        feed.confirmed(removed({2}));
        QCOMPARE(feed.offer(Seq(4)), Push::Deliver);
        QCOMPARE(feed.offer(Seq(5)), Push::FallBehind);
    }

    void onlyPushedSeqsMakeRoom()
    {
        MailboxFeed feed = liveAfter(100);
        QVERIFY(offers(feed, 101, 103, Push::Deliver));
        feed.confirmed(removed({1, 50, 100, 104}));
        QCOMPARE(feed.offer(Seq(104)), Push::FallBehind);
    }

    void confirmingTwiceMakesRoomOnce()
    {
        MailboxFeed feed = liveAfter(0);
        QVERIFY(offers(feed, 1, 3, Push::Deliver));
        feed.confirmed(removed({1}));
        feed.confirmed(removed({1}));
        QCOMPARE(feed.offer(Seq(4)), Push::Deliver);
        QCOMPARE(feed.offer(Seq(5)), Push::FallBehind);
    }

    void confirmingEverythingDoesNotMakeLive()
    {
        MailboxFeed feed = liveAfter(0);
        QVERIFY(offers(feed, 1, 3, Push::Deliver));
        QCOMPARE(feed.offer(Seq(4)), Push::FallBehind);
        feed.confirmed(removed({1, 2, 3, 4}));
        QVERIFY(!feed.isLive());
        QCOMPARE(feed.offer(Seq(5)), Push::Skip);
    }

    void theCountBeginsAnewAfterCatchingUp()
    {
        MailboxFeed feed = liveAfter(0);
        QVERIFY(offers(feed, 1, 3, Push::Deliver));
        QCOMPARE(feed.offer(Seq(4)), Push::FallBehind);
        feed.caughtUp(Seq(4)); // 1 ... 4 are unconfirmed, but fetched ones do not count
        QVERIFY(offers(feed, 5, 7, Push::Deliver));
        QCOMPARE(feed.offer(Seq(8)), Push::FallBehind);
    }

    void catchingUpChangesNothingWhenLive()
    {
        MailboxFeed feed = liveAfter(0);
        QVERIFY(offers(feed, 1, 2, Push::Deliver));
        feed.caughtUp(Seq(2));
        QCOMPARE(feed.offer(Seq(3)), Push::Deliver);
        QCOMPARE(feed.offer(Seq(4)), Push::FallBehind);
    }

    void wouldFallBehindRatherThanLeaveAGap()
    {
        MailboxFeed feed = liveAfter(0);
        QCOMPARE(feed.offer(Seq(1)), Push::Deliver);
        QCOMPARE(feed.offer(Seq(3)), Push::FallBehind);
    }
};

QTEST_GUILESS_MAIN(ChatMailboxFeed)
#include "mailboxfeed.moc"
