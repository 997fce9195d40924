// SPDX-License-Identifier: MIT
#include "protocol/codec.h"
#include "unit/protocol/texts.h"

#include <QTest>

using namespace parley;
using namespace parley::protocol;

class CodecRepliesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void frameIsAsInTheContract_data();
    void frameIsAsInTheContract();
    void helloIsDecoded();
    void helloWithoutACommandRate();
    void appendingKeepsWhatIsThere();
    void everyErrorCodeSurvives();
    void errorSaysItsCodesText();
    void textsSurvive();
    void unknownIsIgnored_data();
    void unknownIsIgnored();
    void malformedIsNoReply_data();
    void malformedIsNoReply();
};

namespace {

constexpr Time At = fromMs(1'795'457'100'123);

Hello hello(qint64 unread)
{
    Hello hello;
    hello.userId = UserId(2);
    hello.connectionId = "n1-7";
    hello.time = At;
    hello.unreadCount = unread;
    hello.firstSeq = Seq(unread > 0 ? 7 : 0);
    hello.lastSeq = Seq(9);
    hello.epoch = "e1";
    return hello;
}

constexpr const char HelloFrame[] =
    R"({"cmd":"HELLO","version":1,"userId":2,"connectionId":"n1-7","time":1795457100123,)"
    R"("heartbeat":{"interval":5000,"timeout":15000},)"
    R"("limits":{"frameBytes":262144,"bodyBytes":32768,"window":256,"fetch":500,"confirm":1000,)"
    R"("users":1000,"commandsPerSecond":1000,"burst":5000},)"
    R"("unread":{"count":3,"firstSeq":7,"lastSeq":9},"epoch":"e1"})";

template <class T> T decodedAs(const QByteArray &frame)
{
    const auto reply = decodeReply(frame);
    return reply && std::holds_alternative<T>(*reply) ? std::get<T>(*reply) : T();
}

} // namespace

void CodecRepliesTest::frameIsAsInTheContract_data()
{
    QTest::addColumn<QByteArray>("made");
    QTest::addColumn<QByteArray>("frame");
    const auto row = [](const char *name, const Reply &reply, const char *frame) {
        QTest::newRow(name) << encode(reply) << QByteArray(frame);
    };
    const Message message{Seq(9), UserId(1), "hello", At, "01J"};
    const Message anonymous{Seq(10), UserId(1), "", At, {}};

    row("HELLO", hello(3), HelloFrame);
    row("HELLO, nothing unread", hello(0),
        QByteArray(HelloFrame).replace(R"("count":3,"firstSeq":7)", R"("count":0)"));
    Hello silent = hello(3);
    silent.epoch = {};
    row("HELLO of a server that says no epoch", silent,
        QByteArray(HelloFrame).replace(R"(,"epoch":"e1")", ""));
    row("SENT", Sent{"01J", UserId(2), Seq(9), At, false, {}},
        R"({"cmd":"SENT","clientId":"01J","receiveUserId":2,"seq":9,"time":1795457100123})");
    row("SENT again", Sent{"01J", UserId(2), Seq(9), At, true, "\"r\""},
        R"({"cmd":"SENT","clientId":"01J","receiveUserId":2,"seq":9,"time":1795457100123,)"
        R"("duplicate":true,"ref":"r"})");
    row("SENT without a key", Sent{{}, UserId(2), Seq(9), At, false, "-1"},
        R"({"cmd":"SENT","receiveUserId":2,"seq":9,"time":1795457100123,"ref":-1})");
    row("MESSAGE", message,
        R"({"cmd":"MESSAGE","seq":9,"sendUserId":1,"body":"hello","time":1795457100123,)"
        R"("clientId":"01J"})");
    row("MESSAGE without a key", anonymous,
        R"({"cmd":"MESSAGE","seq":10,"sendUserId":1,"body":"","time":1795457100123})");
    row("MESSAGES", Messages{{message, anonymous}, true, "4"},
        R"({"cmd":"MESSAGES","messages":[{"seq":9,"sendUserId":1,"body":"hello",)"
        R"("time":1795457100123,"clientId":"01J"},)"
        R"({"seq":10,"sendUserId":1,"body":"","time":1795457100123}],"more":true,"ref":4})");
    row("MESSAGES, none", Messages{}, R"({"cmd":"MESSAGES","messages":[],"more":false})");
    row("CONFIRMED", Confirmed{1, "\"x\""}, R"({"cmd":"CONFIRMED","removed":1,"ref":"x"})");
    row("BEHIND", Behind{12}, R"({"cmd":"BEHIND","unread":12})");
    row("RECEIPT", Receipts{{{"01J", UserId(2), Seq(9), At}, {{}, UserId(3), Seq(1), At}}},
        R"({"cmd":"RECEIPT","receipts":[{"clientId":"01J","receiveUserId":2,"seq":9,)"
        R"("time":1795457100123},)"
        R"({"receiveUserId":3,"seq":1,"time":1795457100123}]})");
    row("TRACK, unread", Tracked{"01J", TrackState::Unread, UserId(2), Seq(9), At, {}, "1"},
        R"({"cmd":"TRACK","clientId":"01J","state":"unread","receiveUserId":2,"seq":9,)"
        R"("sentAt":1795457100123,"ref":1})");
    row("TRACK, confirmed",
        Tracked{"01J", TrackState::Confirmed, UserId(2), Seq(9), At, fromMs(1'795'457'100'999), {}},
        R"({"cmd":"TRACK","clientId":"01J","state":"confirmed","receiveUserId":2,"seq":9,)"
        R"("sentAt":1795457100123,"confirmedAt":1795457100999})");
    row("TRACK, unknown", Tracked{"01J", TrackState::Unknown, {}, {}, {}, {}, {}},
        R"({"cmd":"TRACK","clientId":"01J","state":"unknown"})");
    row("HEARTBEAT", HeartbeatReply{At, {}}, R"({"cmd":"HEARTBEAT","time":1795457100123})");
    row("STATUS", StatusReply{{{UserId(1), true, At}, {UserId(9), false, {}}}, {}},
        R"({"cmd":"STATUS","users":[{"userId":1,"online":true,"lastSeen":1795457100123},)"
        R"({"userId":9,"online":false,"lastSeen":null}]})");
    row("STATUS of nobody", StatusReply{{}, "0"}, R"({"cmd":"STATUS","users":[],"ref":0})");
    row("ERROR", Error{ErrorCode::BadField, "no", "7", "01J", "body", milliseconds(250)},
        R"({"cmd":"ERROR","code":"bad_field","message":"no","ref":7,"clientId":"01J",)"
        R"("field":"body","retryAfter":250})");
    row("ERROR, only what there always is", Error{ErrorCode::BadJson, "no", {}, {}, {}, {}},
        R"({"cmd":"ERROR","code":"bad_json","message":"no"})");
    row("GOAWAY", GoAway{milliseconds(1000)}, R"({"cmd":"GOAWAY","retryAfter":1000})");
}

void CodecRepliesTest::frameIsAsInTheContract()
{
    QFETCH(QByteArray, made);
    QFETCH(QByteArray, frame);
    QCOMPARE(made, frame);
    const auto reply = decodeReply(frame);
    QVERIFY(reply);
    QCOMPARE(encode(*reply), frame);
}

void CodecRepliesTest::helloIsDecoded()
{
    QByteArray frame = HelloFrame;
    frame.replace("5000,\"timeout", "4000,\"timeout").replace("15000", "12000");
    frame.replace("262144", "300000").replace("32768", "40000").replace("256", "10");
    frame.replace("Second\":1000", "Second\":20").replace("burst\":5000", "burst\":30");
    const auto hello = decodedAs<Hello>(frame);
    QCOMPARE(hello.userId, UserId(2));
    QCOMPARE(hello.connectionId, "n1-7");
    QVERIFY(hello.time == At);
    QVERIFY(hello.limits.heartbeatInterval == 4s && hello.limits.heartbeatTimeout == 12s);
    QCOMPARE(hello.limits.frameBytes, 300'000);
    QCOMPARE(hello.limits.bodyBytes, 40'000);
    QCOMPARE(hello.limits.window, 10);
    QCOMPARE(hello.limits.commandsPerSecond, 20);
    QCOMPARE(hello.limits.burst, 30);
    QCOMPARE(hello.unreadCount, 3);
    QCOMPARE(hello.firstSeq, Seq(7));
    QCOMPARE(hello.lastSeq, Seq(9));
}

// Zero is how the frame says that there is no limit.
void CodecRepliesTest::helloWithoutACommandRate()
{
    Hello unlimited = hello(3);
    unlimited.limits.commandsPerSecond = 0;
    const QByteArray frame = encode(Reply(unlimited));
    QVERIFY(frame.contains("\"commandsPerSecond\":0,"));
    QCOMPARE(decodedAs<Hello>(frame).limits.commandsPerSecond, 0);
}

void CodecRepliesTest::appendingKeepsWhatIsThere()
{
    const Message message{Seq(9), UserId(1), "hello", At, "01J"};
    const Sent sent{"01J", UserId(2), Seq(9), At, false, "1"};
    QByteArray out = "before";
    append(out, message);
    append(out, sent);
    QCOMPARE(out, "before" + encode(Reply(message)) + encode(Reply(sent)));
}

void CodecRepliesTest::everyErrorCodeSurvives()
{
    for (int code = 0; code <= int(ErrorCode::Overloaded); ++code) {
        const auto frame = encode(Reply(Error{ErrorCode(code), {}, {}, {}, {}, {}}));
        QCOMPARE(int(decodedAs<Error>(frame).code), code);
    }
    const auto later = decodedAs<Error>(R"({"cmd":"ERROR","code":"of_version_2","message":"?"})");
    QCOMPARE(later.code, ErrorCode::Internal);
    QCOMPARE(later.message, "?");
}

void CodecRepliesTest::errorSaysItsCodesText()
{
    const auto frame = encode(Reply(Error{ErrorCode::MailboxFull, {}, {}, {}, {}, {}}));
    QCOMPARE(decodedAs<Error>(frame).message, text(ErrorCode::MailboxFull).toByteArray());
}

void CodecRepliesTest::textsSurvive()
{
    for (const QByteArray &text : hostileTexts()) {
        const Message message{Seq(1), UserId(2), text, At, text};
        const QByteArray frame = encode(Reply(message));
        QCOMPARE(foundByQt(frame, QStringLiteral("body")), text);
        QCOMPARE(decodedAs<Message>(frame).body, text);
        QCOMPARE(decodedAs<Message>(frame).clientId, text);
        const auto messages = decodedAs<Messages>(encode(Reply(Messages{{message}, false, {}})));
        QCOMPARE(messages.messages.at(0).body, text);
    }
    // Qt drops this one from a text's beginning, so it is no witness here.
    const Message marked{Seq(1), UserId(2), "\ufeffBOM", At, {}};
    QCOMPARE(decodedAs<Message>(encode(Reply(marked))).body, marked.body);
}

void CodecRepliesTest::unknownIsIgnored_data()
{
    QTest::addColumn<QByteArray>("frame");
    QTest::newRow("field") << QByteArray(R"({"cmd":"BEHIND","x":[1e400],"unread":3})");
    QTest::newRow("field with too large a number")
        << QByteArray(R"({"cmd":"BEHIND","x":123456789012345678901234567890,"unread":3})");
    QTest::newRow("null where nothing may be")
        << QByteArray(R"({"cmd":"BEHIND","unread":3,"ref":null})");
}

void CodecRepliesTest::unknownIsIgnored()
{
    QFETCH(QByteArray, frame);
    QCOMPARE(decodedAs<Behind>(frame).unread, 3);
}

void CodecRepliesTest::malformedIsNoReply_data()
{
    QTest::addColumn<QByteArray>("frame");
    for (const char *frame : {"", "[]", "{}", R"({"cmd":1})", R"({"cmd":"SHOUT"})",
             R"({"cmd":"SEND"})", R"({"cmd":"BEHIND"})", R"({"cmd":"BEHIND","unread":"3"})",
             R"({"cmd":"BEHIND","unread":-3})", R"({"cmd":"BEHIND","unread":3.0})",
             R"({"cmd":"BEHIND","unread":9007199254740992})", R"({"cmd":"BEHIND","unread":3)",
             R"({"cmd":"HELLO"})", R"({"cmd":"HELLO","heartbeat":7,"limits":[],"unread":null})",
             R"({"cmd":"MESSAGES","messages":{},"more":false})",
             R"({"cmd":"MESSAGES","messages":[7],"more":false})",
             R"({"cmd":"MESSAGES","messages":[{}],"more":false})",
             R"({"cmd":"MESSAGES","messages":[],"more":"no"})",
             R"({"cmd":"MESSAGE","seq":1,"sendUserId":0,"body":"","time":1})",
             R"({"cmd":"MESSAGE","seq":1,"sendUserId":1,"body":"","time":1,"clientId":7})",
             R"({"cmd":"STATUS","users":[{"userId":1,"online":1,"lastSeen":null}]})",
             R"({"cmd":"TRACK","clientId":"a","state":"unread"})"})
        QTest::newRow(frame) << QByteArray(frame);
    // Everything that a HELLO holds must be there: a frame that lacks one name is none.
    for (const char *name : {"userId", "connectionId", "time", "heartbeat", "interval", "timeout",
             "limits", "frameBytes", "bodyBytes", "window", "commandsPerSecond", "burst", "unread",
             "count", "lastSeq"}) {
        const QByteArray key = '"' + QByteArray(name) + "\":";
        QTest::addRow("HELLO without %s", name) << QByteArray(HelloFrame).replace(key, "\"x\":");
    }
    QTest::newRow("HELLO with a limit that no int holds")
        << QByteArray(HelloFrame).replace("262144", "4294967297");
}

void CodecRepliesTest::malformedIsNoReply()
{
    QFETCH(QByteArray, frame);
    QVERIFY(!decodeReply(frame));
}

QTEST_GUILESS_MAIN(CodecRepliesTest)
#include "replies.moc"
