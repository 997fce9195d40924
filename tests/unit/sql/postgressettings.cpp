// SPDX-License-Identifier: MIT
// A session with PostgreSQL is as durable as it must be, whatever the database or a pooler says.
#include "storage/sql/open.h"
#include "support/pgbouncer.h"
#include "support/relay.h"
#include "support/stores.h"
#include "support/why.h"

#include <QTest>

#include <libpq-fe.h>

#include <thread>

using namespace parley;
using namespace parley::storage;
using test::Alice;
using test::Now;
using test::perform;

namespace {

using Connection = std::unique_ptr<PGconn, void (*)(PGconn *)>;

bool does(const Connection &connection, const char *sql)
{
    const std::unique_ptr<PGresult, void (*)(PGresult *)> result(
        PQexec(connection.get(), sql), PQclear);
    return PQresultStatus(result.get()) == PGRES_COMMAND_OK
        || PQresultStatus(result.get()) == PGRES_TUPLES_OK;
}

} // namespace

class PostgresSettings final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        qunsetenv("QT_FATAL_WARNINGS"); // for one is expected
        sql::loadDrivers();
        const auto started = m_server.start();
        QVERIFY2(started, test::why(started));
    }
    void init()
    {
        QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
        m_database = std::make_unique<test::PostgresDatabase>(m_server);
    }

    // Each message notes what its transaction waits for when it commits.
    void aCommitWaitsForTheDiskWhateverTheDatabaseSays_data()
    {
        QTest::addColumn<bool>("pooled");
        QTest::newRow("direct") << false;
        QTest::newRow("through a pooler that ignores options") << true;
    }
    void aCommitWaitsForTheDiskWhateverTheDatabaseSays()
    {
        QFETCH(bool, pooled);
        m_database->query(
            "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET synchronous_commit = off',"
            " current_database()); END $$");
        test::PgBouncer pooler(m_server);
        if (pooled) {
            const auto started = pooler.start();
            QVERIFY2(started, test::why(started));
        }
        const auto store = opened(pooled ? pooler.url(m_database->url()) : m_database->url());
        m_database->query("CREATE TABLE noted (setting text);"
                          "CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
                          " INSERT INTO noted VALUES (current_setting('synchronous_commit') || ' '"
                          " || current_setting('lock_timeout') || ' '"
                          " || current_setting('statement_timeout')); RETURN NEW; END $$;"
                          "CREATE TRIGGER note BEFORE INSERT ON unread FOR EACH ROW"
                          " EXECUTE FUNCTION note()");
        QVERIFY(perform(*store,
            {AddUser{{Alice, "alice", "", true}}, StoreMessage{Alice, Alice, {}, "x", false, {}}}));
        QCOMPARE(m_database->query("SELECT string_agg(setting, ',') FROM noted"),
            QByteArray("on 2s 5s"));
        QCOMPARE(
            m_database->query("SHOW synchronous_commit"), QByteArray("off")); // of everybody else
    }

    void aSettingThatDoesNotHoldIsRefusedInWords()
    {
        const auto forge = [](QByteArray said, QTcpSocket &, QTcpSocket &server) {
            // Of the same length.
            server.write(
                said.replace("SET synchronous_commit = on;", "SET synchronous_commit =off;"));
        };
        const test::Relay relay(m_server.port(), forge);
        const auto store = sql::makeStore(m_database->urlThrough(relay.port()), {});
        const auto done = test::openQuietly(**store);
        QVERIFY(!done);
        QVERIFY2(done.failure().text.contains(QStringLiteral("synchronous_commit = on")),
            test::why(done));
        QVERIFY(!(*store)->isOpen());
    }

    // This server runs without fsync, for it is a test's.
    void aServerThatDoesNotSyncIsToldOfOnce()
    {
        const auto store = sql::makeStore(m_database->url(), {});
        QTest::ignoreMessage(
            QtWarningMsg, QRegularExpression(QStringLiteral("^PostgreSQL runs with fsync = off")));
        QVERIFY((*store)->open());
        QVERIFY((*store)->open());
    }

    // Its user is changed by a transaction that has not ended: the login must not be let in by what
    // it saw, nor be left behind by a change that did not see it.
    void aSessionWaitsForAChangeOfItsUser_data()
    {
        QTest::addColumn<QByteArray>("change");
        QTest::newRow("passwd") << QByteArray("UPDATE users SET password_hash = 'new'");
        QTest::newRow("disable") << QByteArray("UPDATE users SET enabled = FALSE");
    }
    void aSessionWaitsForAChangeOfItsUser()
    {
        QFETCH(QByteArray, change);
        const auto store = opened(m_database->url());
        QVERIFY(perform(*store, {AddUser{{Alice, "alice", "old", true}}}));
        const Connection other(PQconnectdb(m_database->url().toUtf8().constData()), PQfinish);
        QVERIFY(does(other, "BEGIN"));
        QVERIFY(does(other, change.constData()));
        std::optional<bool> added;
        std::thread login([&] {
            const auto mine = opened(m_database->url());
            const auto outcomes =
                perform(*mine, {AddSession{Alice, QByteArray(32, 's'), Now + 1h, "old"}});
            if (outcomes)
                added = std::get<AddedSession>(outcomes->front()).added;
        });
        const bool waits = QTest::qWaitFor([&] {
            return m_database->query(
                       "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
                       " AND datname = current_database()")
                == "1";
        });
        const bool committed = does(other, "COMMIT");
        login.join();
        QVERIFY(waits);
        QVERIFY(committed);
        QCOMPARE(added, std::optional(false));
        QCOMPARE(m_database->query("SELECT count(*) FROM sessions"), QByteArray("0"));
    }

private:
    static std::unique_ptr<Store> opened(const QString &url)
    {
        auto store = test::valueOf(sql::makeStore(url, {}));
        test::valueOf(test::openQuietly(*store));
        return store;
    }

    test::Postgres m_server;
    std::unique_ptr<test::PostgresDatabase> m_database;
};

QTEST_GUILESS_MAIN(PostgresSettings)
#include "postgressettings.moc"
