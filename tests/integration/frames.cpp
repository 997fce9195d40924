// SPDX-License-Identifier: MIT
// Wire contract 4, 4.7 and 4.8: what is done with frames that are not as they should be, and with
// those that are but look odd.
#include "support/rawclient.h"
#include "support/testserver.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace parley;
using namespace parley::test;

namespace {

constexpr int Text = 1, Binary = 2, Close = 8, Ping = 9, Pong = 10, Continued = 0;
const QByteArray Beat = QByteArrayLiteral(R"({"cmd":"HEARTBEAT"})");
const QByteArray Body = QStringLiteral(u"h\u00E9\u20AC\U0001F600").toUtf8();

QByteArray sendToSelf(const QByteArray &body)
{
    return R"({"cmd":"SEND","receiveUserId":1,"body":")" + body + "\"}";
}

} // namespace

class Frames : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void thatViolateTheProtocolEndTheConnection_data();
    void thatViolateTheProtocolEndTheConnection();
    void thatAreTooLargeEndItBeforeTheirPayload();
    void mayBeAsLargeAsTheLimit();
    void mayComeInPiecesOfOneByte();
    void mayBeFragmentedAnywhere();
    void mayHaveControlFramesBetweenFragments();
    void pingIsAnsweredByPongInTurn();
    void binaryIsUnsupported();
    void thatAreBadAreAnsweredAndLeaveTheConnectionOpen();
    void theTenthBadOneWithinAMinuteEndsIt();
    void nineBadOnesAMinuteAreSuffered();
    void closeIsAnsweredByClose_data();
    void closeIsAnsweredByClose();
    void behindACloseAreIgnored();
    void thatNeverEndDoNotKeepTheConnection();

private:
    std::unique_ptr<TestServer> m_shared = std::make_unique<TestServer>(); // for the rows
};

void Frames::thatViolateTheProtocolEndTheConnection_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("code");
    const auto patched = [](QByteArray frame, char first) {
        frame[0] = char(frame[0] | first);
        return frame;
    };
    QTest::newRow("unmasked") << "\x81\x13" + Beat << 1002;
    QTest::newRow("unmasked ping") << QByteArray("\x89\x00", 2) << 1002;
    QTest::newRow("first reserved bit") << patched(textFrame(Beat), 0x40) << 1002;
    QTest::newRow("second reserved bit") << patched(textFrame(Beat), 0x20) << 1002;
    QTest::newRow("third reserved bit") << patched(textFrame(Beat), 0x10) << 1002;
    for (const int opcode : {3, 4, 5, 6, 7, 11, 12, 13, 14, 15})
        QTest::addRow("opcode %d", opcode) << clientFrame(opcode, {}) << 1002;
    QTest::newRow("continuation of nothing") << clientFrame(Continued, Beat) << 1002;
    QTest::newRow("last continuation twice")
        << clientFrame(Text, "{", false) + clientFrame(Continued, "}") + clientFrame(Continued, "}")
        << 1002;
    QTest::newRow("text within a text") << clientFrame(Text, "{", false) + textFrame("}") << 1002;
    QTest::newRow("binary within a text")
        << clientFrame(Text, "{", false) + clientFrame(Binary, "}") << 1002;
    QTest::newRow("fragmented ping") << clientFrame(Ping, "x", false) << 1002;
    QTest::newRow("fragmented close") << clientFrame(Close, {}, false) << 1002;
    QTest::newRow("ping of 126 bytes") << clientFrame(Ping, QByteArray(126, 'x')) << 1002;
    QTest::newRow("length in too wide a form") << QByteArray("\x81\xFE\x00\x05", 4) << 1002;
    QTest::newRow("length in the widest form")
        << QByteArray("\x81\xFF\x00\x00\x00\x00\x00\x00\x01\x00", 10) << 1002;
    QTest::newRow("length over 63 bits")
        << QByteArray("\x81\xFF\x80\x00\x00\x00\x00\x00\x00\x00", 10) << 1002;
    QTest::newRow("not UTF-8") << textFrame("{\"cmd\":\"\xFF\"}") << 1007;
    QTest::newRow("character cut short") << textFrame("\xE2\x82") << 1007;
    QTest::newRow("overlong character") << textFrame("\xC0\xAF") << 1007;
    QTest::newRow("surrogate") << textFrame("\xED\xA0\x80") << 1007;
    QTest::newRow("fragments that are not UTF-8 together")
        << clientFrame(Text, "\xE2", false) + clientFrame(Continued, "\x82") << 1007;
    QTest::newRow("not UTF-8 behind good frames") << textFrame(Beat) + textFrame("\x80") << 1007;
}

void Frames::thatViolateTheProtocolEndTheConnection()
{
    QFETCH(QByteArray, bytes);
    QFETCH(int, code);
    RawClient client(m_shared->chatUrl(1));
    client.send(bytes);
    QCOMPARE(client.closeCode(), code);
    QVERIFY(waitUntil([&] { return client.hasEnded(); }));
}

void Frames::thatAreTooLargeEndItBeforeTheirPayload()
{
    const TestServer server;
    const int most = Limits().frameBytes;
    // Only headers are sent: of 2^18 + 1 bytes, and of 2^62.
    for (const auto &header : {clientFrame(Text, QByteArray(most + 1, 'x')).first(14),
             clientFrame(Binary, QByteArray(most + 1, 'x')).first(14),
             QByteArray("\x81\xFF\x40\x00\x00\x00\x00\x00\x00\x00", 10)}) {
        RawClient client(server.chatUrl(1));
        client.send(header);
        QCOMPARE(client.closeCode(), 1009);
    }
    RawClient client(server.chatUrl(1)); // the message counts, not its fragments
    client.send(clientFrame(Text, QByteArray(most - 10, ' '), false));
    client.send(clientFrame(Continued, QByteArray(11, ' ')).first(6));
    QCOMPARE(client.closeCode(), 1009);
}

void Frames::mayBeAsLargeAsTheLimit()
{
    const TestServer server;
    RawClient client(server.chatUrl(1));
    const QByteArray largest = Beat + QByteArray(Limits().frameBytes - Beat.size(), ' ');
    client.send(textFrame(largest));
    client.expect(R"({"cmd":"HEARTBEAT"})");
    client.send(clientFrame(Text, largest.first(200'000), false));
    client.send(clientFrame(Continued, largest.mid(200'000)));
    client.expect(R"({"cmd":"HEARTBEAT"})");
}

void Frames::mayComeInPiecesOfOneByte()
{
    const TestServer server;
    RawClient client(server.chatUrl(1));
    for (const char byte : textFrame(sendToSelf(Body)))
        client.send(QByteArray(1, byte));
    client.expect(R"({"cmd":"SENT","seq":1})");
    client.expect(R"({"cmd":"MESSAGE","body":")" + Body + "\"}");
}

void Frames::mayBeFragmentedAnywhere()
{
    const TestServer server;
    RawClient client(server.chatUrl(1));
    const QByteArray text = sendToSelf(Body);
    int seq = 0;
    for (qsizetype cut = 0; cut <= text.size(); ++cut) { // also inside each character
        client.send(clientFrame(Text, text.first(cut), false));
        client.send(clientFrame(Continued, text.mid(cut)));
        client.expect(R"({"cmd":"SENT","seq":)" + QByteArray::number(++seq) + '}');
        client.expect(R"({"cmd":"MESSAGE","body":")" + Body + "\"}");
    }
    QByteArray fragments = clientFrame(Text, {}, false);
    for (const char byte : text)
        fragments += clientFrame(Continued, QByteArray(1, byte), false);
    client.send(fragments + clientFrame(Continued, {}));
    client.expect(R"({"cmd":"SENT","seq":)" + QByteArray::number(++seq) + '}');
    client.expect(R"({"cmd":"MESSAGE","body":")" + Body + "\"}");
}

void Frames::mayHaveControlFramesBetweenFragments()
{
    const TestServer server;
    RawClient client(server.chatUrl(1));
    client.send(clientFrame(Text, Beat.first(5), false) + clientFrame(Ping, "between")
        + clientFrame(Pong, {}) + clientFrame(Continued, Beat.mid(5)));
    const auto pong = client.frame();
    QVERIFY(pong);
    QCOMPARE(pong->opcode, Pong);
    QCOMPARE(pong->payload, "between");
    client.expect(R"({"cmd":"HEARTBEAT"})");
}

void Frames::pingIsAnsweredByPongInTurn()
{
    const TestServer server;
    RawClient client(server.chatUrl(1));
    const QByteArray largest(125, '\xFF'); // its payload is no text
    client.send(clientFrame(Ping, {}) + clientFrame(Ping, largest));
    for (const QByteArray &payload : {QByteArray(""), largest}) {
        const auto pong = client.frame();
        QVERIFY(pong);
        QCOMPARE(pong->opcode, Pong);
        QCOMPARE(pong->payload, payload);
    }
    client.send(clientFrame(Pong, "nobody asked") + textFrame(Beat));
    client.expect(R"({"cmd":"HEARTBEAT"})");
}

void Frames::binaryIsUnsupported()
{
    const TestServer server;
    RawClient client(server.chatUrl(1));
    client.send(clientFrame(Binary, Beat));
    client.expect(R"({"cmd":"ERROR","code":"unsupported"})");
    client.send(clientFrame(Binary, "\xFF", false) + clientFrame(Continued, "\xFF"));
    client.expect(R"({"cmd":"ERROR","code":"unsupported"})");
    client.send(textFrame(Beat));
    client.expect(R"({"cmd":"HEARTBEAT"})");
}

void Frames::thatAreBadAreAnsweredAndLeaveTheConnectionOpen()
{
    QFile file(QStringLiteral(PARLEY_TEST_DATA "/bad_frames.json"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QJsonArray rows = QJsonDocument::fromJson(file.readAll()).array();
    QVERIFY(rows.size() >= 80);
    const TestServer server;
    std::unique_ptr<RawClient> client;
    for (qsizetype i = 0; i < rows.size(); ++i) {
        if (i % (limits::BadFrames - 1) == 0)
            client = std::make_unique<RawClient>(server.chatUrl(1));
        QJsonObject expected = rows[i].toObject();
        const QString name = expected.take(QStringLiteral("name")).toString();
        const QString frame = expected.take(QStringLiteral("frame")).toString();
        client->send(textFrame(frame.toUtf8()));
        QJsonObject got = client->expect(R"({"cmd":"ERROR"})");
        QVERIFY(!got.take(QStringLiteral("message")).toString().isEmpty());
        expected.insert(QStringLiteral("cmd"), QStringLiteral("ERROR"));
        QVERIFY2(got == expected, qPrintable(name));
        client->send(textFrame(Beat));
        client->expect(R"({"cmd":"HEARTBEAT"})");
    }
}

void Frames::theTenthBadOneWithinAMinuteEndsIt()
{
    const TestServer server;
    RawClient client(server.chatUrl(1));
    const QByteArray bad[]{textFrame("{"), clientFrame(Binary, {}), textFrame(R"({"cmd":"X"})"),
        textFrame(R"({"cmd":"SEND"})"), textFrame(R"({"cmd":"FETCH","limit":"1"})")};
    for (int i = 0; i < limits::BadFrames; ++i)
        client.send(bad[i % 5] + textFrame(Beat));
    for (int i = 1; i < limits::BadFrames; ++i) {
        client.expect(R"({"cmd":"ERROR"})");
        client.expect(R"({"cmd":"HEARTBEAT"})"); // good ones between make no difference
    }
    client.expect(R"({"cmd":"ERROR"})");
    QCOMPARE(client.closeCode(), 4400);
}

void Frames::nineBadOnesAMinuteAreSuffered()
{
    TestServer server([](app::Settings &settings) { settings.limits.heartbeatTimeout = 1h; });
    RawClient client(server.chatUrl(1));
    for (int minute = 0; minute < 3; ++minute) {
        for (int i = 1; i < limits::BadFrames; ++i) {
            client.send(textFrame("{"));
            client.expect(R"({"cmd":"ERROR","code":"bad_json"})");
        }
        // Refusals that are no bad frames do not count.
        client.send(textFrame(R"({"cmd":"SEND","receiveUserId":999,"body":""})"));
        client.expect(R"({"cmd":"ERROR","code":"unknown_user"})");
        server.advance(limits::BadFrameWindow);
    }
}

void Frames::closeIsAnsweredByClose_data()
{
    QTest::addColumn<QByteArray>("close");
    QTest::addColumn<int>("code");
    QTest::newRow("without a code") << clientFrame(Close, {}) << 1000;
    QTest::newRow("normal") << closeFrame(1000) << 1000;
    QTest::newRow("going away") << closeFrame(1001, "bye") << 1000;
    QTest::newRow("of the application") << closeFrame(4999, "bye") << 1000;
    QTest::newRow("half a code") << clientFrame(Close, "x") << 1002;
    QTest::newRow("code that is none") << closeFrame(999) << 1002;
    QTest::newRow("code that is never sent") << closeFrame(1005) << 1002;
    QTest::newRow("code of a lost connection") << closeFrame(1006) << 1002;
    QTest::newRow("unknown code") << closeFrame(2000) << 1002;
    QTest::newRow("code over 4999") << closeFrame(5000) << 1002;
    QTest::newRow("reason that is not UTF-8") << closeFrame(1000, "\xFF") << 1007;
}

void Frames::closeIsAnsweredByClose()
{
    QFETCH(QByteArray, close);
    QFETCH(int, code);
    RawClient client(m_shared->chatUrl(1));
    client.send(close);
    QCOMPARE(client.closeCode(), code);
    QVERIFY(!client.frame());
}

void Frames::behindACloseAreIgnored()
{
    const TestServer server;
    RawClient client(server.chatUrl(1));
    client.send(closeFrame(1000) + textFrame(sendToSelf("late")));
    QCOMPARE(client.closeCode(), 1000);
    RawClient again(server.port());
    QCOMPARE(again.upgrade(chatRequest(server.chatUrl(1))).status, 101);
    const QJsonObject hello = again.expect(R"({"cmd":"HELLO"})");
    QCOMPARE(hello[QStringLiteral("unread")][QStringLiteral("count")].toInt(), 0);
}

// Bytes are no frames: who drips them is gone after the heartbeat's time.
void Frames::thatNeverEndDoNotKeepTheConnection()
{
    TestServer server;
    RawClient client(server.chatUrl(1));
    const QByteArray frame = textFrame(Beat + QByteArray(1000, ' '));
    for (int i = 0; i < 15; ++i) {
        client.send(frame.mid(i, 1));
        server.advance(1s);
    }
    QCOMPARE(client.closeCode(), 4508);
}

QTEST_GUILESS_MAIN(Frames)
#include "frames.moc"
