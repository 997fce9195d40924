// SPDX-License-Identifier: MIT
// What a network and a second node can do to a store in PostgreSQL.
#include "storage/sql/open.h"
#include "support/postgres.h"
#include "support/why.h"

#include <QHash>
#include <QLoggingCategory>
#include <QRandomGenerator>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>
#include <QThread>
#include <QUrl>

#include <atomic>
#include <set>
#include <thread>

using namespace parley;
using namespace parley::storage;

namespace {

constexpr UserId Alice(1);
constexpr UserId Bob(2);
constexpr Time Now = fromMs(1'700'000'000'000);

// Stands between the store and its server, and breaks the connection at the next COMMIT.
class Cutter final : public QTcpServer {
public:
    enum Cut {
        Never,
        BeforeCommit, // the server never hears of it
        AfterCommit, // its answer never comes
        Silence, // both stay connected, but nothing passes any more
    };

    explicit Cutter(quint16 to)
        : m_to(to)
    {
        listen(QHostAddress::LocalHost);
        m_thread.start();
        moveToThread(&m_thread);
    }
    ~Cutter() override
    {
        QMetaObject::invokeMethod(
            this,
            [this] {
                delete m_socketParent;
                close();
            },
            Qt::BlockingQueuedConnection);
        m_thread.quit();
        m_thread.wait();
    }

    std::atomic<Cut> next = Never;

protected:
    void incomingConnection(qintptr descriptor) override
    {
        if (!m_socketParent)
            m_socketParent = new QObject;
        auto *client = new QTcpSocket(m_socketParent);
        auto *server = new QTcpSocket(m_socketParent);
        client->setSocketDescriptor(descriptor);
        server->connectToHost(QHostAddress(QHostAddress::LocalHost), m_to);
        connect(client, &QTcpSocket::readyRead, server, [=, this] { forward(client, server); });
        connect(server, &QTcpSocket::readyRead, client, [=] { client->write(server->readAll()); });
        connect(client, &QTcpSocket::disconnected, server, &QTcpSocket::disconnectFromHost);
        connect(server, &QTcpSocket::disconnected, client, &QTcpSocket::disconnectFromHost);
    }

private:
    void forward(QTcpSocket *client, QTcpSocket *server)
    {
        const QByteArray bytes = client->readAll();
        const Cut cut = bytes.contains(QByteArray("COMMIT", 7)) ? next.exchange(Never) : Never;
        if (cut == Never) {
            server->write(bytes);
            return;
        }
        client->disconnect();
        server->disconnect();
        if (cut == Silence)
            return;
        if (cut == AfterCommit)
            server->write(bytes);
        server->disconnectFromHost();
        client->abort();
    }

    const quint16 m_to;
    QObject *m_socketParent = nullptr;
    QThread m_thread;
};

StoreMessage message(const QByteArray &key)
{
    return {Alice, Bob, key, "text", false, {}};
}

Result<std::vector<Outcome>> perform(Store &store, const std::vector<Action> &actions)
{
    std::vector<Operation> operations;
    for (const Action &action : actions)
        operations.push_back({action, {}, {}});
    auto outcomes = store.apply(operations, Now);
    while (store.isInDoubt()) {
        QThread::msleep(20);
        outcomes = store.settle();
    }
    return outcomes;
}

} // namespace

class PostgresFaults final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        sql::loadDrivers();
        QLoggingCategory::setFilterRules(QStringLiteral("parley.storage=false"));
        const auto started = m_server.start();
        QVERIFY2(started, test::why(started));
        m_cutter = std::make_unique<Cutter>(m_server.port());
    }
    void cleanupTestCase() { m_cutter.reset(); }
    void init()
    {
        const auto url = m_server.createDatabase();
        QVERIFY2(url, test::why(url));
        m_url = *url;
        QUrl cut(m_url);
        cut.setPort(m_cutter->serverPort());
        m_store = opened(cut.toString());
        QVERIFY(perform(*m_store,
            {AddUser{{Alice, "alice", "", true}}, AddUser{{Bob, "bob", "", true}},
                message("before")}));
    }
    void cleanup() { m_store.reset(); }

    // Reported as done exactly when it was done, and done once.
    void whatBecameOfACommitIsFoundOut_data()
    {
        QTest::addColumn<int>("cut");
        QTest::addColumn<bool>("done");
        QTest::newRow("cut before the commit") << int(Cutter::BeforeCommit) << false;
        QTest::newRow("cut after the commit") << int(Cutter::AfterCommit) << true;
        QTest::newRow("silence") << int(Cutter::Silence) << false;
    }
    void whatBecameOfACommitIsFoundOut()
    {
        QFETCH(int, cut);
        QFETCH(bool, done);
        m_cutter->next = Cutter::Cut(cut);
        const auto outcomes = perform(*m_store, {message("k"), message({})});
        QCOMPARE(bool(outcomes), done);
        if (done)
            QCOMPARE(std::get<Stored>(outcomes->at(1)).seq, Seq(3));
        else
            QVERIFY(outcomes.failure().transient);
        QCOMPARE(m_server.query(m_url, "SELECT count(*) FROM unread").operator*(),
            QByteArray(done ? "3" : "1"));
        QVERIFY(m_store->isOpen());
        const auto again = perform(*m_store, {message("k")});
        QVERIFY2(again, test::why(again));
        const auto stored = std::get<Stored>(again->front());
        QCOMPARE(stored.seq, Seq(2));
        QCOMPARE(stored.duplicate, done);
    }

    // A mark of an older transaction is not taken for that of the lost one.
    void everyCommitHasItsOwnMark()
    {
        for (int i = 0; i < 3; ++i) {
            QVERIFY(perform(*m_store, {message({})}));
            m_cutter->next = Cutter::BeforeCommit;
            QVERIFY(!perform(*m_store, {message({})}));
            m_cutter->next = Cutter::AfterCommit;
            QVERIFY(perform(*m_store, {message({})}));
        }
        QCOMPARE(*m_server.query(m_url, "SELECT count(*) FROM unread"), QByteArray("7"));
    }

    void aFailureDuringTheBatchIsKnownAtOnce()
    {
        QVERIFY(m_server.query(m_url,
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE application_name = 'parleyd' AND datname = current_database()"));
        const auto failed = perform(*m_store, {message("k")});
        QVERIFY(!failed);
        QVERIFY(failed.failure().transient);
        QVERIFY(!m_store->isOpen());
        QVERIFY(m_store->open());
        QVERIFY(perform(*m_store, {message("k")}));
    }

    // Two nodes write to the same mailboxes and with the same keys, all at once.
    void twoNodesKeepSeqsWithoutGapsAndKeysUnique()
    {
        constexpr int Rounds = 150;
        std::atomic<int> failures = 0;
        std::vector<std::set<qint64>> seqs(4);
        const auto work = [&](int node, Store &store) {
            QRandomGenerator chance(quint32(node + 1));
            for (int round = 0; round < Rounds; ++round) {
                std::vector<Action> actions;
                for (int i = 0; i < 20; ++i) {
                    // Both nodes send each key, to the same receiver, in an order of their own.
                    const int key = round * 20 + (node ? 19 - i : i);
                    actions.push_back(StoreMessage{
                        Alice, UserId(1 + key % 2), QByteArray::number(key), "text", false, {}});
                }
                actions.push_back(WritePresence{{{UserId(1 + chance.bounded(50)), true, {}},
                    {UserId(1 + chance.bounded(50)), {}, Now}}});
                actions.push_back(Confirm{Bob, {}, Seq(round)});
                auto outcomes = perform(store, actions);
                // A slow disk can make one node wait for the other beyond the lock time-out.
                for (int i = 0; i < 20 && !outcomes && outcomes.failure().transient; ++i)
                    outcomes = perform(store, actions);
                if (!outcomes) {
                    qWarning("%s", static_cast<const char *>(test::why(outcomes)));
                    ++failures;
                    continue;
                }
                for (int i = 0; i < 20; ++i) {
                    const auto &stored = std::get<Stored>((*outcomes)[size_t(i)]);
                    if (!stored.duplicate)
                        seqs[size_t(node * 2
                                 + std::get<StoreMessage>(actions[size_t(i)]).receiver.value() - 1)]
                            .insert(stored.seq.value());
                }
            }
        };
        std::vector<std::thread> nodes;
        for (int node = 0; node < 2; ++node)
            nodes.emplace_back([&, node] { work(node, *opened(m_url)); });
        for (std::thread &node : nodes)
            node.join();
        QCOMPARE(failures.load(), 0);
        for (size_t user = 0; user < 2; ++user) {
            std::set<qint64> all = seqs[user];
            all.insert(seqs[user + 2].begin(), seqs[user + 2].end());
            const qint64 first = user == 0 ? 1 : 2; // after "before"
            QCOMPARE(all.size(), seqs[user].size() + seqs[user + 2].size());
            QCOMPARE(qint64(all.size()), Rounds * 10);
            QCOMPARE(*all.begin(), first);
            QCOMPARE(*all.rbegin(), first - 1 + Rounds * 10);
        }
        const auto checked = m_store->check();
        QVERIFY2(checked, test::why(checked));
    }

    void twoNodesThatStartAtOnceMigrateOnce()
    {
        const auto url = m_server.createDatabase();
        QVERIFY(url);
        std::atomic<int> wellStarted = 0;
        std::vector<std::thread> nodes;
        for (int node = 0; node < 4; ++node)
            nodes.emplace_back([&] { wellStarted += opened(*url)->isOpen(); });
        for (std::thread &node : nodes)
            node.join();
        QCOMPARE(wellStarted.load(), 4);
        QCOMPARE(*m_server.query(*url, "SELECT count(*) FROM schema_version"), QByteArray("1"));
    }

private:
    static std::unique_ptr<Store> opened(const QString &url)
    {
        auto store = sql::makeStore(url, {});
        if (const auto done = (*store)->open(); !done)
            qWarning("%s", static_cast<const char *>(test::why(done)));
        return std::move(*store);
    }

    test::Postgres m_server;
    std::unique_ptr<Cutter> m_cutter;
    QString m_url;
    std::unique_ptr<Store> m_store;
};

QTEST_GUILESS_MAIN(PostgresFaults)
#include "postgresfaults.moc"
