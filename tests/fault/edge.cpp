// SPDX-License-Identifier: MIT
// Nothing at the border of a connection kills or silences the server.
#include "core/limits.h"
#include "fault/besieged.h"

#include <QElapsedTimer>

#include <csignal>
#include <sys/resource.h>

using namespace parley;
using namespace parley::test;

namespace {

// poll(2) fails with more of them than there may be descriptors.
constexpr int PolledDescriptors = 6;

// While it lives, a server that runs gets no descriptor of this number or above.
class DescriptorLimit {
public:
    DescriptorLimit(const Daemon &daemon, int least)
        : m_pid(pid_t(daemon.pid()))
    {
        ::prlimit(m_pid, RLIMIT_NOFILE, nullptr, &m_before);
        const rlimit limit{rlim_t(least), m_before.rlim_max};
        ::prlimit(m_pid, RLIMIT_NOFILE, &limit, nullptr);
    }
    ~DescriptorLimit() { ::prlimit(m_pid, RLIMIT_NOFILE, &m_before, nullptr); }
    Q_DISABLE_COPY_MOVE(DescriptorLimit)

private:
    const pid_t m_pid;
    rlimit m_before{};
};

} // namespace

class Edge : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void outlivesResetsDuringTheUpgrade();
    void outlivesAnUpgradeWithChunks();
    void aStandstillOfItsOwnIsNobodysSilence();
    void answersHealthWhileOthersTakeAllPlaces();
    void refusesTheRestOfAnAddress();
    void isBackAfterDescriptorsWereUsedUp();
    void tellsWhoComesThatNoDescriptorIsLeft();
    void restsWhileItCannotEvenRefuse();
    void doesNotStartWithoutDescriptors();
    void outlivesFilesThatMayNotGrow();
    void whoComesBackIsLetIn();
    void isNotEndedByAnOldDisabling();
};

// One user, one connection at a time: the reset comes before, in and after the handshake.
void Edge::outlivesResetsDuringTheUpgrade()
{
    const Besieged server;
    for (int i = 0; i < 300; ++i) {
        RawClient client(server.daemon.port());
        client.send(chatRequest(server.chatUrl(1)));
        if (i % 3 == 1)
            QTest::qWait(i % 5);
        i % 2 ? client.end() : client.reset();
    }
    QVERIFY(server.daemon.isRunning());
    RawClient client(server.daemon.port());
    QCOMPARE(client.upgrade(chatRequest(server.chatUrl(1))).status, 101);
}

void Edge::outlivesAnUpgradeWithChunks()
{
    const Besieged server;
    for (int i = 0; i < 20; ++i) {
        const HttpReply reply = ask(server.daemon.port(),
            chatRequest(server.chatUrl(1), "Transfer-Encoding: chunked\r\n") + "0\r\n\r\n");
        QCOMPARE(reply.status, 400);
    }
    QCOMPARE(server.health(), 200);
}

// Heartbeats that wait in the socket while the server is stopped are read before it judges.
void Edge::aStandstillOfItsOwnIsNobodysSilence()
{
    const Besieged server({QStringLiteral("--presence.interval-ms"), QStringLiteral("100"),
        QStringLiteral("--presence.timeout-ms"), QStringLiteral("1500")});
    RawClient beating(server.chatUrl(1));
    RawClient silent(server.chatUrl(2));
    ::kill(pid_t(server.daemon.pid()), SIGSTOP);
    for (int i = 0; i < 30; ++i) {
        beating.send(textFrame(R"({"cmd":"HEARTBEAT"})"));
        QTest::qWait(100); // twice the timeout
    }
    ::kill(pid_t(server.daemon.pid()), SIGCONT);
    silent.send(textFrame(R"({"cmd":"HEARTBEAT","ref":1})"));
    silent.expect(R"({"cmd":"HEARTBEAT","ref":1})");
    for (int i = 0; i < 30; ++i)
        beating.expect(R"({"cmd":"HEARTBEAT"})");
    QCOMPARE(silent.closeCode(), 4508); // now it is silent while the server runs
}

void Edge::answersHealthWhileOthersTakeAllPlaces()
{
    const Besieged server({QStringLiteral("--limits.connections"), QStringLiteral("5")});
    auto idle = server.silent(400, "127.0.0.1");
    for (int i = 0; i < 10; ++i)
        QCOMPARE(server.health(), 200);
    QCOMPARE(ask(server.daemon.port(), "GET /metrics HTTP/1.1\r\nHost: test\r\n\r\n").status, 200);
    QCOMPARE(ask(server.daemon.port(), chatRequest(server.chatUrl(1))).status, 503);
    idle.clear();
    QVERIFY(waitUntil([&] {
        RawClient client(server.daemon.port());
        return client.upgrade(chatRequest(server.chatUrl(1))).status == 101;
    }));
}

void Edge::refusesTheRestOfAnAddress()
{
    const Besieged server({QStringLiteral("--limits.pending-per-address"), QStringLiteral("10")});
    auto idle = server.silent(10, "127.0.0.9");
    const HttpReply refused =
        ask(server.daemon.port(), chatRequest(server.chatUrl(1)), "127.0.0.9");
    QCOMPARE(refused.status, 503);
    QCOMPARE(refused.errorCode(), "overloaded");
    QVERIFY(refused.header("Retry-After").toInt() > 0);
    QCOMPARE(ask(server.daemon.port(), HealthRequest, "127.0.0.9").status, 200);
    RawClient silent(server.daemon.port(), "127.0.0.9");
    QCOMPARE(silent.reply().status, 503); // it is not waited for as long as others are
    const RawClient elsewhere(server.chatUrl(1));
}

void Edge::isBackAfterDescriptorsWereUsedUp()
{
    const Besieged server({}, 128);
    std::vector<std::unique_ptr<RawClient>> idle;
    for (int address = 1; address <= 4; ++address) {
        for (auto &client : server.silent(50, "127.0.0.1" + QByteArray::number(address)))
            idle.push_back(std::move(client));
    }
    QCOMPARE(server.health(), 200);
    idle.clear();
    QVERIFY(waitUntil([&] {
        RawClient client(server.daemon.port());
        return client.upgrade(chatRequest(server.chatUrl(1))).status == 101;
    }));
}

// Not even for one more: the places that it keeps free are no help then.
void Edge::tellsWhoComesThatNoDescriptorIsLeft()
{
    Besieged server;
    RawClient talking(server.chatUrl(1));
    const DescriptorLimit limit(server.daemon, server.daemon.nextDescriptor());
    for (int i = 0; i < 20; ++i) {
        RawClient late(server.daemon.port());
        const HttpReply reply = late.reply();
        QCOMPARE(reply.status, 503);
        QCOMPARE(reply.errorCode(), "overloaded");
    }
    talking.send(textFrame(R"({"cmd":"SEND","receiveUserId":2,"body":"x"})"));
    talking.expect(R"({"cmd":"SENT"})");
    QCOMPARE(server.daemon.log().count("cannot accept"), 1);
}

void Edge::restsWhileItCannotEvenRefuse()
{
    Besieged server;
    RawClient talking(server.chatUrl(1));
    {
        const DescriptorLimit limit(server.daemon, PolledDescriptors);
        RawClient waiting(server.daemon.port());
        QElapsedTimer passed;
        passed.start();
        const qint64 before = server.daemon.runnableNs();
        while (!passed.hasExpired(1000)) {
            talking.send(textFrame(R"({"cmd":"HEARTBEAT"})"));
            talking.expect(R"({"cmd":"HEARTBEAT"})");
            QTest::qWait(50);
        }
        // Whoever spins is never idle, however little of a core it gets.
        QVERIFY(server.daemon.runnableNs() - before < passed.nsecsElapsed() / 2);
        QVERIFY(!waiting.hasEnded());
    }
    RawClient client(server.daemon.port());
    QCOMPARE(client.upgrade(chatRequest(server.chatUrl(2))).status, 101);
    QCOMPARE(server.daemon.log().count("cannot accept"), 1);
}

void Edge::doesNotStartWithoutDescriptors()
{
    QTemporaryDir folder;
    Daemon daemon(QStringLiteral(PARLEYD),
        QStringLiteral("sqlite:") + folder.filePath(QStringLiteral("parley.db")), folder.path(),
        Besieged::Key);
    daemon.setOptions({}, 64);
    QVERIFY(!daemon.start());
    QVERIFY(daemon.log().contains("descriptor"));
}

// What is noticed late concerns only who was there when it was done.
// As `ulimit -f` has it, or a service manager: no signal, but a write that fails.
void Edge::outlivesFilesThatMayNotGrow()
{
    constexpr int MaxMessages = 100; // of 30 KB
    const Besieged server({}, 0, 1 << 20);
    RawClient client(server.chatUrl(1));
    const QByteArray send = textFrame(
        R"({"cmd":"SEND","receiveUserId":2,"ref":1,"body":")" + QByteArray(30'000, 'x') + "\"}");
    QString error;
    for (int i = 0; i < MaxMessages && error.isEmpty(); ++i) {
        client.send(send);
        error = client.expect(R"({"ref":1})").value(QStringLiteral("code")).toString();
    }
    QCOMPARE(error, QStringLiteral("store_unavailable"));
    client.send(textFrame(R"({"cmd":"STATUS","userIds":[2],"ref":2})"));
    client.expect(R"({"cmd":"STATUS","ref":2})"); // who only reads is served
    QVERIFY(server.daemon.isRunning());
}

// Hundreds of one address end at once, and linger; meanwhile none who comes back is turned away.
void Edge::whoComesBackIsLetIn()
{
    constexpr int AtOnce = 15; // of each user
    const Besieged server({QStringLiteral("--limits.connections-per-user=100")});
    std::vector<std::unique_ptr<RawClient>> clients;
    for (int user = 1; user <= 20; ++user) {
        for (int i = 0; i < AtOnce; ++i)
            clients.push_back(std::make_unique<RawClient>(server.chatUrl(user)));
    }
    QVERIFY(int(clients.size()) > Limits().pendingPerAddress);
    for (const auto &client : clients)
        client->send(clientFrame(8, {})); // a Close, whose answer nobody waits for
    for (int user = 1; user <= 20; ++user)
        QVERIFY(!RawClient(server.chatUrl(user)).hasEnded());
}

void Edge::isNotEndedByAnOldDisabling()
{
    Besieged server;
    const QString name = QStringLiteral("user1");
    for (int i = 0; i < 3; ++i) {
        QVERIFY(
            server.daemon.administer({QStringLiteral("user"), QStringLiteral("disable"), name}));
        QVERIFY(server.daemon.administer({QStringLiteral("user"), QStringLiteral("enable"), name}));
        RawClient client(server.chatUrl(1));
        QTest::qWait(1500); // changes are looked for each second
        client.send(textFrame(R"({"cmd":"HEARTBEAT"})"));
        client.expect(R"({"cmd":"HEARTBEAT"})");
    }
}

QTEST_GUILESS_MAIN(Edge)
#include "edge.moc"
