// SPDX-License-Identifier: MIT
#include "frames/prettyjson.h"
#include "frames/shell.h"

#include <QProcess>
#include <QRandomGenerator>
#include <QTest>

using namespace parley;
using namespace parley::frames;

namespace {

QByteArray withoutSpace(const QByteArray &json)
{
    QByteArray out;
    bool inString = false;
    for (qsizetype i = 0; i < json.size(); ++i) {
        const char c = json[i];
        if (inString && c == '\\')
            out += json[i++];
        else if (c == '"')
            inString = !inString;
        if (inString || !QByteArrayView(" \t\r\n").contains(c))
            out += json[i];
    }
    return out;
}

QByteArray randomJson(QRandomGenerator &chance, int depth)
{
    static const QByteArray Scalars[] = {"0", "-1.50e+007", "123456789012345678901234567890",
        "true", "null", "\"\"", "\" a , { \\\" [ \"", "\"\\u0041\\\\\"", "\"ch\xc3\xa0o\"", "1E5"};
    static const QByteArray Spaces[] = {"", "", " ", "\n\t", "\r\n  "};
    const auto space = [&] { return Spaces[chance.bounded(5)]; };
    const int kind = depth == 0 ? 0 : int(chance.bounded(3));
    if (kind == 0)
        return space() + Scalars[chance.bounded(10)] + space();
    QByteArray out = space() + (kind == 1 ? "[" : "{");
    const int count = int(chance.bounded(4));
    for (int i = 0; i < count; ++i) {
        out += i > 0 ? "," : "";
        out += kind == 2 ? space() + "\"k\"" + space() + ":" : QByteArray();
        out += randomJson(chance, depth - 1);
    }
    return out + (count == 0 ? space() : QByteArray()) + (kind == 1 ? "]" : "}") + space();
}

QByteArray runInShell(const QString &script)
{
    QProcess shell;
    shell.start(QStringLiteral("sh"), {QStringLiteral("-c"), script});
    return shell.waitForFinished() ? shell.readAllStandardOutput() : QByteArray("did not finish");
}

const QUrl Server(QStringLiteral("ws://name:secret@example.org:2345"));

} // namespace

class InspectorText : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void prettyJsonIsIndented();
    void prettyJsonKeepsAllButTheSpace();
    void whatIsNoJsonIsLeftAsItIs_data();
    void whatIsNoJsonIsLeftAsItIs();
    void hostileNestingStaysSmall();
    void whatIsTooLongSaysHowMuchIsLeftOut();
    void binaryIsShownInHexadecimal();
    void theShellGetsExactlyThePayload_data();
    void theShellGetsExactlyThePayload();
    void theWholeLineRuns();
    void aReadyLineHoldsNoSecret();
    void aRefusalIsRepeatedByCurl();
};

void InspectorText::prettyJsonIsIndented()
{
    QCOMPARE(prettyJson(R"({"cmd":"X","seqs":[1, 2],"none":[ ],"in":[{"a":{}}]})"),
        QByteArray("{\n"
                   "  \"cmd\": \"X\",\n"
                   "  \"seqs\": [1, 2],\n"
                   "  \"none\": [],\n"
                   "  \"in\": [\n"
                   "    {\n"
                   "      \"a\": {}\n"
                   "    }\n"
                   "  ]\n"
                   "}"));
}

void InspectorText::prettyJsonKeepsAllButTheSpace()
{
    const quint32 seed = QRandomGenerator::global()->generate();
    QRandomGenerator chance(seed);
    for (int i = 0; i < 2000; ++i) {
        const QByteArray json = randomJson(chance, 5);
        const QByteArray pretty = prettyJson(json);
        QVERIFY2(!pretty.isNull(), QByteArray::number(seed) + ": " + json);
        QVERIFY2(withoutSpace(pretty) == withoutSpace(json), QByteArray::number(seed) + json);
    }
}

void InspectorText::whatIsNoJsonIsLeftAsItIs_data()
{
    QTest::addColumn<QByteArray>("payload");
    int row = 0;
    for (const char *payload : {"", "{", "{\"a\":1}}", "1,\"b\":2", "[1,]", "{'a':1}", "01", "\"",
             "nul", "{\"a\" 1}", "1 2", "}{"})
        QTest::addRow("%d", row++) << QByteArray(payload);
}

void InspectorText::whatIsNoJsonIsLeftAsItIs()
{
    QFETCH(const QByteArray, payload);
    QVERIFY(prettyJson(payload).isNull());
    QCOMPARE(readable(makeFrame(0, Kind::Sent, {}, payload, 0)), QString::fromUtf8(payload));
}

void InspectorText::hostileNestingStaysSmall()
{
    const QByteArray deep = QByteArray(900, '[') + QByteArray(100'000, '1').replace("1", "1,") + '1'
        + QByteArray(900, ']');
    QVERIFY(prettyJson(deep).size() <= MostShownBytes);
    QByteArray wide = "{\"a\":" + QByteArray(60, '[') + "{}";
    for (int i = 0; i < 20'000; ++i)
        wide += ",{}";
    wide += QByteArray(60, ']') + "}";
    QVERIFY(prettyJson(wide).isNull());
    QVERIFY(readable(makeFrame(0, Kind::Sent, {}, wide, 0)).size() <= MostShownBytes);
    QVERIFY(prettyJson(QByteArray(100'000, '[') + QByteArray(100'000, ']')).isNull());
}

void InspectorText::whatIsTooLongSaysHowMuchIsLeftOut()
{
    Frame frame = makeFrame(0, Kind::Sent, {}, {}, 0);
    frame.payload = QByteArray(MostShownBytes - 1, 'x') + "\xc3\xa0" + "yz";
    const QString text = readable(frame);
    QVERIFY(text.endsWith(QStringLiteral("x\n... 4 more bytes")));
    QVERIFY(text.size() < MostShownBytes + 50);
}

void InspectorText::binaryIsShownInHexadecimal()
{
    Frame frame = makeFrame(0, Kind::Sent, {}, {}, 0);
    frame.payload = QByteArray::fromHex("000102414243ff") + QByteArray(12, 'z');
    frame.isBinary = true;
    QCOMPARE(readable(frame),
        QStringLiteral(
            "00000000  00 01 02 41 42 43 ff 7a 7a 7a 7a 7a 7a 7a 7a 7a  ...ABC.zzzzzzzzz\n"
            "00000010  7a 7a 7a                                         zzz\n"));
    frame.payload = QByteArray(1 << 20, '\1');
    QVERIFY(readable(frame).size() < MostShownBytes + 50);
}

void InspectorText::theShellGetsExactlyThePayload_data()
{
    QTest::addColumn<QByteArray>("payload");
    QByteArray all;
    for (int c = 0; c < 256; ++c)
        all += char(c);
    QTest::newRow("frame") << QByteArray(R"({"cmd":"SEND","body":"it's $HOME `x` \"\\n\""})");
    QTest::newRow("every byte") << all;
    QTest::newRow("percent and backslash") << QByteArray("100% \\101 %s\n\x01");
    QTest::newRow("digits behind a control") << QByteArray("\x01"
                                                           "77");
    QTest::newRow("quotes alone") << QByteArray("''''");
    QTest::newRow("out of the quotes") << QByteArray("'; echo broken; '");
    QTest::newRow("a paste that ends itself") << QByteArray("\x1b[201~\necho broken\n\x03");
    QTest::newRow("not ASCII") << QByteArray("ch\xc3\xa0o \xf0\x9f\x91\x8b");
    QTest::newRow("turned writing") << QByteArray("a\xe2\x80\xae"
                                                  "b");
    QTest::newRow("option") << QByteArray("-n -e");
    QTest::newRow("empty") << QByteArray();
}

void InspectorText::theShellGetsExactlyThePayload()
{
    QFETCH(const QByteArray, payload);
    const QString command = shellPrintf(payload);
    for (const QChar c : command)
        QVERIFY2(c.isPrint() || c.isSurrogate(), qPrintable(command));
    QCOMPARE(runInShell(command), payload);
}

// With a websocat of our own, which shows what it is given.
void InspectorText::theWholeLineRuns()
{
    const QByteArray payload = R"({"cmd":"SEND","body":"it's\n"})";
    const Frame frame = makeFrame(0, Kind::Sent, UserId(7), payload, 0);
    const QString line = asShellCommand(frame, Server);
    QString script = QStringLiteral("sleep() { :; }\nwebsocat() { printf '%s|' \"$@\"; cat; }\n"
                                    "SESSION=\"it is 'it'\"\n");
    QCOMPARE(runInShell(script + line),
        "ws://example.org:2345/chat/private?userId=7&session=it is 'it'|" + payload);
}

void InspectorText::aReadyLineHoldsNoSecret()
{
    for (const Kind kind : {Kind::Sent, Kind::Received, Kind::Opened}) {
        const QString line = asShellCommand(makeFrame(0, kind, UserId(7), "x", 0), Server);
        QVERIFY(!line.contains(QLatin1String("secret@")));
        QVERIFY(line.contains(QLatin1String("session='\"$SESSION\"")));
        QVERIFY(line.contains(QLatin1String("# SESSION=$(parleyd session NAME)\n")));
    }
    Frame frame = makeFrame(0, Kind::Sent, UserId(7), {}, 0);
    frame.payload = QByteArray(1, '\0');
    frame.isBinary = true;
    QVERIFY(asShellCommand(frame, Server).contains(QLatin1String("printf '\\000'")));
    QVERIFY(asShellCommand(frame, Server).contains(QLatin1String("websocat -b ")));
}

void InspectorText::aRefusalIsRepeatedByCurl()
{
    const QString login = asShellCommand(makeEnd(0, {}, 401, {}, 0), Server);
    const QString curl = QStringLiteral("curl() { printf '%s|' \"$@\"; }\n"
                                        "NAME=alice\nPASSWORD=demo\nSESSION=s\n");
    QCOMPARE(runInShell(curl + login),
        QByteArray("-i|-H|Content-Type: application/json|--data-binary|"
                   R"({"username":"alice","password":"demo"}|http://example.org:2345/login|)"));
    const QString upgrade = asShellCommand(makeEnd(0, UserId(7), 401, {}, 0), Server);
    QVERIFY(runInShell(curl + upgrade)
                .endsWith("|http://example.org:2345/chat/private?userId=7&session=s|"));
    QCOMPARE(shellProgram(makeEnd(0, {}, 401, {}, 0)), QStringLiteral("curl"));
}

QTEST_GUILESS_MAIN(InspectorText)
#include "text.moc"
