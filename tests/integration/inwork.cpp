// SPDX-License-Identifier: MIT
// Invariant 6: what is in work for a connection is bounded by what it may hold, and so is what
// anybody else waits for. The store is held until nothing more is taken; what it is given then is
// what was in work.
#include "chat/cost.h"
#include "protocol/codec.h"
#include "support/rawclient.h"
#include "support/scriptedstore.h"
#include "support/testserver.h"

#include <QTest>

using namespace parley;
using namespace parley::test;

namespace {

constexpr int Turns = 30; // of each event loop, in which it reads what has come

QByteArray list(const QByteArray &cmd, const QByteArray &name, int count)
{
    QByteArray text = "{\"cmd\":\"" + cmd + "\",\"ref\":1,\"" + name + "\":[";
    for (int i = 0; i < count; ++i)
        text += (i ? "," : "") + QByteArray::number(1'000'000'000'000'000 + i);
    return text + "]}";
}

QByteArray send(const QByteArray &body)
{
    return R"({"cmd":"SEND","receiveUserId":2,"body":")" + body + R"("})";
}

qint64 costOf(const QByteArray &command)
{
    const auto request = protocol::decodeCommand(command);
    return chat::costOf(std::get<protocol::Request>(request).command, Limits(), {});
}

qint64 bytesOf(const std::vector<Script::Asked> &batch)
{
    qint64 bytes = 0;
    for (const Script::Asked &asked : batch)
        bytes += asked.bytes;
    return bytes;
}

// A server whose store is held, from hold() on, by somebody's SEND.
class HeldServer {
public:
    HeldServer()
        : server(script.makeStore(),
            [](app::Settings &settings) { settings.limits.commandsPerSecond = 0; })
        , m_holder(server.chatUrl(2))
    {
    }
    void hold()
    {
        script.hold();
        m_holder.send(textFrame(send("x")));
        script.awaitHeld();
    }
    // Each event loop has read what had come.
    void letRead() const
    {
        for (int i = 0; i < 2 * Turns; ++i)
            QCOMPARE(ask(server.port(), HealthRequest).status, 200);
    }
    // What the store was given since it is held.
    Script::Batches release(size_t least)
    {
        const size_t before = script.batches().size();
        script.release();
        if (!waitUntil([&] { return script.batches().size() >= before + least; }))
            QTest::qFail("the store was not asked", __FILE__, __LINE__);
        Script::Batches batches = script.batches();
        batches.erase(batches.begin(), batches.begin() + qsizetype(before));
        return batches;
    }

    Script script;
    TestServer server;

private:
    RawClient m_holder;
};

} // namespace

class InWork : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void isNoMoreThanAConnectionMayHold_data();
    void isNoMoreThanAConnectionMayHold();
    void letsABystandersSendWaitForFewBatches();
    void aStoreThatHangsIsNoticed();
};

void InWork::isNoMoreThanAConnectionMayHold_data()
{
    QTest::addColumn<QByteArray>("command");
    QTest::newRow("SEND") << send(QByteArray(30'000, 'x'));
    QTest::newRow("FETCH") << QByteArray(R"({"cmd":"FETCH","limit":500})");
    QTest::newRow("STATUS") << list("STATUS", "userIds", limits::Users);
    QTest::newRow("WATCH") << list("WATCH", "userIds", limits::Users);
    QTest::newRow("CONFIRM of seqs") << list("CONFIRM", "seqs", limits::Confirm);
    QTest::newRow("CONFIRM of all") << QByteArray(R"({"cmd":"CONFIRM","upTo":9007199254740991})");
    QTest::newRow("TRACK") << QByteArray(R"({"cmd":"TRACK","clientId":"x"})");
}

void InWork::isNoMoreThanAConnectionMayHold()
{
    QFETCH(QByteArray, command);
    HeldServer held;
    RawClient client(held.server.chatUrl(1));
    held.hold();
    const qint64 cost = costOf(command);
    const qint64 most = std::max(limits::PipelineBytes, cost); // one alone always fits
    client.send(textFrame(command).repeated(3 * most / cost + 1));
    held.letRead();
    const qint64 bytes = bytesOf(held.release(1).front());
    QVERIFY2(bytes <= most, QByteArray::number(bytes));
    QVERIFY2(bytes > most - cost, QByteArray::number(bytes)); // all of it is used
}

// Ten connections of somebody else have all in work that they may: for that it waits, and for no
// more; and each batch is done in bounded time, as it is bounded itself.
void InWork::letsABystandersSendWaitForFewBatches()
{
    HeldServer held;
    std::vector<std::unique_ptr<RawClient>> clients;
    for (int i = 0; i < Limits().connectionsPerUser; ++i)
        clients.push_back(std::make_unique<RawClient>(held.server.chatUrl(1)));
    RawClient bystander(held.server.chatUrl(3));
    held.hold();
    const QByteArray status = list("STATUS", "userIds", limits::Users);
    const qint64 cost = costOf(status);
    for (const auto &client : clients)
        client->send(textFrame(status).repeated(3 * limits::PipelineBytes / cost + 1));
    held.letRead();
    const QByteArray last = send("last");
    bystander.send(textFrame(last));
    held.letRead();
    const qint64 inWork = Limits().connectionsPerUser * limits::PipelineBytes;
    const size_t most = size_t(inWork / limits::BatchBytes + 1);
    const auto batches = held.release(most);
    size_t waited = 0;
    const auto isLast = [&](const Script::Asked &asked) { return asked.bytes == costOf(last); };
    while (waited < batches.size() && std::ranges::none_of(batches[waited], isLast))
        ++waited;
    QVERIFY2(waited < most, QByteArray::number(qsizetype(waited)));
    QVERIFY(waited > 0); // there was something to wait for
    for (const auto &batch : batches)
        QVERIFY(bytesOf(batch) <= limits::BatchBytes);
    bystander.expect(R"({"cmd":"SENT"})");
}

void InWork::aStoreThatHangsIsNoticed()
{
    HeldServer held;
    const app::Server &server = held.server.server();
    QTRY_VERIFY(server.isAlive(5s));
    held.hold();
    RawClient first(held.server.port());
    RawClient second(held.server.port()); // on another gateway
    QCOMPARE(ask(held.server.port(), HealthRequest).status, 200);
    // Again and again: they may have come to their gateways only now.
    QTRY_VERIFY(
        (held.server.advance(limits::RequestTimeout), first.hasEnded() && second.hasEnded()));
    QCOMPARE(first.reply().status, 408); // so the gateways are alive
    QCOMPARE(second.reply().status, 408);
    QVERIFY(!server.isAlive(5s));
    held.release(0);
    QTRY_VERIFY(server.isAlive(5s));
}

QTEST_GUILESS_MAIN(InWork)
#include "inwork.moc"
