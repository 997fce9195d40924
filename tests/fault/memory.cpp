// SPDX-License-Identifier: MIT
// Invariant 6: what one connection, or many, can make the server hold is bounded in bytes. Each row
// drives one sum of docs/architecture.md to its bound, and looks at the memory of the process.
#include "core/limits.h"
#include "fault/besieged.h"

using namespace parley;
using namespace parley::test;

namespace {

constexpr qint64 MiB = 1 << 20;
// What the allocator keeps, caches that fill, and what one turn holds of one connection.
constexpr qint64 Slack = 16 * MiB;

QByteArray ids(int count)
{
    QByteArray text;
    for (int id = 1; id <= count; ++id)
        text += (id > 1 ? "," : "") + QByteArray::number(1'000'000'000'000'000 + id);
    return '[' + text + ']';
}

QByteArray command(const QByteArray &json) { return textFrame('{' + json + '}'); }
const QByteArray Fetch = command(R"("cmd":"FETCH","limit":500)");

} // namespace

class Memory : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void isBoundedForWhoAsksAndDoesNotRead_data();
    void isBoundedForWhoAsksAndDoesNotRead();
    void isBoundedForWhoAsksAndReads_data();
    void isBoundedForWhoAsksAndReads();
    void isBoundedForWhoIsPushedAndDoesNotRead();
    void isBoundedForFramesThatDoNotEnd();

private:
    static void fillMailbox(const Besieged &, int user, int messages, int bytes);
    void rows();
};

void Memory::fillMailbox(const Besieged &server, int user, int messages, int bytes)
{
    RawClient sender(server.chatUrl(20));
    const QByteArray body(bytes, 'x');
    for (int i = 0; i < messages; ++i)
        sender.send(command(R"("cmd":"SEND","receiveUserId":)" + QByteArray::number(user)
            + R"(,"body":")" + body + '"'));
    for (int i = 0; i < messages; ++i)
        sender.expect(R"({"cmd":"SENT"})");
}

void Memory::rows()
{
    QTest::addColumn<QByteArray>("frame");
    QTest::newRow("FETCH") << Fetch;
    QTest::newRow("STATUS") << command(R"("cmd":"STATUS","userIds":)" + ids(1000));
    QTest::newRow("WATCH") << command(R"("cmd":"WATCH","userIds":)" + ids(1000));
    QTest::newRow("CONFIRM of seqs") << command(R"("cmd":"CONFIRM","ref":1,"seqs":)" + ids(750));
    QTest::newRow("CONFIRM of all")
        << command(R"("cmd":"CONFIRM","ref":1,"upTo":9007199254740991)");
    QTest::newRow("TRACK") << command(R"("cmd":"TRACK","clientId":"x")");
    QTest::newRow("HEARTBEAT") << command(
        R"("cmd":"HEARTBEAT","ref":")" + QByteArray(64, 'x') + '"');
    QTest::newRow("ping") << clientFrame(9, QByteArray(125, 'x'));
}

void Memory::isBoundedForWhoAsksAndDoesNotRead_data() { rows(); }

void Memory::isBoundedForWhoAsksAndDoesNotRead()
{
    QFETCH(QByteArray, frame);
    Besieged server(
        {QStringLiteral("--limits.commands-per-second"), QStringLiteral("0")});
    fillMailbox(server, 1, 40, 30'000);
    server.daemon.forgetPeak();
    const qint64 before = server.daemon.memory("VmHWM");
    RawClient client(server.chatUrl(1));
    client.stopReading();
    const auto times = std::min<qsizetype>(3000, 32 * MiB / frame.size());
    client.send(frame.repeated(times));
    // Somebody else is served meanwhile.
    RawClient other(server.chatUrl(2));
    for (int i = 0; i < 20; ++i) {
        other.send(command(R"("cmd":"SEND","receiveUserId":3,"body":"x")"));
        other.expect(R"({"cmd":"SENT"})");
    }
    QTest::qWait(500);
    const qint64 grown = server.daemon.memory("VmHWM") - before;
    QVERIFY2(grown <= limits::MaxWaitingBytes + Slack, QByteArray::number(grown >> 20) + " MiB");
    QVERIFY(server.daemon.isRunning());
}

void Memory::isBoundedForWhoAsksAndReads_data() { rows(); }

// Ten connections, which read all that they are answered.
void Memory::isBoundedForWhoAsksAndReads()
{
    QFETCH(QByteArray, frame);
    Besieged server(
        {QStringLiteral("--limits.commands-per-second"), QStringLiteral("0")});
    fillMailbox(server, 1, 40, 30'000);
    server.daemon.forgetPeak();
    const qint64 before = server.daemon.memory("VmHWM");
    const bool isLarge = frame == Fetch || frame.size() > 4096;
    const auto times = isLarge ? 15 : 500;
    std::vector<std::unique_ptr<RawClient>> clients;
    for (int i = 0; i < 10; ++i) {
        clients.push_back(std::make_unique<RawClient>(server.daemon.port()));
        QCOMPARE(clients.back()->upgrade(chatRequest(server.chatUrl(1))).status, 101);
        clients.back()->send(frame.repeated(times));
    }
    RawClient other(server.chatUrl(2));
    other.send(command(R"("cmd":"SEND","receiveUserId":3,"body":"x")"));
    other.expect(R"({"cmd":"SENT"})");
    for (const auto &client : clients) {
        for (int i = 0; i <= times; ++i) // and HELLO
            QVERIFY(client->frame());
    }
    const qint64 grown = server.daemon.memory("VmHWM") - before;
    QVERIFY2(
        grown <= 10 * limits::MaxWaitingBytes + Slack, QByteArray::number(grown >> 20) + " MiB");
}

// Ten connections of one user, to which each message goes.
void Memory::isBoundedForWhoIsPushedAndDoesNotRead()
{
    Besieged server;
    fillMailbox(server, 2, 256, 30'000); // the store has what it keeps
    server.daemon.forgetPeak();
    const qint64 before = server.daemon.memory("VmHWM");
    std::vector<std::unique_ptr<RawClient>> clients;
    for (int i = 0; i < 10; ++i) {
        clients.push_back(std::make_unique<RawClient>(server.chatUrl(1)));
        clients.back()->stopReading();
    }
    fillMailbox(server, 1, 256, 30'000); // a window, which is more than one may leave unread
    const qint64 grown = server.daemon.memory("VmHWM") - before;
    QVERIFY2(
        grown <= 10 * limits::MaxWaitingBytes + Slack, QByteArray::number(grown >> 20) + " MiB");
    for (const auto &client : clients) {
        client->goOnReading();
        QCOMPARE(client->closeCode(), 4513);
    }
}

void Memory::isBoundedForFramesThatDoNotEnd()
{
    Besieged server;
    server.daemon.forgetPeak();
    const qint64 before = server.daemon.memory("VmHWM");
    std::vector<std::unique_ptr<RawClient>> clients;
    const QByteArray most = textFrame(QByteArray(Limits().frameBytes, 'x')).chopped(1);
    for (int user = 1; user <= 10; ++user) {
        clients.push_back(std::make_unique<RawClient>(server.chatUrl(user)));
        clients.back()->send(most);
    }
    QTest::qWait(500);
    const qint64 grown = server.daemon.memory("VmHWM") - before;
    QVERIFY2(
        grown <= 10 * 2 * Limits().frameBytes + Slack, QByteArray::number(grown >> 20) + " MiB");
    for (const auto &client : clients) {
        client->send(QByteArray(1, 'x'));
        client->expect(R"({"cmd":"ERROR","code":"bad_json"})");
    }
}

QTEST_GUILESS_MAIN(Memory)
#include "memory.moc"
