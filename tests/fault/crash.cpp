// SPDX-License-Identifier: MIT
// The server is killed again and again while everybody writes to everybody, and nothing that was
// SENT is lost, doubled or out of order: invariants 1 to 5 and 8.
#include "client/chatclient.h"
#include "storage/sql/open.h"
#include "support/daemon.h"
#include "support/postgres.h"

#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QTest>

#include <map>
#include <memory>
#include <set>

using namespace parley;
using namespace parley::test;

namespace {

constexpr int Users = 6;
constexpr int MessagesAtOnce = 8; // of each user, not yet known to be stored
const QByteArray Key = QByteArrayLiteral("crash-key");

// One user: what they were told to be stored, and what they received.
struct Player {
    std::unique_ptr<client::ChatClient> client;
    std::map<QByteArray, protocol::Sent> sent; // by clientId
    std::vector<protocol::Message> received; // in the order of their coming
    int written = 0;
    QByteArrayList failures;
};

} // namespace

class Crash : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void losesNothing_data();
    void losesNothing();

private:
    void play(const QString &store);
    void connectAll(quint16 port);
    void write(Player &, int user);
    void check();
    void checkMailbox(int receiver);
    void checkUnreadIsEmpty(const QString &store);
    bool isQuiet() const;
    size_t sent() const;

    std::map<int, Player> m_players;
    bool m_writing = false;
    QRandomGenerator m_random;
};

void Crash::losesNothing_data()
{
    QTest::addColumn<bool>("onPostgres");
    QTest::newRow("SQLite") << false;
    QTest::newRow("PostgreSQL") << true;
}

void Crash::losesNothing()
{
    QFETCH(bool, onPostgres);
    storage::sql::loadDrivers();
    const quint32 seed = qEnvironmentVariableIsSet("PARLEY_SEED")
        ? quint32(qEnvironmentVariableIntValue("PARLEY_SEED"))
        : QRandomGenerator::system()->generate();
    m_random.seed(seed);
    qInfo("PARLEY_SEED=%u", seed);
    m_players.clear();
    if (!onPostgres) {
        QTemporaryDir folder;
        return play(QStringLiteral("sqlite:") + folder.filePath(QStringLiteral("parley.db")));
    }
    Postgres postgres(Postgres::Disk::Durable);
    const Done started = postgres.start();
    QVERIFY2(bool(started), started ? "" : qPrintable(started.failure().text));
    const auto database = postgres.createDatabase();
    QVERIFY(bool(database));
    play(*database);
}

void Crash::play(const QString &store)
{
    QTemporaryDir data;
    Daemon server(QStringLiteral(PARLEYD), store, data.path(), Key);
    QByteArray users;
    for (int user = 1; user <= Users; ++user)
        users += QByteArray::number(user) + ",user" + QByteArray::number(user) + '\n';
    QVERIFY(server.administer(
        {QStringLiteral("user"), QStringLiteral("import"), QStringLiteral("-")}, users));
    QVERIFY2(server.start(), server.log().constData());
    const quint16 port = server.port();
    connectAll(port);
    m_writing = true;
    const int rounds = qEnvironmentVariableIsSet("PARLEY_CRASH_ROUNDS")
        ? qEnvironmentVariableIntValue("PARLEY_CRASH_ROUNDS")
        : 10;
    for (int round = 0; round < rounds; ++round) {
        // Chance decides the moment of death: anywhere, or while messages are being stored, which
        // a slow machine comes to only later.
        if (m_random.bounded(2) == 1) {
            const size_t before = sent();
            QVERIFY2(QTest::qWaitFor([&] { return sent() > before; }, 60'000), "nothing is stored");
        }
        QTest::qWait(m_random.bounded(50, 400));
        server.kill();
        QVERIFY2(server.start(port), server.log().constData());
    }
    m_writing = false;
    QVERIFY2(QTest::qWaitFor([this] { return isQuiet(); }, 120'000), "messages are missing");
    check();
    checkUnreadIsEmpty(store);
    QCOMPARE(server.terminate(), 0);
    m_players.clear();
}

void Crash::connectAll(quint16 port)
{
    for (int user = 1; user <= Users; ++user) {
        client::Options options;
        options.server = QUrl(QStringLiteral("ws://127.0.0.1:%1").arg(port));
        options.identity = client::timeSessions(Key, UserId(user));
        options.backoff.first = 20ms;
        options.backoff.most = 200ms;
        options.outbox.inFlightPerReceiver = MessagesAtOnce;
        Player &player = m_players[user];
        player.client = std::make_unique<client::ChatClient>(options);
        auto *from = player.client.get();
        connect(from, &client::ChatClient::stored, this,
            [this, &player, user](const QByteArray &clientId, const protocol::Sent &sent) {
                player.sent.emplace(clientId, sent);
                write(player, user);
            });
        connect(from, &client::ChatClient::sendFailed, this,
            [&player](const QByteArray &, const protocol::Error &error) {
                player.failures += QByteArray(name(error.code).data(), name(error.code).size());
            });
        connect(from, &client::ChatClient::messageReceived, this,
            [&player](const protocol::Message &message) { player.received.push_back(message); });
        connect(from, &client::ChatClient::helloReceived, this, [this, &player, user] {
            for (qsizetype i = player.client->pendingMessages(); i < MessagesAtOnce; ++i)
                write(player, user);
        });
        from->connectToServer();
    }
}

void Crash::write(Player &player, int user)
{
    if (!m_writing)
        return;
    const int receiver = 1 + m_random.bounded(Users);
    const QByteArray body = QByteArray::number(user) + '/' + QByteArray::number(++player.written);
    if (player.client->send(UserId(receiver), body).isNull())
        player.failures += "the outbox is full";
}

bool Crash::isQuiet() const
{
    size_t received = 0;
    for (const auto &[user, player] : m_players) {
        if (player.client->pendingMessages() > 0)
            return false;
        received += player.received.size();
    }
    return sent() == received;
}

size_t Crash::sent() const
{
    size_t sent = 0;
    for (const auto &[user, player] : m_players)
        sent += player.sent.size();
    return sent;
}

void Crash::check()
{
    for (const auto &[user, player] : m_players) {
        QCOMPARE(player.failures, QByteArrayList());
        QCOMPARE(player.sent.size(), size_t(player.written)); // all accepted were stored
        checkMailbox(user);
    }
    QVERIFY(sent() > 0);
    qInfo("%zu messages", sent());
}

// The mailbox had the seqs 1, 2, 3 …, each once and in order, each what its sender was told.
void Crash::checkMailbox(int receiver)
{
    const auto &received = m_players.at(receiver).received;
    std::map<int, int> lastOfSender;
    for (size_t i = 0; i < received.size(); ++i) {
        const protocol::Message &message = received[i];
        QCOMPARE(message.seq.value(), qint64(i + 1));
        const auto &sent = m_players.at(int(message.sendUserId.value())).sent;
        const auto told = sent.find(message.clientId);
        QVERIFY(told != sent.end());
        QCOMPARE(told->second.seq.value(), message.seq.value());
        QCOMPARE(told->second.receiveUserId.value(), qint64(receiver));
        const QByteArrayList parts = message.body.split('/');
        QCOMPARE(parts[0].toLongLong(), message.sendUserId.value());
        int &last = lastOfSender[parts[0].toInt()];
        QVERIFY2(parts[1].toInt() > last, "a sender's messages are out of order");
        last = parts[1].toInt();
    }
}

// All was confirmed, and only that removes: the CONFIRMs that a crash swallowed were said again.
void Crash::checkUnreadIsEmpty(const QString &url)
{
    auto store = storage::sql::makeStore(url, Limits());
    QVERIFY(bool(store));
    QVERIFY(bool((*store)->open()));
    QVERIFY(bool((*store)->check()));
    const auto unread = [&] {
        qint64 count = 0;
        for (const auto &[user, player] : m_players) {
            const storage::Operation read{storage::ReadMailbox{UserId(user)}, {}, {}};
            const auto outcomes = (*store)->apply({&read, 1}, SystemClock().now());
            count += outcomes ? std::get<storage::Mailbox>((*outcomes)[0]).count : 1;
        }
        return count;
    };
    QVERIFY2(QTest::qWaitFor([&] { return unread() == 0; }, 60'000), "confirmed, but still unread");
    (*store)->close();
}

QTEST_GUILESS_MAIN(Crash)
#include "crash.moc"
