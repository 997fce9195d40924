// SPDX-License-Identifier: MIT
// docs/protocol.md 4.7 and 4.8: what is done with frames that are not as they should be. What RFC
// 6455 says of frames is tested by conformance/websocket.cpp.
#include "support/rawclient.h"
#include "support/testserver.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace parley;
using namespace parley::test;

namespace {

constexpr int Binary = 2;
const QByteArray Beat = QByteArrayLiteral(R"({"cmd":"HEARTBEAT"})");

QByteArray sendToSelf(const QByteArray &body)
{
    return R"({"cmd":"SEND","receiveUserId":1,"body":")" + body + "\"}";
}

} // namespace

class Frames : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void thatAreBadAreAnsweredAndLeaveTheConnectionOpen();
    void theTenthBadOneWithinAMinuteEndsIt();
    void nineBadOnesAMinuteAreSuffered();
    void behindACloseAreIgnored();
    void thatNeverEndDoNotKeepTheConnection();
};

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
