// SPDX-License-Identifier: MIT
// What a server that keeps its word may do; none of it may turn the auditor red.
#include "gui/audit/story.h"

#include <QTest>

using namespace parley;
using audit::Verdict;
using test::Story;

class AuditGoodHistoriesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void nothingIsNothing();
    void storeDeliverConfirm();
    void thePushMayBeSeenBeforeTheSent();
    void offlineFetchConfirm();
    void severalConnectionsOfOneUser();
    void aResendIsAnsweredAsADuplicate();
    void windowAndBehind();
    void confirmsUnderWayWhenTheConnectionIsLost();
    void aConfirmThatWasCarriedOutByTwoConnections();
    void helloMayBeOlderThanASent();
    void pagesInPieces();
    void foreignSenders();
    void foreignConnectionsConfirm();
    void earlyConfirmsExcuseNothingElse();
    void aRefusedKeyMayBeUsedAgain();
    void heartbeatsMayOvertakeAPush();
    void resetInTheMiddle();
    void trackAndReceipts();
    void aKeyThatWasUsedBeforeItWasWatched();
};

void AuditGoodHistoriesTest::nothingIsNothing()
{
    Story story;
    QCOMPARE(story.auditor.verdict(), Verdict::Idle);
    story.hello(0, 1, 0, 0);
    QCOMPARE(story.auditor.verdict(), Verdict::Idle);
}

void AuditGoodHistoriesTest::storeDeliverConfirm()
{
    Story story;
    story.begin();
    story.pushes(1, 3);
    story.confirms({1, 2});
    story.confirmed(2);
    QVERIFY(story.isGood());
    QCOMPARE(story.auditor.numbers(), (audit::Numbers{3, 3, 2, 1}));
    story.confirmsUpTo(3);
    story.confirmed(1);
    story.confirms({1, 2, 3}); // again: no error, and removes nothing
    story.confirmed(0);
    QVERIFY(story.isGood());
    QCOMPARE(story.auditor.numbers(), (audit::Numbers{3, 3, 3, 0}));
}

void AuditGoodHistoriesTest::thePushMayBeSeenBeforeTheSent()
{
    Story story;
    story.begin();
    story.sends(1);
    story.sends(2);
    story.pushed(1);
    story.pushed(2);
    story.confirms({1, 2});
    story.confirmed(2);
    story.stored(1);
    story.stored(2);
    story.asksStatus();
    story.tellsStatus();
    story.auditor.conclude();
    QVERIFY(story.isGood());
    QCOMPARE(story.auditor.numbers(), (audit::Numbers{2, 2, 2, 0}));
}

void AuditGoodHistoriesTest::offlineFetchConfirm()
{
    Story story;
    story.hello(0, 1, 0, 0);
    for (int seq = 1; seq <= 3; ++seq)
        story.accepted(seq);
    QCOMPARE(story.auditor.numbers(), (audit::Numbers{3, 0, 0, 3}));
    story.hello(1, 2, 3, 3);
    story.fetches();
    story.page({1, 2, 3});
    story.confirms({1, 3});
    story.confirmed(2);
    story.ends(1);
    story.hello(1, 2, 1, 3, 2);
    story.fetches();
    story.page({2});
    story.accepted(4);
    story.pushed(4);
    QVERIFY(story.isGood());
}

void AuditGoodHistoriesTest::severalConnectionsOfOneUser()
{
    Story story;
    story.begin();
    story.accepted(1);
    story.pushed(1);
    story.hello(2, 2, 1, 1); // their second
    story.confirms({1});
    story.confirmed(1);
    story.fetches(2);
    story.page({}, false, 2);
    story.accepted(2);
    story.pushed(2, 2);
    story.confirms({2}, 2);
    story.confirmed(1, 2);
    story.pushed(2, 1); // under way to the first all the while
    story.accepted(3);
    story.pushed(3, 1);
    story.pushed(3, 2);
    QVERIFY(story.isGood());
}

void AuditGoodHistoriesTest::aResendIsAnsweredAsADuplicate()
{
    Story story;
    story.hello(1, 2, 0, 0);
    story.hello(0, 1, 0, 0);
    story.sends(1);
    story.pushed(1);
    story.confirms({1});
    story.confirmed(1);
    story.ends(0);
    story.hello(0, 1, 0, 0);
    story.sends(1);
    story.stored(1, 0, 2, true);
    story.sends(1);
    story.stored(1, 0, 2, true);
    story.accepted(2);
    story.pushed(2);
    QVERIFY(story.isGood());
    QCOMPARE(story.auditor.numbers(), (audit::Numbers{2, 2, 1, 1}));
}

void AuditGoodHistoriesTest::windowAndBehind()
{
    Story story;
    story.begin();
    story.pushes(1, 2);
    story.accepted(3);
    story.reply(1, protocol::Behind{3});
    story.accepted(4);
    story.asksStatus();
    story.tellsStatus(); // nothing is pushed to who is behind
    story.fetches(1, 2);
    story.accepted(5);
    story.page({3, 4});
    story.pushed(5);
    story.fetches(1, 0); // re-reads, while live
    story.page({1, 2, 3, 4, 5});
    story.accepted(6);
    story.pushed(6);
    story.auditor.conclude();
    QVERIFY(story.isGood());
}

void AuditGoodHistoriesTest::confirmsUnderWayWhenTheConnectionIsLost()
{
    for (const bool wasDone : {false, true}) {
        Story story;
        story.hello(0, 1, 0, 0);
        story.hello(1, 2, 0, 0);
        story.accepted(1);
        story.pushed(1);
        story.confirms({1});
        story.ends(1);
        story.hello(1, 2, wasDone ? 0 : 1, 1);
        if (!wasDone) {
            story.fetches();
            story.page({1});
        }
        story.confirms({1});
        story.confirmed(wasDone ? 0 : 1);
        QVERIFY(story.isGood());
    }
}

void AuditGoodHistoriesTest::aConfirmThatWasCarriedOutByTwoConnections()
{
    Story story;
    story.begin();
    story.hello(2, 2, 0, 0);
    story.accepted(1);
    story.pushed(1, 1);
    story.pushed(1, 2);
    story.confirms({1}, 1);
    story.confirms({1}, 2);
    story.confirmed(0, 1); // the other's came first
    story.confirmed(1, 2);
    QVERIFY(story.isGood());
}

void AuditGoodHistoriesTest::helloMayBeOlderThanASent()
{
    Story story;
    story.begin();
    story.accepted(1);
    story.pushed(1);
    story.confirms({1});
    story.confirmed(1);
    story.ends(1);
    story.accepted(2);
    story.hello(1, 2, 0, 1); // counted before 2 was stored
    story.pushed(2);
    QVERIFY(story.isGood());
}

void AuditGoodHistoriesTest::pagesInPieces()
{
    Story story;
    story.hello(0, 1, 0, 0);
    for (int seq = 1; seq <= 5; ++seq)
        story.accepted(seq);
    story.hello(1, 2, 5, 5);
    story.fetches(1, 0, 2);
    story.page({1, 2}, true);
    story.confirms({1, 2});
    story.confirmed(2);
    story.fetches(1, 2, 2);
    story.page({3, 4}, true);
    story.fetches(1, 4, 2);
    story.page({5});
    story.fetches(1, 0, 500);
    story.page({3, 4, 5});
    QVERIFY(story.isGood());
}

void AuditGoodHistoriesTest::foreignSenders()
{
    Story story;
    story.hello(0, 1, 0, 0);
    story.hello(1, 2, 2, 40, 7); // 7 and another, of before
    story.fetches();
    story.reply(
        1, protocol::Messages{{Story::message(7, 9), Story::message(40, 9)}, false, "\"r1-1\""});
    story.pushed(41, 1, 9);
    story.accepted(42);
    story.pushed(42);
    story.confirmsUpTo(41);
    story.confirmed(3);
    story.ends(1);
    story.hello(1, 2, 2, 43, 42); // 43 came from elsewhere
    story.fetches();
    story.reply(
        1, protocol::Messages{{Story::message(42), Story::message(43, 9)}, false, "\"r1-3\""});
    QVERIFY(story.isGood());
}

void AuditGoodHistoriesTest::foreignConnectionsConfirm()
{
    for (const bool isTraced : {false, true}) {
        Story story;
        story.hello(0, 1, 0, 0);
        story.hello(1, 2, 0, 0);
        story.accepted(1);
        story.pushed(1);
        if (isTraced)
            story.step(protocol::TraceKind::Received, 2, 0, 0, "CONFIRM", "elsewhere");
        else
            story.auditor.setForeign(UserId(2));
        story.fetches();
        story.page({});
        QVERIFY(story.isGood());
    }
}

void AuditGoodHistoriesTest::earlyConfirmsExcuseNothingElse()
{
    Story story;
    story.begin();
    story.confirmsUpTo(1000);
    story.accepted(1); // perhaps stored before that was carried out
    story.pushed(1);
    story.confirmed(1);
    story.fetches();
    story.page({});
    story.accepted(2);
    story.pushed(2);
    story.fetches();
    story.page({2});
    QVERIFY(story.isGood());
}

void AuditGoodHistoriesTest::aRefusedKeyMayBeUsedAgain()
{
    Story story;
    story.begin();
    story.sends(1);
    protocol::Error error;
    error.code = ErrorCode::RateLimited;
    error.clientId = Story::id(1);
    story.reply(0, error);
    story.sends(1);
    story.pushed(1);
    story.stored(1);
    QVERIFY(story.isGood());
}

void AuditGoodHistoriesTest::heartbeatsMayOvertakeAPush()
{
    Story story;
    story.begin();
    story.accepted(1);
    story.beats();
    story.beatAnswered();
    QVERIFY(story.isGood());
    story.pushed(1);
    story.auditor.conclude();
    QVERIFY(story.isGood());
}

void AuditGoodHistoriesTest::resetInTheMiddle()
{
    Story story;
    story.begin();
    story.sends(1);
    story.pushed(1);
    story.confirms({1});
    story.auditor.reset();
    QCOMPARE(story.auditor.verdict(), Verdict::Idle);
    story.confirmed(1);
    story.stored(1);
    story.accepted(2);
    story.pushed(2);
    story.fetches();
    story.page({2});
    QVERIFY(story.isGood());
}

void AuditGoodHistoriesTest::trackAndReceipts()
{
    Story story;
    story.begin();
    const auto receipt = [](qint64 to, qint64 seq) {
        return protocol::Receipts{{{Story::id(seq), UserId(to), Seq(seq), fromMs(2000)}}};
    };
    const auto track = [&](qint64 seq, protocol::TrackState state, qint64 to = 2) {
        story.command(0, protocol::Track{Story::id(seq)});
        protocol::Tracked answer;
        answer.clientId = Story::id(seq);
        answer.state = state;
        answer.receiveUserId = UserId(to);
        answer.seq = Seq(seq);
        if (state == protocol::TrackState::Confirmed)
            answer.confirmedAt = fromMs(2000);
        story.reply(0, answer);
    };
    story.accepted(1);
    track(1, protocol::TrackState::Unread);
    story.pushed(1);
    story.confirms({1});
    track(1, protocol::TrackState::Confirmed);
    story.reply(0, receipt(2, 1));
    story.confirmed(1);
    // User 9 has no pane: they confirm elsewhere.
    story.accepted(5, 0, 9);
    track(5, protocol::TrackState::Confirmed, 9);
    story.reply(0, receipt(9, 5));
    story.tell();
    QVERIFY(story.isGood());
}

void AuditGoodHistoriesTest::aKeyThatWasUsedBeforeItWasWatched()
{
    Story story;
    story.hello(0, 1, 0, 0);
    story.command(0, protocol::Send{UserId(2), "another text", Story::id(1)});
    story.stored(1, 0, 2, true); // the old one stays
    story.command(0, protocol::Send{UserId(3), "to another", Story::id(2)});
    protocol::Error error;
    error.code = ErrorCode::IdReused;
    error.clientId = Story::id(2);
    story.reply(0, error);
    story.hello(1, 2, 2, 2);
    story.fetches();
    story.page({1, 2});
    QVERIFY(story.isGood());
}

QTEST_GUILESS_MAIN(AuditGoodHistoriesTest)
#include "goodhistories.moc"
