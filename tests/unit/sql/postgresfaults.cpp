// SPDX-License-Identifier: MIT
// What a network and a second node can do to a store in PostgreSQL.
#include "storage/sql/open.h"
#include "support/postgres.h"
#include "support/relay.h"
#include "support/stores.h"
#include "support/why.h"

#include <QHash>
#include <QLoggingCategory>
#include <QRandomGenerator>
#include <QTest>

#include <atomic>
#include <set>
#include <thread>

using namespace parley;
using namespace parley::storage;
using test::Alice;
using test::Bob;
using test::Now;

namespace {

// Breaks the connection at the next COMMIT.
class Cutter {
public:
    enum Cut {
        Never,
        BeforeCommit, // the server never hears of it
        AfterCommit, // its answer never comes
        Silence, // both stay connected, but nothing passes any more
    };

    void operator()(const QByteArray &said, QTcpSocket &client, QTcpSocket &server)
    {
        const Cut cut = said.contains(QByteArray("COMMIT", 7)) ? next.exchange(Never) : Never;
        if (cut == Never) {
            server.write(said);
            return;
        }
        client.disconnect();
        server.disconnect();
        if (cut == Silence)
            return;
        if (cut == AfterCommit)
            server.write(said);
        server.disconnectFromHost();
        client.abort();
    }

    std::atomic<Cut> next = Never;
};

StoreMessage message(const QByteArray &key)
{
    return {Alice, Bob, key, "text", false, {}};
}

// What became of it, also when that was in doubt.
Result<std::vector<Outcome>> resolved(Store &store, const std::vector<Action> &actions)
{
    auto outcomes = test::perform(store, actions);
    while (store.isInDoubt()) {
        QThread::msleep(20);
        outcomes = store.resolveDoubt();
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
        m_relay = std::make_unique<test::Relay>(m_server.port(), std::ref(m_cutter));
    }
    void cleanupTestCase() { m_relay.reset(); }
    void init()
    {
        m_database = std::make_unique<test::PostgresDatabase>(m_server);
        m_store = opened(m_database->urlThrough(m_relay->port()));
        QVERIFY(test::addAliceAndBob(*m_store));
        QVERIFY(test::stores(*m_store, message("before")));
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
        m_cutter.next = Cutter::Cut(cut);
        const auto outcomes = resolved(*m_store, {message("k"), message({})});
        QCOMPARE(bool(outcomes), done);
        if (done)
            QCOMPARE(std::get<Stored>(outcomes->at(1)).seq, Seq(3));
        else
            QVERIFY(outcomes.failure().transient);
        QCOMPARE(m_database->query("SELECT count(*) FROM unread"), QByteArray(done ? "3" : "1"));
        QVERIFY(m_store->isOpen());
        const auto again = resolved(*m_store, {message("k")});
        QVERIFY2(again, test::why(again));
        const auto stored = std::get<Stored>(again->front());
        QCOMPARE(stored.seq, Seq(2));
        QCOMPARE(stored.duplicate, done);
    }

    void ofSeveralHostsOneThatAnswersIsUsed()
    {
        QString url = m_database->url();
        url.replace(QStringLiteral("@"), QStringLiteral("@127.0.0.1:1,"));
        const auto store = opened(url);
        QVERIFY(test::stores(*store, message("k")));
    }

    // A standby answers, but cannot be written to.
    void whatCannotBeWrittenToIsNotUsed()
    {
        m_database->query("ALTER DATABASE " + m_database->query("SELECT current_database()")
            + " SET default_transaction_read_only = on");
        auto store = storage::sql::makeStore(m_database->url(), {});
        const auto done = (*store)->open();
        QVERIFY(!done);
        QVERIFY(done.failure().transient);
    }

    // A commit is on the disk here, but its standby has not said that it has it: if that took over,
    // it would be lost. PostgreSQL says only by a warning that it did not wait.
    void aCommitThatItsStandbyHasNotIsInDoubt()
    {
        m_database->query("ALTER SYSTEM SET synchronous_standby_names = 'nobody'");
        m_server.stop();
        const auto started = m_server.start();
        QVERIFY2(started, test::why(started));
        m_store = opened(m_database->url());
        QVERIFY(!test::perform(*m_store, {message("k")})); // after its time limit
        QVERIFY(m_store->isInDoubt());
        QVERIFY(!m_store->resolveDoubt());
        QVERIFY(m_store->isInDoubt());
        m_database->query("ALTER SYSTEM SET synchronous_standby_names = ''");
        m_database->query("SELECT pg_reload_conf()");
        Result<std::vector<Outcome>> outcomes = Failure();
        QVERIFY(QTest::qWaitFor([&] { return bool(outcomes = m_store->resolveDoubt()); }));
        QVERIFY(!m_store->isInDoubt());
        QCOMPARE(std::get<Stored>(outcomes->at(0)).seq, Seq(2));
        QCOMPARE(m_database->query("SELECT count(*) FROM unread"), QByteArray("2"));
    }

    // A mark of an older transaction is not taken for that of the lost one.
    void everyCommitHasItsOwnMark()
    {
        for (int i = 0; i < 3; ++i) {
            QVERIFY(resolved(*m_store, {message({})}));
            m_cutter.next = Cutter::BeforeCommit;
            QVERIFY(!resolved(*m_store, {message({})}));
            m_cutter.next = Cutter::AfterCommit;
            QVERIFY(resolved(*m_store, {message({})}));
        }
        QCOMPARE(m_database->query("SELECT count(*) FROM unread"), QByteArray("7"));
    }

    void aFailureDuringTheBatchIsKnownAtOnce()
    {
        m_database->query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                          " WHERE application_name = 'parleyd' AND datname = current_database()");
        const auto failed = resolved(*m_store, {message("k")});
        QVERIFY(!failed);
        QVERIFY(failed.failure().transient);
        QVERIFY(!m_store->isOpen());
        QVERIFY(m_store->open());
        QVERIFY(resolved(*m_store, {message("k")}));
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
                    actions.emplace_back(StoreMessage{
                        Alice, UserId(1 + key % 2), QByteArray::number(key), "text", false, {}});
                }
                actions.emplace_back(WritePresence{{{UserId(1 + chance.bounded(50)), true, {}},
                    {UserId(1 + chance.bounded(50)), {}, Now}}});
                actions.emplace_back(Confirm{Bob, {}, Seq(round)});
                auto outcomes = resolved(store, actions);
                // A slow disk can make one node wait for the other beyond the lock time-out.
                for (int i = 0; i < 20 && !outcomes && outcomes.failure().transient; ++i)
                    outcomes = resolved(store, actions);
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
            nodes.emplace_back([&, node] { work(node, *opened(m_database->url())); });
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
        test::PostgresDatabase empty(m_server);
        std::atomic<int> wellStarted = 0;
        std::vector<std::thread> nodes;
        for (int node = 0; node < 4; ++node)
            nodes.emplace_back([&] { wellStarted += opened(empty.url())->isOpen(); });
        for (std::thread &node : nodes)
            node.join();
        QCOMPARE(wellStarted.load(), 4);
        QCOMPARE(empty.query("SELECT count(*) FROM schema_version"), QByteArray("1"));
    }

private:
    static std::unique_ptr<Store> opened(const QString &url)
    {
        auto store = test::valueOf(sql::makeStore(url, {}));
        test::valueOf(store->open());
        return store;
    }

    test::Postgres m_server;
    Cutter m_cutter;
    std::unique_ptr<test::Relay> m_relay;
    std::unique_ptr<test::PostgresDatabase> m_database;
    std::unique_ptr<Store> m_store;
};

QTEST_GUILESS_MAIN(PostgresFaults)
#include "postgresfaults.moc"
