// SPDX-License-Identifier: MIT
#include "bench/scan.h"
#include "bench/tag.h"

#include <QTest>

#include <string>

using namespace parley;
using namespace parley::bench;

class BenchScanTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsHello();
    void readsSentAndMessage();
    void orderAndBlanksDoNotMatter();
    void readsAllMessages();
    void readsError();
    void unknownMembersArePassedOver();
    void refusesWhatIsNoObject_data();
    void refusesWhatIsNoObject();
    void tagSurvivesTheWire();
    void otherTextsAreNoTags();
};

namespace {

// Outside of QVERIFY: moc does not understand raw strings within a macro.
void scanned(std::string_view frame, Reply &reply)
{
    QVERIFY(scan(frame, reply));
}

} // namespace

void BenchScanTest::readsHello()
{
    Reply reply;
    scanned(R"({"cmd":"HELLO","version":1,"userId":2,"connectionId":"a","time":1,)"
            R"("heartbeat":{"interval":2000,"timeout":15000},)"
            R"("limits":{"frameBytes":262144,"commandsPerSecond":1000,"burst":5000},)"
            R"("unread":{"count":3,"firstSeq":7,"lastSeq":9}})",
        reply);
    QCOMPARE(reply.cmd, Cmd::Hello);
    QCOMPARE(reply.hello.heartbeatMs, 2000);
    QCOMPARE(reply.hello.commandsPerSecond, 1000);
    QCOMPARE(reply.hello.burst, 5000);
    QCOMPARE(reply.hello.unread, 3);
    QCOMPARE(reply.hello.lastSeq, Seq(9));
}

void BenchScanTest::readsSentAndMessage()
{
    Reply sent;
    scanned(R"({"cmd":"SENT","clientId":"x1","receiveUserId":2,"seq":9,"time":5})", sent);
    QCOMPARE(sent.cmd, Cmd::Sent);
    QVERIFY(sent.mail.clientId == "x1");
    QCOMPARE(sent.mail.seq, Seq(9));
    QVERIFY(!sent.duplicate);
    Reply again;
    scanned(R"({"cmd":"SENT","clientId":"x1","seq":9,"duplicate":true})", again);
    QVERIFY(again.duplicate);

    Reply message;
    scanned(R"({"cmd":"MESSAGE","seq":9007199254740991,"sendUserId":42,"body":"he+/o",)"
            R"("time":5,"clientId":"x1"})",
        message);
    QCOMPARE(message.cmd, Cmd::Message);
    QCOMPARE(message.mail.seq, Seq(MaxInteger));
    QCOMPARE(message.mail.sendUserId, UserId(42));
    QVERIFY(message.mail.body == "he+/o");
}

void BenchScanTest::orderAndBlanksDoNotMatter()
{
    Reply reply;
    scanned("{ \"body\" : \"b\" ,\n\t\"seq\" : 3 , \"cmd\" : \"MESSAGE\" } ", reply);
    QCOMPARE(reply.cmd, Cmd::Message);
    QCOMPARE(reply.mail.seq, Seq(3));
    QVERIFY(reply.mail.body == "b");
}

void BenchScanTest::readsAllMessages()
{
    Reply reply;
    scanned(R"({"cmd":"MESSAGES","messages":[{"seq":7,"sendUserId":1,"body":"]}\",{[\\"},)"
            R"( {"seq":8,"body":""}],"more":true,"ref":"check"})",
        reply);
    QCOMPARE(reply.cmd, Cmd::Messages);
    QVERIFY(reply.more);
    QVERIFY(reply.ref == "check");
    Elements messages(reply.messages);
    Mail mail;
    QVERIFY(messages.next());
    QVERIFY(scan(messages.value(), mail));
    QCOMPARE(mail.seq, Seq(7));
    const std::string_view escaped = R"(]}\",{[\\)";
    QVERIFY(mail.body == escaped);
    QVERIFY(messages.next());
    QVERIFY(scan(messages.value(), mail));
    QCOMPARE(mail.seq, Seq(8));
    QVERIFY(mail.body.empty());
    QVERIFY(!messages.next());

    Reply none;
    scanned(R"({"cmd":"MESSAGES","messages":[],"more":false})", none);
    QVERIFY(!none.more);
    QVERIFY(!Elements(none.messages).next());
}

void BenchScanTest::readsError()
{
    Reply reply;
    scanned(R"({"cmd":"ERROR","code":"rate_limited","message":"slow","clientId":"x1",)"
            R"("retryAfter":20})",
        reply);
    QCOMPARE(reply.cmd, Cmd::Error);
    QVERIFY(reply.code == "rate_limited");
    QVERIFY(reply.mail.clientId == "x1");
}

void BenchScanTest::unknownMembersArePassedOver()
{
    Reply reply;
    scanned(
        R"({"new":{"a":[1,{"seq":5}],"b":"}"},"x":null,"y":-1.5e3,"cmd":"SENT","seq":4})", reply);
    QCOMPARE(reply.cmd, Cmd::Sent);
    QCOMPARE(reply.mail.seq, Seq(4));
    Reply unknown;
    scanned(R"({"cmd":"NOVELTY"})", unknown);
    QCOMPARE(unknown.cmd, Cmd::Other);
}

void BenchScanTest::refusesWhatIsNoObject_data()
{
    QTest::addColumn<QByteArray>("text");
    for (const char *text :
        {"", "[]", "1", "{", "{\"a\"", "{\"a\":", "{\"a\":1", "{\"a\":1 \"b\":2}", "{a:1}",
            "{\"a\":\"", "{\"a\":\"\\\"}", "{\"a\":{\"b\":\"}", "{\"a\":[1,2}"})
        QTest::addRow("%s", text) << QByteArray(text);
}

void BenchScanTest::refusesWhatIsNoObject()
{
    QFETCH(QByteArray, text);
    Reply reply;
    QVERIFY(!scan(std::string_view(text.constData(), std::size_t(text.size())), reply));
}

void BenchScanTest::tagSurvivesTheWire()
{
    std::string text(Tag::Size, ' ');
    Tag{0xdeadbeef, 7, 4294967295}.write(text.data());
    QVERIFY(text == "deadbeef00000007ffffffff");
    const auto tag = Tag::read(text + "more");
    QVERIFY(tag);
    QCOMPARE(tag->run, 0xdeadbeefU);
    QCOMPARE(tag->pair, 7U);
    QCOMPARE(tag->number, 4294967295U);
}

void BenchScanTest::otherTextsAreNoTags()
{
    QVERIFY(!Tag::read(""));
    QVERIFY(!Tag::read("deadbeef00000007fffffff"));
    QVERIFY(!Tag::read("hello, world, how are you?"));
    QVERIFY(!Tag::read("deadbeef00000007ffffff x"));
}

QTEST_GUILESS_MAIN(BenchScanTest)
#include "scan.moc"
