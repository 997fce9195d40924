// SPDX-License-Identifier: MIT
// Each promise but that nothing is lost, broken once: red, and by name.
#include "gui/audit/story.h"

#include <QTest>

using namespace parley;
using audit::Rule;
using test::Story;

class AuditBrokenPromisesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void pageOutOfOrder();
    void sendersOrder();
    void changedText();
    void changedTextOfOneWithoutKey();
    void changedBetweenTwoDeliveries();
    void deliveredToAnother();
    void seqGivenTwice();
    void storedTwice();
    void storedAnewUnderItsSeq();
    void mailboxWentBackInHello();
    void mailboxWentBackBetweenAttempts();
    void mailboxWentBackInSent();
    void cameBackInAPage();
    void cameBackInHello();
    void removedTooMuch();
    void removedTooMuchUpTo();
    void receiptWithoutAConfirm();
    void refusedYetDelivered();
    void deliveredThenRefused();
};

void AuditBrokenPromisesTest::pageOutOfOrder()
{
    Story story;
    story.begin();
    story.pushes(1, 2);
    story.fetches();
    story.page({2, 1});
    QVERIFY(story.found(Rule::Disorder, 1));
}

void AuditBrokenPromisesTest::sendersOrder()
{
    Story story;
    story.hello(0, 1, 0, 0);
    story.sends(2);
    story.sends(1);
    story.stored(2);
    story.stored(1);
    QVERIFY(story.found(Rule::Disorder, 1));
}

void AuditBrokenPromisesTest::changedText()
{
    Story story;
    story.begin();
    story.accepted(1);
    protocol::Message message = Story::message(1);
    message.body = "something else";
    story.reply(1, message);
    QVERIFY(story.found(Rule::Changed, 1));
}

void AuditBrokenPromisesTest::changedTextOfOneWithoutKey()
{
    Story story;
    story.begin();
    story.command(0, protocol::Send{UserId(2), "one", {}});
    story.storedAs(1, {});
    protocol::Message message = Story::message(1);
    message.body = "other";
    message.clientId = {};
    story.reply(1, message);
    QVERIFY(story.found(Rule::Changed, 1));
}

void AuditBrokenPromisesTest::changedBetweenTwoDeliveries()
{
    Story story;
    story.hello(1, 2, 0, 0);
    story.pushed(1, 1, 9);
    story.fetches();
    protocol::Messages page{{Story::message(1, 9)}, false, "\"r1-1\""};
    page.messages[0].sendUserId = UserId(8);
    story.reply(1, page);
    QVERIFY(story.found(Rule::Changed, 1));
}

void AuditBrokenPromisesTest::deliveredToAnother()
{
    Story story;
    story.begin();
    story.hello(2, 3, 0, 0);
    story.sends(1);
    story.pushed(1, 2);
    QVERIFY(story.found(Rule::Misrouted, 1, 3));
}

void AuditBrokenPromisesTest::seqGivenTwice()
{
    Story story;
    story.begin();
    story.sends(1);
    story.sends(2);
    story.stored(1);
    story.storedAs(1, Story::id(2));
    QVERIFY(story.found(Rule::SeqGivenTwice, 1));
}

void AuditBrokenPromisesTest::storedTwice()
{
    Story story;
    story.begin();
    story.accepted(1);
    story.sends(1);
    story.storedAs(2, Story::id(1));
    QVERIFY(story.found(Rule::StoredTwice, 2));
}

void AuditBrokenPromisesTest::storedAnewUnderItsSeq()
{
    Story story;
    story.begin();
    story.accepted(1);
    story.accepted(1); // answered as the first once more: the first was forgotten
    QVERIFY(story.found(Rule::StoredTwice, 1));
}

void AuditBrokenPromisesTest::mailboxWentBackInHello()
{
    Story story;
    story.begin();
    story.pushes(1, 2);
    story.confirms({1, 2});
    story.confirmed(2);
    story.ends(1);
    story.hello(1, 2, 0, 1);
    QVERIFY(story.found(Rule::WentBack, 2));
}

void AuditBrokenPromisesTest::mailboxWentBackBetweenAttempts()
{
    Story story;
    story.hello(0, 1, 0, 0);
    story.accepted(1);
    story.auditor.attempting(1);
    story.hello(1, 2, 0, 0);
    QVERIFY(story.found(Rule::WentBack, 1));
}

void AuditBrokenPromisesTest::mailboxWentBackInSent()
{
    Story story;
    story.begin();
    story.accepted(5);
    story.sends(3);
    story.stored(3);
    QVERIFY(!story.isGood());
    QCOMPARE(story.auditor.findings()[0].rule, Rule::WentBack);
    QCOMPARE(story.auditor.findings()[0].seq, Seq(3));
}

void AuditBrokenPromisesTest::cameBackInAPage()
{
    Story story;
    story.begin();
    story.pushes(1, 1);
    story.confirms({1});
    story.confirmed(1);
    story.fetches();
    story.page({1});
    QVERIFY(story.found(Rule::CameBack, 1));
}

void AuditBrokenPromisesTest::cameBackInHello()
{
    Story story;
    story.begin();
    story.pushes(1, 1);
    story.confirms({1});
    story.confirmed(1);
    story.ends(1);
    story.hello(1, 2, 1, 1);
    QVERIFY(story.found(Rule::CameBack, 1));
}

void AuditBrokenPromisesTest::removedTooMuch()
{
    Story story;
    story.begin();
    story.pushes(1, 2);
    story.confirms({1});
    story.confirmed(2);
    QVERIFY(story.found(Rule::RemovedTooMuch, 1));
}

void AuditBrokenPromisesTest::removedTooMuchUpTo()
{
    Story story;
    story.begin();
    story.pushes(1, 3);
    story.confirmsUpTo(2);
    story.confirmed(3);
    QVERIFY(story.found(Rule::RemovedTooMuch, 2));
}

void AuditBrokenPromisesTest::receiptWithoutAConfirm()
{
    Story story;
    story.begin();
    story.pushes(1, 1);
    story.reply(0, protocol::Receipts{{{Story::id(1), UserId(2), Seq(1), fromMs(2000)}}});
    QVERIFY(story.found(Rule::RemovedUnasked, 1));
}

void AuditBrokenPromisesTest::refusedYetDelivered()
{
    Story story;
    story.begin();
    story.sends(1);
    protocol::Error error;
    error.code = ErrorCode::MailboxFull;
    error.clientId = Story::id(1);
    story.reply(0, error);
    story.pushed(1);
    QVERIFY(story.found(Rule::RefusedYetDelivered, 1));
}

void AuditBrokenPromisesTest::deliveredThenRefused()
{
    Story story;
    story.begin();
    story.sends(1);
    story.pushed(1);
    protocol::Error error;
    error.code = ErrorCode::StoreUnavailable;
    error.clientId = Story::id(1);
    story.reply(0, error);
    QVERIFY(story.found(Rule::RefusedYetDelivered, 1));
}

QTEST_GUILESS_MAIN(AuditBrokenPromisesTest)
#include "brokenpromises.moc"
