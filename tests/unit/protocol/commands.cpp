// SPDX-License-Identifier: MIT
#include "core/limits.h"
#include "protocol/codec.h"
#include "unit/protocol/texts.h"

#include <QTest>

using namespace parley;
using namespace parley::protocol;

class CodecCommandsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void frameIsAsInTheContract_data();
    void frameIsAsInTheContract();
    void everyFieldIsDecoded();
    void optionalFieldsHaveTheirDefaults();
    void textsSurvive();
    void escapesAreDecoded();
    void refIsRepeatedAsItWas_data();
    void refIsRepeatedAsItWas();
    void valuesAtTheirLimitAreTaken_data();
    void valuesAtTheirLimitAreTaken();
    void fetchLimitIsCapped_data();
    void fetchLimitIsCapped();
    void unknownFieldsAreIgnored_data();
    void unknownFieldsAreIgnored();
};

namespace {

Request decoded(const QByteArray &frame)
{
    auto result = decodeCommand(frame);
    if (const auto *bad = std::get_if<BadFrame>(&result)) {
        qCritical("%.200s: %s %s", frame.constData(), parley::name(bad->code).data(),
            bad->field.constData());
        return {};
    }
    return std::get<Request>(std::move(result));
}

bool isCommand(const QByteArray &frame)
{
    return std::holds_alternative<Request>(decodeCommand(frame));
}

template <class T> T decodedAs(const QByteArray &frame)
{
    const Request request = decoded(frame);
    const auto *command = std::get_if<T>(&request.command);
    return command ? *command : T();
}

QByteArray numbers(int count)
{
    return QByteArray(",1").repeated(count).mid(1);
}

} // namespace

void CodecCommandsTest::frameIsAsInTheContract_data()
{
    QTest::addColumn<QByteArray>("made");
    QTest::addColumn<QByteArray>("frame");
    const auto row = [](const char *name, const Command &command, const char *frame,
                         const Ref &ref = {}) {
        QTest::newRow(name) << encode(Request{command, ref}) << QByteArray(frame);
        QVERIFY(QByteArray(frame).startsWith(
            "{\"cmd\":\"" + protocol::name(command).toByteArray() + "\""));
    };
    row("SEND", Send{UserId(2), "hello", "01J", true},
        R"({"cmd":"SEND","receiveUserId":2,"body":"hello","clientId":"01J","receipt":true})");
    row("SEND without what may be left out", Send{UserId(2), "", {}, false},
        R"({"cmd":"SEND","receiveUserId":2,"body":""})");
    row("SEND with ref", Send{UserId(MaxInteger), "x", {}, false},
        R"({"cmd":"SEND","receiveUserId":9007199254740991,"body":"x","ref":"a"})", "\"a\"");
    row("CONFIRM", Confirm{{Seq(9), Seq(11)}, {}}, R"({"cmd":"CONFIRM","seqs":[9,11]})");
    row("CONFIRM of nothing", Confirm{}, R"({"cmd":"CONFIRM","seqs":[]})");
    row("CONFIRM upTo", Confirm{{}, Seq(9)}, R"({"cmd":"CONFIRM","upTo":9,"ref":7})", "7");
    row("FETCH", Fetch{Seq(0), 100}, R"({"cmd":"FETCH","after":0,"limit":100})");
    row("TRACK", Track{"01J"}, R"({"cmd":"TRACK","clientId":"01J"})");
    row("HEARTBEAT", Heartbeat{}, R"({"cmd":"HEARTBEAT"})");
    row("STATUS", Status{{UserId(1), UserId(9)}}, R"({"cmd":"STATUS","userIds":[1,9]})");
    row("WATCH", Watch{{}}, R"({"cmd":"WATCH","userIds":[]})");
}

void CodecCommandsTest::frameIsAsInTheContract()
{
    QFETCH(QByteArray, made);
    QFETCH(QByteArray, frame);
    QCOMPARE(made, frame);
    QCOMPARE(encode(decoded(frame)), frame);
}

void CodecCommandsTest::everyFieldIsDecoded()
{
    const Request request =
        decoded(" {\"ref\":\"r\", \"receipt\":true,\n\"clientId\":\"c\",\t\"body\":"
                "\"b\",\"receiveUserId\":3 ,\"cmd\":\"SEND\"}\r\n");
    QCOMPARE(request.ref, "\"r\"");
    const Send send = std::get<Send>(request.command);
    QCOMPARE(send.receiveUserId.value(), 3);
    QCOMPARE(send.body, "b");
    QCOMPARE(send.clientId, "c");
    QVERIFY(send.receipt);

    const auto confirm = decodedAs<Confirm>(R"({"cmd":"CONFIRM","seqs":[3,1]})");
    QCOMPARE(confirm.seqs, (std::vector{Seq(3), Seq(1)}));
    QVERIFY(!confirm.upTo);
    const auto upTo = decodedAs<Confirm>(R"({"cmd":"CONFIRM","upTo":0})");
    QVERIFY(upTo.upTo == Seq(0) && upTo.seqs.empty());
    const auto fetch = decodedAs<Fetch>(R"({"cmd":"FETCH","after":5,"limit":6})");
    QCOMPARE(fetch.after, Seq(5));
    QCOMPARE(fetch.limit, 6);
    QCOMPARE(decodedAs<Track>(R"({"cmd":"TRACK","clientId":"t"})").clientId, "t");
    QCOMPARE(decodedAs<Status>(R"({"cmd":"STATUS","userIds":[2,2]})").userIds,
        (std::vector{UserId(2), UserId(2)}));
    QCOMPARE(
        decodedAs<Watch>(R"({"cmd":"WATCH","userIds":[4]})").userIds, (std::vector{UserId(4)}));
}

void CodecCommandsTest::optionalFieldsHaveTheirDefaults()
{
    const Request request = decoded(R"({"cmd":"SEND","receiveUserId":3,"body":""})");
    QVERIFY(request.ref.isNull());
    const Send send = std::get<Send>(request.command);
    QVERIFY(send.clientId.isNull());
    QVERIFY(!send.receipt);
    const auto fetch = decodedAs<Fetch>(R"({"cmd":"FETCH"})");
    QCOMPARE(fetch.after, Seq(0));
    QCOMPARE(fetch.limit, limits::FetchDefault);
}

void CodecCommandsTest::textsSurvive()
{
    for (const QByteArray &text : hostileTexts()) {
        const bool isKey = !text.isEmpty() && codePoints(text) <= limits::ClientIdChars;
        const QByteArray key = isKey ? text : "k";
        const QByteArray frame = encode(Request{Send{UserId(2), text, key, false}, {}});
        QCOMPARE(foundByQt(frame, QStringLiteral("body")), text);
        const auto send = decodedAs<Send>(frame);
        QCOMPARE(send.body, text);
        QCOMPARE(send.clientId, key);
    }
    // Qt drops this one from a text's beginning, so it is no witness here.
    const QByteArray mark = "\ufeffBOM";
    QCOMPARE(decodedAs<Send>(encode(Request{Send{UserId(2), mark, {}, false}, {}})).body, mark);
}

void CodecCommandsTest::escapesAreDecoded()
{
    const auto send = decodedAs<Send>(R"({"cm\u0064":"S\u0045ND","receiveUserId":2,)"
                                      R"("body":"\"\\\/\b\f\n\r\t\u00e9\u2028\ud83d\uDE00"})");
    QCOMPARE(send.body, "\"\\/\b\f\n\r\té\u2028\U0001f600");
}

void CodecCommandsTest::refIsRepeatedAsItWas_data()
{
    QTest::addColumn<QByteArray>("ref");
    for (const char *ref : {R"("a")", R"("")", R"("\"\\\u0000\n")", R"("é😀")", "0", "7", "-7",
             "9223372036854775807", "-9223372036854775808", "18446744073709551615"})
        QTest::newRow(ref) << QByteArray(ref);
    QTest::newRow("64 emoji") << '"' + QByteArray("\U0001f600").repeated(64) + '"';
}

void CodecCommandsTest::refIsRepeatedAsItWas()
{
    QFETCH(QByteArray, ref);
    QCOMPARE(decoded("{\"cmd\":\"HEARTBEAT\",\"ref\":" + ref + '}').ref, ref);
    const auto bad = decodeCommand("{\"cmd\":\"SHOUT\",\"ref\":" + ref + '}');
    QCOMPARE(std::get<BadFrame>(bad).ref, ref);
    QCOMPARE(encode(Reply(Confirmed{1, ref})),
        "{\"cmd\":\"CONFIRMED\",\"removed\":1,\"ref\":" + ref + '}');
}

void CodecCommandsTest::valuesAtTheirLimitAreTaken_data()
{
    QTest::addColumn<QByteArray>("frame");
    const QByteArray emoji = QByteArray("\U0001f600").repeated(64);
    QTest::newRow("64 emoji as clientId") << R"({"cmd":"TRACK","clientId":")" + emoji + "\"}";
    QTest::newRow("64 escaped emoji as clientId")
        << R"({"cmd":"TRACK","clientId":")" + QByteArray("\\ud83d\\ude00").repeated(64) + "\"}";
    QTest::newRow("1000 seqs") << "{\"cmd\":\"CONFIRM\",\"seqs\":[" + numbers(1000) + "]}";
    QTest::newRow("1000 users, STATUS")
        << "{\"cmd\":\"STATUS\",\"userIds\":[" + numbers(1000) + "]}";
    QTest::newRow("1000 users, WATCH") << "{\"cmd\":\"WATCH\",\"userIds\":[" + numbers(1000) + "]}";
    QTest::newRow("no seqs") << QByteArray(R"({"cmd":"CONFIRM","seqs":[]})");
    QTest::newRow("no users") << QByteArray(R"({"cmd":"STATUS","userIds":[]})");
    QTest::newRow("largest seq") << QByteArray(R"({"cmd":"CONFIRM","seqs":[9007199254740991]})");
    QTest::newRow("largest upTo") << QByteArray(R"({"cmd":"CONFIRM","upTo":9007199254740991})");
    QTest::newRow("largest after") << QByteArray(R"({"cmd":"FETCH","after":9007199254740991})");
    QTest::newRow("largest user") << QByteArray(R"({"cmd":"WATCH",)"
                                                R"("userIds":[9007199254740991]})");
    QTest::newRow("a body's size is for others to judge")
        << R"({"cmd":"SEND","receiveUserId":1,"body":")" + QByteArray(2'000'000, 'x') + "\"}";
}

void CodecCommandsTest::valuesAtTheirLimitAreTaken()
{
    QFETCH(QByteArray, frame);
    QVERIFY(isCommand(frame));
}

void CodecCommandsTest::fetchLimitIsCapped_data()
{
    QTest::addColumn<QByteArray>("limit");
    QTest::addColumn<int>("counts");
    QTest::newRow("1") << QByteArray("1") << 1;
    QTest::newRow("500") << QByteArray("500") << 500;
    QTest::newRow("501") << QByteArray("501") << 500;
    QTest::newRow("2^32 + 1") << QByteArray("4294967297") << 500;
    QTest::newRow("2^63 - 1") << QByteArray("9223372036854775807") << 500;
}

void CodecCommandsTest::fetchLimitIsCapped()
{
    QFETCH(QByteArray, limit);
    QFETCH(int, counts);
    QCOMPARE(decodedAs<Fetch>("{\"cmd\":\"FETCH\",\"limit\":" + limit + '}').limit, counts);
}

void CodecCommandsTest::unknownFieldsAreIgnored_data()
{
    QTest::addColumn<QByteArray>("fields");
    for (const char *fields :
        {R"("x":null)", R"("x":{"cmd":"SEND","ref":[]})", R"("":1)", R"("x":"\u0000")",
            R"("x":1,"x":2)", R"("seqs":[1],"upTo":-1,"userIds":0)", R"("Body":7,"clientID":7)",
            R"("x":123456789012345678901234567890)", R"("x":-123456789012345678901234567890)",
            R"("x":1e400,"y":[-1.5E+999,{"z":18446744073709551616}])", R"("x":0.1e-999)",
            R"("x":"\\\"1e400\\","y":1e400)",
            R"("x": 99999999999999999999 ,"y":"99999999999999999999")"})
        QTest::newRow(fields) << QByteArray(fields);
}

void CodecCommandsTest::unknownFieldsAreIgnored()
{
    QFETCH(QByteArray, fields);
    for (const QByteArray known :
        {R"("cmd":"SEND","receiveUserId":2,"body":"1e400 \"99999999999999999999")",
            R"("cmd":"SEND","receiveUserId":2,"body":"","ref":18446744073709551615)",
            R"("cmd":"HEARTBEAT")"}) {
        const QByteArray plain = encode(decoded('{' + known + '}'));
        QCOMPARE(encode(decoded('{' + known + ',' + fields + '}')), plain);
        QCOMPARE(encode(decoded('{' + fields + ',' + known + '}')), plain);
    }
    // Fields of one command are unknown to another; none of these names is any command's.
    for (const QByteArray known : {R"("cmd":"CONFIRM","seqs":[1])", R"("cmd":"CONFIRM","upTo":1)",
             R"("cmd":"FETCH","after":1,"limit":2)", R"("cmd":"TRACK","clientId":"c")",
             R"("cmd":"STATUS","userIds":[1])", R"("cmd":"WATCH","userIds":[1])"}) {
        const QByteArray frame = '{' + known + '}';
        QCOMPARE(encode(decoded(R"({"x":0,"userIDs":[],"cmds":1,)" + known + '}')), frame);
    }
}

QTEST_GUILESS_MAIN(CodecCommandsTest)
#include "commands.moc"
