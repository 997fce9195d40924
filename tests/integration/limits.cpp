// SPDX-License-Identifier: MIT
// docs/protocol.md 1, 4.7 and 4.8: what is refused or closed for being too much, and what is not.
#include "support/rawclient.h"
#include "support/testserver.h"

#include <QSignalSpy>
#include <QtEndian>
#include <QTest>

using namespace parley;
using namespace parley::test;

namespace {

const QByteArray Beat = textFrame(R"({"cmd":"HEARTBEAT"})");

QByteArray send(qint64 receiver, const QByteArray &clientId, const QByteArray &body = {})
{
    return textFrame(R"({"cmd":"SEND","receiveUserId":)" + QByteArray::number(receiver)
        + R"(,"clientId":")" + clientId + R"(","ref":")" + clientId + R"(","body":")" + body
        + "\"}");
}

QByteArray metrics(const TestServer &server)
{
    return ask(server.port(), "GET /metrics HTTP/1.1\r\nHost: test\r\n\r\n").body;
}

bool hasClosed(const TestServer &server, int code)
{
    return metrics(server).contains(
        "parley_connections_closed_total{code=\"" + QByteArray::number(code) + "\"} 1\n");
}

} // namespace

class LimitsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void areToldInHello();
    void commandsOverTheRateAreRefusedAndStoreNothing();
    void noRateIsNoLimit();
    void thirtySecondsOverTheRateEndTheConnection();
    void aPauseForgivesThem();
    void aBodyMayBeAsLargeAsTheLimit();
    void aLargerBodyIsRefused();
    void aFullMailboxRefusesAndIsFreeAgain();
    void aMailboxIsFullByItsBytes();
    void aKnownKeyIsAnsweredBeforeAnyRefusal();
    void theNewestConnectionOfAUserReplacesHisOldest();
    void connectionsAreLimited();
    void connectionsOfAnAddressAreLimited();
    void everyOneOfManyPipelinedCommandsIsAnsweredInOrder();
    void largePipelinedMessagesAreAllStored();
    void aSlowConsumerEndsAndKeepsHisMessages();
    void aConsumerThatNeverReadsIsNotWaitedFor();
    void aConsumerThatIsSlowForLongEnds();
};

void LimitsTest::areToldInHello()
{
    const TestServer server([](app::Settings &settings) {
        settings.limits.commandsPerSecond = 7;
        settings.limits.burst = 8;
        settings.limits.window = 9;
        settings.limits.bodyBytes = 10;
        settings.limits.frameBytes = 5000;
    });
    RawClient client(server.port());
    QCOMPARE(client.upgrade(chatRequest(server.chatUrl(1))).status, 101);
    client.expect(R"({"cmd":"HELLO","limits":{"frameBytes":5000,"bodyBytes":10,"window":9,)"
                  R"("fetch":500,"confirm":1000,"users":1000,"commandsPerSecond":7,"burst":8}})");
}

void LimitsTest::commandsOverTheRateAreRefusedAndStoreNothing()
{
    TestServer server([](app::Settings &settings) {
        settings.limits.commandsPerSecond = 1;
        settings.limits.burst = 5;
    });
    RawClient client(server.chatUrl(1));
    // Every command counts, whatever comes of it.
    client.send(send(2, "a") + Beat + textFrame("{") + clientFrame(2, {})
        + textFrame(R"({"cmd":"TRACK","clientId":"a"})") + send(2, "b")
        + textFrame(R"({"cmd":"HEARTBEAT","ref":7})"));
    client.expect(R"({"cmd":"SENT","clientId":"a","seq":1})");
    client.expect(R"({"cmd":"HEARTBEAT"})");
    client.expect(R"({"cmd":"ERROR","code":"bad_json"})");
    client.expect(R"({"cmd":"ERROR","code":"unsupported"})");
    client.expect(R"({"cmd":"TRACK"})");
    for (const char *error : {R"({"cmd":"ERROR","code":"rate_limited","clientId":"b","ref":"b"})",
             R"({"cmd":"ERROR","code":"rate_limited","ref":7})"}) {
        const int retryAfter = client.expect(error)[QStringLiteral("retryAfter")].toInt();
        QVERIFY(retryAfter > 0 && retryAfter <= 1000);
    }
    server.advance(1s);
    client.send(send(2, "b"));
    client.expect(R"({"cmd":"SENT","clientId":"b","seq":2})"); // neither key nor seq was taken
}

void LimitsTest::noRateIsNoLimit()
{
    const TestServer server([](app::Settings &settings) {
        settings.limits.commandsPerSecond = 0;
        settings.limits.burst = 1;
    });
    RawClient client(server.chatUrl(1));
    client.send(Beat.repeated(2000));
    for (int i = 0; i < 2000; ++i)
        client.expect(R"({"cmd":"HEARTBEAT"})");
}

namespace {

const TestServer::Adjust OnePerSecond = [](app::Settings &settings) {
    settings.limits.commandsPerSecond = 1;
    settings.limits.burst = 1;
};

// Over the rate for so long, without a pause of a second; the code that it was closed with, or 0.
int overRate(TestServer &server, RawClient &client, milliseconds howLong)
{
    constexpr auto Step = 500ms;
    for (auto passed = 0ms; passed < howLong; passed += Step) {
        client.send(Beat + Beat); // one of them is too many
        for (int answer = 0; answer < 2; ++answer) {
            const auto frame = client.frame();
            if (!frame || frame->opcode != 1)
                return frame ? qFromBigEndian<quint16>(frame->payload.data()) : -1;
        }
        server.advance(Step);
    }
    return 0;
}

} // namespace

void LimitsTest::thirtySecondsOverTheRateEndTheConnection()
{
    TestServer server(OnePerSecond);
    RawClient client(server.chatUrl(1));
    QCOMPARE(overRate(server, client, 25s), 0);
    QCOMPARE(overRate(server, client, 10s), 4429);
}

void LimitsTest::aPauseForgivesThem()
{
    TestServer server(OnePerSecond);
    RawClient client(server.chatUrl(1));
    QCOMPARE(overRate(server, client, 20s), 0);
    server.advance(2s);
    QCOMPARE(overRate(server, client, 20s), 0);
}

void LimitsTest::aBodyMayBeAsLargeAsTheLimit()
{
    const TestServer server;
    RawClient client(server.chatUrl(1));
    const int most = Limits().bodyBytes;
    client.send(send(2, "plain", QByteArray(most, 'x')));
    client.expect(R"({"cmd":"SENT","clientId":"plain"})");
    client.send(send(2, "escaped", QByteArray("\\u0041").repeated(most)));
    client.expect(R"({"cmd":"SENT","clientId":"escaped"})");
    client.send(send(2, "wide", QByteArray("\xF0\x9F\x98\x80").repeated(most / 4)));
    client.expect(R"({"cmd":"SENT","clientId":"wide"})");
}

void LimitsTest::aLargerBodyIsRefused()
{
    const TestServer server;
    RawClient client(server.chatUrl(1));
    const QByteArray large(Limits().bodyBytes + 1, 'x');
    client.send(send(2, "a", large));
    client.expect(R"({"cmd":"ERROR","code":"too_large","field":"body","clientId":"a","ref":"a"})");
    client.send(send(2, "b", QByteArray("\xC3\xA9").repeated(Limits().bodyBytes / 2) + 'x'));
    client.expect(R"({"cmd":"ERROR","code":"too_large","clientId":"b"})"); // bytes count
    client.send(send(2, "a", "smaller"));
    client.expect(R"({"cmd":"SENT","clientId":"a","seq":1})"); // nothing was taken
}

void LimitsTest::aFullMailboxRefusesAndIsFreeAgain()
{
    const TestServer server([](app::Settings &settings) { settings.limits.mailboxMessages = 3; });
    RawClient client(server.chatUrl(1));
    RawClient receiver(server.chatUrl(2));
    for (int seq = 1; seq <= 3; ++seq) {
        client.send(send(2, "a" + QByteArray::number(seq)));
        client.expect(R"({"cmd":"SENT","seq":)" + QByteArray::number(seq) + '}');
        receiver.expect(R"({"cmd":"MESSAGE","seq":)" + QByteArray::number(seq) + '}');
    }
    client.send(send(2, "full"));
    client.expect(R"({"cmd":"ERROR","code":"mailbox_full","clientId":"full","ref":"full"})");
    client.send(send(3, "elsewhere"));
    client.expect(R"({"cmd":"SENT","clientId":"elsewhere","seq":1})");
    receiver.send(textFrame(R"({"cmd":"CONFIRM","seqs":[2],"ref":1})"));
    receiver.expect(R"({"cmd":"CONFIRMED","removed":1})");
    client.send(send(2, "full"));
    client.expect(R"({"cmd":"SENT","clientId":"full","seq":4})");
    receiver.expect(R"({"cmd":"MESSAGE","seq":4})");
    client.send(send(2, "again full"));
    client.expect(R"({"cmd":"ERROR","code":"mailbox_full"})");
}

void LimitsTest::aMailboxIsFullByItsBytes()
{
    const TestServer server([](app::Settings &settings) { settings.limits.mailboxBytes = 100; });
    RawClient client(server.chatUrl(1));
    client.send(send(2, "a", QByteArray(60, 'x')));
    client.expect(R"({"cmd":"SENT","seq":1})");
    client.send(send(2, "b", QByteArray(41, 'x')));
    client.expect(R"({"cmd":"ERROR","code":"mailbox_full"})");
    client.send(send(2, "c", QByteArray(40, 'x')));
    client.expect(R"({"cmd":"SENT","seq":2})");
}

void LimitsTest::aKnownKeyIsAnsweredBeforeAnyRefusal()
{
    const TestServer server([](app::Settings &settings) {
        settings.limits.commandsPerSecond = 1;
        settings.limits.burst = 3;
        settings.limits.mailboxMessages = 1;
    });
    RawClient client(server.chatUrl(1));
    const QByteArray large(Limits().bodyBytes + 1, 'x');
    client.send(send(2, "a", "first") + send(2, "b") + send(2, "a", large) + send(2, "a")
        + send(3, "a") + send(2, "b"));
    client.expect(R"({"cmd":"SENT","clientId":"a","seq":1})");
    client.expect(R"({"cmd":"ERROR","code":"mailbox_full","clientId":"b"})");
    client.expect(R"({"cmd":"SENT","clientId":"a","seq":1,"duplicate":true})"); // too large, full
    client.expect(R"({"cmd":"SENT","clientId":"a","seq":1,"duplicate":true})"); // over rate, full
    client.expect(R"({"cmd":"ERROR","code":"id_reused","clientId":"a"})"); // over rate, too
    client.expect(R"({"cmd":"ERROR","code":"rate_limited","clientId":"b"})");
}

void LimitsTest::theNewestConnectionOfAUserReplacesHisOldest()
{
    const TestServer server;
    std::vector<std::unique_ptr<RawClient>> clients;
    for (int i = 0; i < Limits().connectionsPerUser; ++i)
        clients.push_back(std::make_unique<RawClient>(server.chatUrl(1)));
    RawClient other(server.chatUrl(2));
    const RawClient eleventh(server.chatUrl(1));
    QCOMPARE(clients[0]->closeCode(), 4409);
    const RawClient twelfth(server.chatUrl(1));
    QCOMPARE(clients[1]->closeCode(), 4409);
    for (size_t i = 2; i < clients.size(); ++i) {
        clients[i]->send(Beat);
        clients[i]->expect(R"({"cmd":"HEARTBEAT"})");
    }
    other.send(Beat);
    other.expect(R"({"cmd":"HEARTBEAT"})");
}

void LimitsTest::connectionsAreLimited()
{
    const TestServer server([](app::Settings &settings) { settings.limits.connections = 2; });
    RawClient first(server.chatUrl(1));
    RawClient second(server.chatUrl(2));
    const HttpReply reply = ask(server.port(), chatRequest(server.chatUrl(3)));
    QCOMPARE(reply.status, 503);
    QCOMPARE(reply.errorCode(), "overloaded");
    QVERIFY(reply.header("Retry-After").toInt() > 0);
    QCOMPARE(ask(server.port(), loginRequest("user1", "secret")).status, 200); // no connection
    first.send(closeFrame(1000));
    QCOMPARE(first.closeCode(), 1000);
    QVERIFY(waitUntil([&] {
        RawClient third(server.port());
        return third.upgrade(chatRequest(server.chatUrl(3))).status == 101;
    }));
}

void LimitsTest::connectionsOfAnAddressAreLimited()
{
    const TestServer server(
        [](app::Settings &settings) { settings.limits.connectionsPerAddress = 1; });
    const RawClient first(server.chatUrl(1));
    const HttpReply reply = ask(server.port(), chatRequest(server.chatUrl(2)));
    QCOMPARE(reply.status, 503);
    QCOMPARE(reply.errorCode(), "overloaded");
    RawClient elsewhere(server.port(), "127.0.0.2");
    QCOMPARE(elsewhere.upgrade(chatRequest(server.chatUrl(3))).status, 101);
    QCOMPARE(ask(server.port(), chatRequest(server.chatUrl(4)), "127.0.0.2").status, 503);
}

void LimitsTest::everyOneOfManyPipelinedCommandsIsAnsweredInOrder()
{
    constexpr int Commands = 5000; // several times what limits::PipelineBytes has room for
    const TestServer server;
    RawClient client(server.chatUrl(1));
    const QByteArray commands[]{R"({"cmd":"SEND","receiveUserId":2,"body":"x","ref":)",
        R"({"cmd":"HEARTBEAT","ref":)", R"({"cmd":"TRACK","clientId":"x","ref":)",
        R"({"cmd":"CONFIRM","upTo":1,"ref":)", R"({"cmd":"FETCH","ref":)"};
    QByteArray bytes;
    for (int i = 0; i < Commands; ++i)
        bytes += textFrame(commands[i % 5] + QByteArray::number(i) + '}');
    client.send(bytes);
    const QByteArray answers[]{"SENT", "HEARTBEAT", "TRACK", "CONFIRMED", "MESSAGES"};
    for (int i = 0; i < Commands && !QTest::currentTestFailed(); ++i)
        client.expect(R"({"cmd":")" + answers[i % 5] + R"(","ref":)" + QByteArray::number(i) + '}');
}

void LimitsTest::largePipelinedMessagesAreAllStored()
{
    constexpr int Messages = 200; // several times limits::PipelineBytes
    const TestServer server;
    RawClient client(server.chatUrl(1));
    const QByteArray body(Limits().bodyBytes, 'x');
    for (int i = 0; i < Messages; ++i)
        client.send(send(2, QByteArray::number(i), body));
    for (int i = 0; i < Messages; ++i)
        client.expect(R"({"cmd":"SENT","seq":)" + QByteArray::number(i + 1) + '}');
}

namespace {

// So many of the largest messages for user 2, all SENT.
void flood(const TestServer &server, int messages)
{
    RawClient sender(server.chatUrl(1));
    const QByteArray body(Limits().bodyBytes, 'x');
    for (int i = 0; i < messages; ++i)
        sender.send(send(2, QByteArray::number(i), body));
    for (int i = 0; i < messages; ++i)
        sender.expect(R"({"cmd":"SENT"})");
}

void expectUnread(const TestServer &server, int messages)
{
    RawClient client(server.port());
    QCOMPARE(client.upgrade(chatRequest(server.chatUrl(2))).status, 101);
    const QByteArray count = QByteArray::number(messages);
    client.expect(R"({"cmd":"HELLO","unread":{"count":)" + count + R"(,"firstSeq":1,"lastSeq":)"
        + count + "}}");
}

} // namespace

void LimitsTest::aSlowConsumerEndsAndKeepsHisMessages()
{
    const TestServer server;
    RawClient slow(server.chatUrl(2));
    slow.stopReading();
    constexpr int Messages = 200; // 6.5 MB, within the window
    flood(server, Messages);
    QVERIFY(waitUntil([&] { return hasClosed(server, 4513); }));
    slow.goOnReading();
    QCOMPARE(slow.closeCode(), 4513);
    expectUnread(server, Messages);
}

void LimitsTest::aConsumerThatNeverReadsIsNotWaitedFor()
{
    TestServer server;
    QSignalSpy stopped(&server.server(), &app::Server::stopped);
    RawClient slow(server.chatUrl(2));
    slow.stopReading();
    flood(server, 200);
    QVERIFY(waitUntil([&] { return hasClosed(server, 4513); }));
    server.server().shutdown(); // says when the last connection has ended
    server.advance(limits::CloseTimeout);
    QVERIFY(waitUntil([&] { return stopped.size() == 1; }));
    slow.goOnReading();
    QCOMPARE(slow.closeCode(), 0);
}

void LimitsTest::aConsumerThatIsSlowForLongEnds()
{
    TestServer server([](app::Settings &settings) {
        settings.limits.heartbeatTimeout = 1h;
        settings.limits.window = 100; // 3.3 MB: not at once too much
    });
    RawClient slow(server.chatUrl(2));
    RawClient reader(server.chatUrl(2));
    slow.stopReading();
    flood(server, 100);
    QVERIFY(!hasClosed(server, 4513));
    QVERIFY(waitUntil([&] {
        server.advance(2s);
        return hasClosed(server, 4513);
    }));
    slow.goOnReading();
    QCOMPARE(slow.closeCode(), 4513);
    for (int seq = 1; seq <= 100; ++seq)
        reader.expect(R"({"cmd":"MESSAGE","seq":)" + QByteArray::number(seq) + '}');
    expectUnread(server, 100);
}

QTEST_GUILESS_MAIN(LimitsTest)
#include "limits.moc"
