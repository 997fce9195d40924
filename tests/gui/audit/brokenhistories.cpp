// SPDX-License-Identifier: MIT
// What is lost, or not pushed, turns the auditor red, and is named.
#include "gui/audit/story.h"

#include <QSignalSpy>
#include <QTest>

using namespace parley;
using audit::Rule;
using test::Story;

class AuditBrokenHistoriesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void lostFromAPage();
    void lostFromTheMiddleOfAPage();
    void lostOfAForeignSender();
    void lostByHello();
    void lostBelowTheFirstUnread();
    void fewerUnreadThanOwed();
    void lostByWhatAConfirmRemoved();
    void lostBehindAPageByTheNextPush();
    void lostToTrack();
    void lostAfterAReset();
    void neverPushed();
    void neverPushedAsTheHeartbeatShows();
    void neverPushedWhenAllIsQuiet();
    void neverPushedAfterAPage();
    void leftOutOfThePushes();
    void leftOutBesideARefusedAttempt();
    void leftOutAfterHello();
    void pushedTwice();
    void pushedToWhoIsBehind();
    void findingsAreToldOnceAndInWords();
};

void AuditBrokenHistoriesTest::lostFromAPage()
{
    Story story;
    story.hello(0, 1, 0, 0);
    for (int seq = 1; seq <= 3; ++seq)
        story.accepted(seq);
    story.hello(1, 2, 3, 3);
    story.fetches();
    story.page({1, 2});
    QVERIFY(story.found(Rule::Lost, 3));
    story.fetches(); // told once, and no other is accused for it
    story.page({1, 2});
    story.ends(1);
    story.hello(1, 2, 2, 3, 1);
    QVERIFY(story.found(Rule::Lost, 3));
}

void AuditBrokenHistoriesTest::lostFromTheMiddleOfAPage()
{
    Story story;
    story.begin();
    story.pushes(1, 3);
    story.fetches();
    story.page({1, 3}, true);
    QVERIFY(story.found(Rule::Lost, 2));
    QVERIFY(
        story.auditor.findings()[0].text.contains(QStringLiteral("#2 of user 2 (clientId c2)")));
}

void AuditBrokenHistoriesTest::lostOfAForeignSender()
{
    Story story;
    story.hello(0, 1, 0, 0);
    story.accepted(1);
    story.accepted(3); // 2 was somebody else's
    story.hello(1, 2, 3, 3);
    story.fetches();
    story.page({1, 3});
    QVERIFY(story.found(Rule::Lost, 2));
}

void AuditBrokenHistoriesTest::lostByHello()
{
    Story story;
    story.begin();
    story.ends(1);
    story.accepted(1);
    story.hello(1, 2, 0, 1);
    QVERIFY(story.found(Rule::Lost, 1));
}

void AuditBrokenHistoriesTest::lostBelowTheFirstUnread()
{
    Story story;
    story.begin();
    story.pushes(1, 3);
    story.ends(1);
    story.hello(1, 2, 2, 3, 2);
    QVERIFY(story.found(Rule::Lost, 1));
}

void AuditBrokenHistoriesTest::fewerUnreadThanOwed()
{
    Story story;
    story.begin();
    story.pushes(1, 3);
    story.ends(1);
    story.hello(1, 2, 2, 3, 1);
    QVERIFY(story.found(Rule::Lost, 0)); // which, only a FETCH can show
}

void AuditBrokenHistoriesTest::lostByWhatAConfirmRemoved()
{
    Story story;
    story.begin();
    story.pushes(1, 2);
    story.confirms({1});
    story.confirmed(1);
    story.confirms({2});
    story.confirmed(0);
    QVERIFY(story.found(Rule::Lost, 2));
}

void AuditBrokenHistoriesTest::lostBehindAPageByTheNextPush()
{
    Story story;
    story.hello(0, 1, 0, 0);
    story.accepted(1);
    story.hello(1, 2, 1, 1);
    story.fetches();
    story.accepted(2); // after or before the page was read: it is there, or pushed
    story.page({1});
    story.accepted(3);
    story.pushed(3);
    QVERIFY(story.found(Rule::Lost, 2));
}

void AuditBrokenHistoriesTest::lostToTrack()
{
    Story story;
    story.begin();
    story.accepted(1);
    story.command(0, protocol::Track{Story::id(1)});
    protocol::Tracked answer;
    answer.clientId = Story::id(1);
    story.reply(0, answer);
    QVERIFY(story.found(Rule::Lost, 1));
}

// Who was connected then is still watched, also when RECEIPTs tell of them.
void AuditBrokenHistoriesTest::lostAfterAReset()
{
    Story story;
    story.begin();
    story.auditor.reset();
    story.pushes(1, 1);
    story.confirms({1});
    story.confirmed(1);
    story.reply(0, protocol::Receipts{{{Story::id(1), UserId(2), Seq(1), fromMs(2000)}}});
    story.pushes(2, 2);
    story.fetches();
    story.page({});
    QVERIFY(story.found(Rule::Lost, 2));
}

void AuditBrokenHistoriesTest::neverPushed()
{
    Story story;
    story.begin();
    story.accepted(1);
    story.asksStatus();
    QVERIFY(story.isGood());
    story.tellsStatus();
    QVERIFY(story.found(Rule::NotPushed, 1));
}

void AuditBrokenHistoriesTest::neverPushedAsTheHeartbeatShows()
{
    Story story;
    story.begin();
    story.accepted(1);
    story.passes(std::chrono::seconds(5));
    story.beats();
    story.beatAnswered();
    QVERIFY(story.found(Rule::NotPushed, 1));
}

void AuditBrokenHistoriesTest::neverPushedWhenAllIsQuiet()
{
    Story story;
    story.begin();
    story.accepted(1);
    story.auditor.conclude(); // nothing was answered to bob since
    QVERIFY(story.isGood());
    story.beats();
    story.beatAnswered();
    story.auditor.conclude(); // the push may be on its way
    QVERIFY(story.isGood());
    story.passes(std::chrono::seconds(2));
    story.beats();
    story.beatAnswered();
    story.auditor.conclude();
    QVERIFY(story.found(Rule::NotPushed, 1));
}

void AuditBrokenHistoriesTest::neverPushedAfterAPage()
{
    Story story;
    story.hello(0, 1, 0, 0);
    story.accepted(1);
    story.hello(1, 2, 1, 1);
    story.fetches();
    story.page({1});
    story.accepted(2);
    story.asksStatus();
    story.tellsStatus();
    QVERIFY(story.found(Rule::NotPushed, 2));
}

void AuditBrokenHistoriesTest::leftOutOfThePushes()
{
    Story story;
    story.begin();
    story.pushes(1, 1);
    story.accepted(2);
    story.accepted(3);
    story.pushed(3);
    QVERIFY(story.found(Rule::NotPushed, 2));
}

void AuditBrokenHistoriesTest::leftOutBesideARefusedAttempt()
{
    Story story;
    story.begin();
    story.pushes(1, 2);
    story.ends(1, 401); // another connection's, which does not end this one
    story.accepted(3);
    story.accepted(4);
    story.pushed(4);
    QVERIFY(!story.auditor.findings().empty());
}

void AuditBrokenHistoriesTest::leftOutAfterHello()
{
    Story story;
    story.hello(1, 2, 0, 7);
    story.pushed(9, 1, 9);
    QVERIFY(story.found(Rule::NotPushed, 8));
}

void AuditBrokenHistoriesTest::pushedTwice()
{
    Story story;
    story.begin();
    story.pushes(1, 2);
    story.pushed(1);
    QVERIFY(story.found(Rule::PushedTwice, 1));
}

void AuditBrokenHistoriesTest::pushedToWhoIsBehind()
{
    Story story;
    story.hello(0, 1, 0, 0);
    story.accepted(1);
    story.hello(1, 2, 1, 1);
    story.accepted(2);
    story.pushed(2);
    QVERIFY(story.found(Rule::Disorder, 2));
}

void AuditBrokenHistoriesTest::findingsAreToldOnceAndInWords()
{
    Story story;
    QSignalSpy verdicts(&story.auditor, &audit::Auditor::verdictChanged);
    QSignalSpy found(&story.auditor, &audit::Auditor::findingAdded);
    QSignalSpy numbers(&story.auditor, &audit::Auditor::numbersChanged);
    story.begin();
    story.pushes(1, 2);
    story.confirms({1});
    story.confirmed(0);
    story.fetches();
    story.page({2});
    QCOMPARE(verdicts.size(), 2); // good, bad
    QCOMPARE(found.size(), 1);
    const audit::Finding &finding = story.auditor.findings()[0];
    QCOMPARE(audit::headline(finding), QStringLiteral("LOST #1 of user 2"));
    QCOMPARE(finding.clientId, QByteArray("c1"));
    QCOMPARE(finding.frame, 10); // CONFIRMED
    QVERIFY(numbers.wait());
    QCOMPARE(numbers.size(), 1); // many frames, one signal
    story.auditor.reset();
    QCOMPARE(story.auditor.verdict(), audit::Verdict::Idle);
    QVERIFY(story.auditor.findings().empty());
}

QTEST_GUILESS_MAIN(AuditBrokenHistoriesTest)
#include "brokenhistories.moc"
