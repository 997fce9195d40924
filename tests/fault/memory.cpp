// SPDX-License-Identifier: MIT
// Invariant 6: what one connection, or many, can make the server hold is bounded in bytes. Each row
// drives one sum of docs/architecture.md to its bound, and looks at the memory of the process: what
// it asks for would be three times that much if it were held. One server stands several rows, and
// what an allocator gives back late counts against the next one; where one fails, so may the next.
#include "chat/cost.h"
#include "fault/besieged.h"
#include "protocol/codec.h"
#include "support/sanitizer.h"

#include <numeric>

using namespace parley;
using namespace parley::test;

namespace {

using Clients = std::vector<std::unique_ptr<RawClient>>;

constexpr qint64 MiB = 1 << 20;
// What the allocator keeps, caches that fill, and what one turn holds of one connection.
constexpr qint64 Slack = 24 * MiB;
constexpr int AtOnce = 10; // connections of one user
constexpr int Readers = 4;
constexpr int Fence = 20; // SENDs of others while nothing more is taken

const QByteArray Ref = ",\"ref\":\"" + QByteArray(limits::RefChars, 'x') + '"';

QByteArray ids(int count, qint64 behind = 1'000'000'000'000'000)
{
    QByteArray text;
    for (int id = 1; id <= count; ++id)
        text += (id > 1 ? "," : "") + QByteArray::number(behind + id);
    return '[' + text + ']';
}

QByteArray json(const QByteArray &cmd, const QByteArray &fields)
{
    return "{\"cmd\":\"" + cmd + '"' + fields + '}';
}

} // namespace

class Memory : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { startAnew(); }
    void isBoundedForWhoAsksAndDoesNotRead_data();
    void isBoundedForWhoAsksAndDoesNotRead();
    void isBoundedForWhoAsksAndReads();
    void isBoundedForWhoWatchesTheTraceAndDoesNotRead();
    void isBoundedForFramesThatDoNotEnd_data();
    void isBoundedForFramesThatDoNotEnd();
    void isBoundedForWhoIsPushedAndDoesNotRead();
    void isBoundedForWhoComesAndGoes();
    void isBoundedForWhoWatchesMany();
    void cleanup() { QVERIFY(m_server->daemon.isRunning()); }
    void cleanupTestCase() { m_server.reset(); }

private:
    void startAnew(const QString &more = QStringLiteral("--limits.connections-per-user=100"));
    void fillMailbox(int user, int messages, int bytes);
    Clients connect(int user, int count = AtOnce);
    void serveOthersUntilTaken(const Clients &);
    int closedAsSlow() const;
    QByteArray grownOver(qint64 bound);

    std::unique_ptr<Besieged> m_server;
    qint64 m_before = 0;
};

void Memory::startAnew(const QString &more)
{
    m_server = std::make_unique<Besieged>(
        QStringList{QStringLiteral("--limits.commands-per-second=0"), QStringLiteral("--trace"),
            QStringLiteral("--presence.timeout-ms=600000"), more}); // nobody beats
    m_server->daemon.forgetPeak(); // of a password check that is made at the start
    m_before = m_server->daemon.memory("VmHWM");
    fillMailbox(1, 40, 30'000);
}

void Memory::fillMailbox(int user, int messages, int bytes)
{
    RawClient sender(m_server->chatUrl(20));
    const QByteArray body(bytes, 'x');
    for (int i = 0; i < messages; ++i)
        sender.send(textFrame(json("SEND",
            R"(,"receiveUserId":)" + QByteArray::number(user) + R"(,"body":")" + body + '"')));
    for (int i = 0; i < messages; ++i)
        sender.expect(R"({"cmd":"SENT"})");
}

Clients Memory::connect(int user, int count)
{
    Clients clients;
    for (int i = 0; i < count; ++i)
        clients.push_back(std::make_unique<RawClient>(m_server->chatUrl(user)));
    return clients;
}

// Until all that was sent is taken, or nothing more of it while others are served.
void Memory::serveOthersUntilTaken(const Clients &clients)
{
    const auto unsent = [&] {
        return std::accumulate(clients.begin(), clients.end(), qint64(0),
            [](qint64 sum, const auto &client) { return sum + client->unsent(); });
    };
    RawClient other(m_server->chatUrl(2));
    for (qint64 before = -1; before != unsent();) {
        before = unsent();
        for (int i = 0; i < Fence; ++i) {
            other.send(textFrame(json("SEND", R"(,"receiveUserId":3,"body":"x")")));
            other.expect(R"({"cmd":"SENT"})");
        }
    }
}

int Memory::closedAsSlow() const
{
    static const QByteArray Line = "parley_connections_closed_total{code=\"4513\"} ";
    const QByteArray metrics = m_server->metrics();
    const qsizetype at = metrics.indexOf(Line);
    return at < 0 ? 0 : metrics.mid(at + Line.size()).split('\n').front().toInt();
}

// Empty: it has not, since the test before.
QByteArray Memory::grownOver(qint64 bound)
{
    const qint64 grown = m_server->daemon.memory("VmHWM") - m_before;
    m_server->daemon.forgetPeak();
    const QByteArray words =
        QByteArray::number(grown / MiB) + " MiB of " + QByteArray::number(bound / MiB);
    return grown > bound * memoryFactor ? words : QByteArray();
}

void Memory::isBoundedForWhoAsksAndDoesNotRead_data()
{
    QTest::addColumn<QByteArray>("frame");
    QTest::newRow("FETCH") << textFrame(json("FETCH", R"(,"limit":500)"));
    QTest::newRow("STATUS") << textFrame(json("STATUS", R"(,"userIds":)" + ids(1000)));
    QTest::newRow("WATCH") << textFrame(json("WATCH", R"(,"userIds":)" + ids(1000)));
    QTest::newRow("TRACK") << textFrame(json("TRACK", Ref + R"(,"clientId":"x")"));
    QTest::newRow("HEARTBEAT") << textFrame(json("HEARTBEAT", Ref));
    QTest::newRow("ping") << clientFrame(9, QByteArray(125, 'x'));
}

void Memory::isBoundedForWhoAsksAndDoesNotRead()
{
    QFETCH(QByteArray, frame);
    const Clients clients = connect(1, 1);
    RawClient &client = *clients.front();
    client.send(frame);
    const auto answer = client.frame();
    QVERIFY(answer);
    const qint64 bound = limits::MaxWaitingBytes + Slack;
    const qsizetype times = 3 * bound / answer->payload.size() + 1;
    client.stopReading();
    client.send(frame.repeated(times));
    serveOthersUntilTaken(clients);
    const QByteArray over = grownOver(bound);
    QVERIFY2(over.isEmpty(), over);
}

// Several connections, which read all that they are answered: what counts is what is in work. Of
// the other commands integration.inwork counts it.
void Memory::isBoundedForWhoAsksAndReads()
{
    const QByteArray fetch = json("FETCH", R"(,"limit":500)");
    const auto request = protocol::decodeCommand(fetch);
    const qint64 cost = chat::costOf(std::get<protocol::Request>(request).command, Limits(), {});
    const qint64 bound = Readers * limits::MaxWaitingBytes + Slack;
    const qsizetype times = 3 * bound / (Readers * cost) + 1;
    const Clients clients = connect(1, Readers);
    for (const auto &client : clients)
        client->send(textFrame(fetch).repeated(times));
    for (const auto &client : clients) {
        for (int i = 0; i < times; ++i)
            QVERIFY(client->frame());
    }
    const QByteArray over = grownOver(bound);
    QVERIFY2(over.isEmpty(), over);
}

void Memory::isBoundedForWhoWatchesTheTraceAndDoesNotRead()
{
    startAnew();
    Clients watchers;
    for (size_t i = 0; i < limits::TraceWatchers; ++i) {
        watchers.push_back(std::make_unique<RawClient>(m_server->daemon.port()));
        const QByteArray request = "GET /trace HTTP/1.1\r\n" + UpgradeHeaders
            + "Authorization: Bearer " + Besieged::AdminToken + "\r\n\r\n";
        QCOMPARE(watchers.back()->upgrade(request).status, 101);
    }
    RawClient client(m_server->chatUrl(1));
    const auto step = watchers.front()->frame();
    QVERIFY(step);
    for (const auto &watcher : watchers)
        watcher->stopReading();
    // A step that waits is one for all who watch, and has its place with each.
    const qint64 bound =
        qint64(limits::TraceWatchers) * limits::TraceBytes + 3 * limits::TraceQueueBytes + Slack;
    const auto steps = 3 * bound / (qint64(limits::TraceWatchers) * step->payload.size());
    const auto times = steps / 2 + 1; // each command has two, or more
    client.send(textFrame(json("HEARTBEAT", Ref)).repeated(times));
    for (qsizetype i = 0; i < times; ++i)
        QVERIFY(client.frame());
    const QByteArray over = grownOver(bound);
    QVERIFY2(over.isEmpty(), over);
}

void Memory::isBoundedForFramesThatDoNotEnd_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<bool>("fits");
    const int most = Limits().frameBytes;
    QTest::newRow("one frame") << textFrame(QByteArray(most, 'x')).chopped(1) << true;
    QByteArray fragments = clientFrame(1, {}, false);
    while (fragments.size() < 7 * most)
        fragments += clientFrame(0, QByteArray(most / 8, 'x'), false);
    QTest::newRow("fragments") << fragments << false;
}

void Memory::isBoundedForFramesThatDoNotEnd()
{
    startAnew();
    QFETCH(QByteArray, bytes);
    QFETCH(bool, fits);
    Clients clients;
    for (int user = 5; user < 15; ++user)
        std::ranges::move(connect(user), std::back_inserter(clients));
    const qint64 bound = qint64(clients.size()) * Limits().frameBytes * 5 / 4 + Slack;
    QVERIFY(fits || qint64(clients.size()) * bytes.size() > 3 * bound);
    for (const auto &client : clients)
        client->send(bytes);
    serveOthersUntilTaken(clients);
    for (const auto &client : clients) {
        if (fits) {
            client->send(QByteArray(1, 'x'));
            client->expect(R"({"cmd":"ERROR","code":"bad_json"})");
        } else {
            QCOMPARE(client->closeCode(), 1009);
        }
    }
    const QByteArray over = grownOver(bound);
    QVERIFY2(over.isEmpty(), over);
}

// All connections of one user, to which each message goes: a window, which is more than one may
// leave unread.
void Memory::isBoundedForWhoIsPushedAndDoesNotRead()
{
    startAnew();
    const Clients clients = connect(4);
    for (const auto &client : clients)
        client->stopReading();
    fillMailbox(4, Limits().window, 30'000);
    const QByteArray over = grownOver(AtOnce * limits::MaxWaitingBytes + Slack);
    QVERIFY2(over.isEmpty(), over);
    // It is asked and not they: who answers no Close in time does not hear of it any more.
    QVERIFY(waitUntil([&] { return closedAsSlow() == AtOnce; }));
}

// One user who asks for much and does not read, again and again: what the connections leave behind
// that had to make room is bounded like what the others have, and takes nothing from who reads.
void Memory::isBoundedForWhoComesAndGoes()
{
    startAnew(QStringLiteral("--limits.connections-per-user=%1").arg(AtOnce));
    const qint64 bound = 2 * AtOnce * limits::MaxWaitingBytes + Slack;
    const QByteArray fetch = textFrame(json("FETCH", R"(,"limit":500)"));
    fillMailbox(2, 40, 30'000);
    RawClient other(m_server->chatUrl(2));
    Clients gone;
    for (qint64 asked = 0; asked < 3 * bound; asked += limits::PipelineBytes) {
        gone.push_back(std::make_unique<RawClient>(m_server->chatUrl(1)));
        gone.back()->stopReading();
        gone.back()->send(fetch.repeated(4) + clientFrame(8, {}));
        other.send(fetch);
        other.expect(R"({"cmd":"MESSAGES"})");
    }
    const QByteArray over = grownOver(bound);
    QVERIFY2(over.isEmpty(), over);
}

// Each of them other users, for as long as it is there.
void Memory::isBoundedForWhoWatchesMany()
{
    startAnew();
    Clients clients;
    for (int user = 1; user <= 20; ++user)
        std::ranges::move(connect(user, 15), std::back_inserter(clients));
    const int most = limits::Users;
    for (size_t i = 0; i < clients.size(); ++i) { // one by one: what is in work is not meant
        clients[i]->send(
            textFrame(json("WATCH", R"(,"userIds":)" + ids(most, qint64(i + 1) * most))));
        clients[i]->expect(R"({"cmd":"STATUS"})");
    }
    const qint64 bound = qint64(clients.size()) * most * limits::WatchBytes + Slack;
    const QByteArray over = grownOver(bound);
    QVERIFY2(over.isEmpty(), over);
}

QTEST_GUILESS_MAIN(Memory)
#include "memory.moc"
