// SPDX-License-Identifier: MIT
// docs/protocol.md 4.8 (4512) and invariant 1: what a server owes when it is told to end.
#include "support/rawclient.h"
#include "support/testserver.h"

#include <QSignalSpy>
#include <QTest>

using namespace parley;
using namespace parley::test;

class Shutdown : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void saysGoAwayAndThen4512();
    void answersAndKeepsWhatWasQueued();
    void doesNotWaitForAnswersThatNobodyGets();
    void refusesRequestsThatAreUnderWay();
    void acceptsNoMore();
    void waitsForNobodyWhoDoesNotAnswer();
    void isAtOnceWithoutConnections();
    void isOnceHoweverOftenItIsAskedFor();
};

namespace {

const QByteArray Hello = QByteArrayLiteral(R"({"cmd":"HELLO"})");

qint64 unreadOf(const QString &storeUrl, qint64 user)
{
    const TestServer server({}, storeUrl);
    RawClient client(server.port());
    client.upgrade(chatRequest(server.chatUrl(user)));
    const QJsonValue unread = client.expect(Hello)[QStringLiteral("unread")];
    const qint64 count = unread[QStringLiteral("count")].toInteger();
    // All of them were unread, so the numbers are without a gap.
    return unread[QStringLiteral("lastSeq")].toInteger() == count ? count : -1;
}

} // namespace

void Shutdown::saysGoAwayAndThen4512()
{
    TestServer server;
    QSignalSpy stopped(&server.server(), &app::Server::stopped);
    RawClient clients[]{
        RawClient(server.chatUrl(1)), RawClient(server.chatUrl(2)), RawClient(server.chatUrl(2))};
    server.server().shutdown();
    for (RawClient &client : clients) {
        const QJsonObject goAway = client.expect(R"({"cmd":"GOAWAY"})");
        QVERIFY(goAway[QStringLiteral("retryAfter")].toInt() > 0);
        const auto close = client.frame();
        QVERIFY(close);
        QCOMPARE(close->opcode, 8);
        QCOMPARE(close->payload.first(2).toHex(), QByteArray::number(4512, 16));
    }
    QVERIFY(waitUntil([&] { return stopped.size() == 1; }));
}

void Shutdown::answersAndKeepsWhatWasQueued()
{
    const TemporaryDatabase database;
    qint64 sent = 0;
    {
        TestServer server({}, database.url());
        QSignalSpy stopped(&server.server(), &app::Server::stopped);
        RawClient client(server.chatUrl(1));
        QByteArray burst;
        for (int i = 0; i < 4000; ++i)
            burst += textFrame(R"({"cmd":"SEND","receiveUserId":2,"body":"x"})");
        client.send(burst);
        client.expect(R"({"cmd":"SENT","seq":1})");
        server.server().shutdown(); // in the midst of it
        sent = 1;
        bool toldToGo = false;
        auto frame = client.frame();
        for (; frame && frame->opcode == 1; frame = client.frame()) {
            if (frame->payload.startsWith(R"({"cmd":"SENT")"))
                ++sent;
            else
                toldToGo = frame->payload.startsWith(R"({"cmd":"GOAWAY")");
        }
        QVERIFY(toldToGo);
        QVERIFY(frame);
        QCOMPARE(frame->payload.first(2).toHex(), QByteArray::number(4512, 16));
        QVERIFY(waitUntil([&] { return stopped.size() == 1; }));
    }
    // Each SENT is kept, and nothing was kept that was not answered.
    QCOMPARE(unreadOf(database.url(), 2), sent);
}

void Shutdown::doesNotWaitForAnswersThatNobodyGets()
{
    TestServer server;
    QSignalSpy stopped(&server.server(), &app::Server::stopped);
    RawClient client(server.chatUrl(1));
    const int more = 3
        * int(limits::PipelineBytes / limits::CommandBytes); // than go to the store with the first
    client.send(textFrame(R"({"cmd":"SEND","receiveUserId":2,"body":"x"})")
        + textFrame(R"({"cmd":"CONFIRM","upTo":9})").repeated(more));
    client.expect(R"({"cmd":"SENT","seq":1})");
    server.server().shutdown();
    client.expect(R"({"cmd":"GOAWAY"})");
    const auto close = client.frame();
    QVERIFY(close);
    QCOMPARE(close->payload.first(2).toHex(), QByteArray::number(4512, 16));
    QVERIFY(waitUntil([&] { return stopped.size() == 1; }));
}

void Shutdown::refusesRequestsThatAreUnderWay()
{
    TestServer server;
    RawClient silent(server.port());
    RawClient half(server.port());
    half.send("GET /healthz HTTP/1.1\r\n");
    RawClient keeper(server.chatUrl(1)); // the server has seen those before it
    RawClient keeperToo(server.chatUrl(2));
    server.server().shutdown();
    for (RawClient *client : {&silent, &half}) {
        const HttpReply reply = client->reply();
        QCOMPARE(reply.status, 503);
        QCOMPARE(reply.errorCode(), "overloaded");
        QVERIFY(reply.header("Retry-After").toInt() > 0);
    }
}

void Shutdown::acceptsNoMore()
{
    TestServer server;
    const RawClient keeper(server.chatUrl(1));
    server.server().shutdown();
    QTcpSocket late;
    late.connectToHost(QHostAddress(QHostAddress::LocalHost), server.port());
    QVERIFY(!late.waitForConnected());
    QCOMPARE(late.error(), QAbstractSocket::ConnectionRefusedError);
}

void Shutdown::waitsForNobodyWhoDoesNotAnswer()
{
    TestServer server;
    QSignalSpy stopped(&server.server(), &app::Server::stopped);
    RawClient slow(server.chatUrl(2));
    slow.stopReading(); // and never ends its side
    RawClient sender(server.chatUrl(1));
    const QByteArray body(Limits().bodyBytes, 'x');
    for (int i = 0; i < 60; ++i)
        sender.send(textFrame(R"({"cmd":"SEND","receiveUserId":2,"body":")" + body + "\"}"));
    for (int i = 0; i < 60; ++i)
        sender.expect(R"({"cmd":"SENT"})");
    server.server().shutdown();
    QCOMPARE(sender.closeCode(), 4512);
    server.advance(limits::CloseTimeout);
    QVERIFY(waitUntil([&] { return stopped.size() == 1; }));
}

void Shutdown::isAtOnceWithoutConnections()
{
    TestServer server;
    QSignalSpy stopped(&server.server(), &app::Server::stopped);
    QElapsedTimer passed;
    passed.start();
    server.server().shutdown();
    QVERIFY(waitUntil([&] { return stopped.size() == 1; }));
    QVERIFY(!passed.hasExpired(limits::ShutdownTimeout.count())); // which it did not wait for
}

void Shutdown::isOnceHoweverOftenItIsAskedFor()
{
    TestServer server;
    QSignalSpy stopped(&server.server(), &app::Server::stopped);
    RawClient client(server.chatUrl(1));
    server.server().shutdown();
    server.server().shutdown();
    client.expect(R"({"cmd":"GOAWAY"})");
    QCOMPARE(client.closeCode(), 4512);
    QVERIFY(waitUntil([&] { return stopped.size() > 0; }));
    QCOMPARE(stopped.size(), 1);
}

QTEST_GUILESS_MAIN(Shutdown)
#include "shutdown.moc"
