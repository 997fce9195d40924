// SPDX-License-Identifier: MIT
#include "suite/sqlcontract.h"

#include "storage/sql/open.h"
#include "support/postgres.h"
#include "support/stores.h"
#include "support/why.h"

#include <QLoggingCategory>
#include <QTest>

using namespace parley;

namespace {

class PostgresqlBackend final : public test::SqlBackend {
public:
    Result<std::unique_ptr<storage::Store>> fresh(const Limits &limits) override
    {
        if (auto started = m_server.start(); !started)
            return started.failure();
        auto url = m_server.createDatabase();
        if (!url)
            return url.failure();
        m_url = *url;
        return opened(limits);
    }
    Result<std::unique_ptr<storage::Store>> reopened(
        std::unique_ptr<storage::Store> store, const Limits &limits) override
    {
        store.reset();
        auto again = opened(limits);
        // It is another node; as far as presence is concerned, it goes on for the one before.
        if (const auto moved = m_server.query(m_url,
                "WITH last AS (SELECT id FROM node ORDER BY since DESC LIMIT 1), gone AS"
                " (DELETE FROM node WHERE id NOT IN (SELECT id FROM last))"
                " UPDATE link SET node_id = (SELECT id FROM last)");
            !moved)
            return moved.failure();
        return again;
    }
    Result<QByteArray> query(const QByteArray &sql) override { return m_server.query(m_url, sql); }
    QByteArray refuseRows(const QByteArray &condition) override
    {
        return "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS"
               " $$ BEGIN RAISE EXCEPTION 'refused'; END $$;"
               "CREATE TRIGGER refuse BEFORE INSERT ON unread FOR EACH ROW WHEN ("
            + condition + ") EXECUTE FUNCTION refuse()";
    }
    QByteArray refuseNoRows() override { return "DROP FUNCTION refuse CASCADE"; }

    test::Postgres &server() { return m_server; }

private:
    Result<std::unique_ptr<storage::Store>> opened(const Limits &limits)
    {
        auto store = storage::sql::makeStore(m_url, limits);
        if (store) {
            if (auto done = test::openQuietly(**store); !done)
                return done.failure();
            // Only a node that has joined has connections.
            if (auto joined = test::perform(**store, {storage::ResetPresence()}); !joined)
                return joined.failure();
        }
        return store;
    }

    test::Postgres m_server;
    QString m_url;
};

} // namespace

class PostgresqlContract final : public test::SqlContract {
    Q_OBJECT
public:
    explicit PostgresqlContract(PostgresqlBackend &backend)
        : SqlContract(backend)
        , m_postgresql(backend)
    {
    }

private Q_SLOTS:
    // A server that is gone is a transient failure that does nothing, and open() mends it.
    void aLostConnectionIsMended()
    {
        using namespace test;
        run(send(Alice, Bob, "before", "k"));
        const auto before = everything();
        QLoggingCategory::setFilterRules(QStringLiteral("parley.storage=false"));
        m_postgresql.server().stop(Postgres::Stop::Kill);
        const storage::Operation lost{send(Alice, Bob, "lost", "lost"), {}, {}};
        const auto failed = m_store->apply({&lost, 1}, m_now);
        QVERIFY(!failed);
        QVERIFY(failed.failure().transient);
        QVERIFY(!m_store->isOpen());
        QVERIFY(!m_store->open());
        QVERIFY(!m_store->apply({&lost, 1}, m_now));
        const auto started = m_postgresql.server().start();
        QVERIFY2(started, why(started));
        const auto opened = m_store->open();
        QVERIFY2(opened, why(opened));
        QLoggingCategory::setFilterRules({});
        QVERIFY(m_store->isOpen());
        QCOMPARE(everything(), before);
        QCOMPARE(run(send(Alice, Bob, "lost", "lost")), said("stored 2 +0 unread 2"));
    }

    // Whoever mistypes its name fills no database of others with tables.
    void whoMayMakeNoStoreMakesNone()
    {
        using namespace test;
        const auto url = m_postgresql.server().createDatabase();
        QVERIFY2(url, why(url));
        QLoggingCategory::setFilterRules(QStringLiteral("parley.storage.warning=false"));
        const auto opened = (*storage::sql::makeStore(*url, m_limits, storage::sql::Use::Administer,
                                 storage::sql::Schema::Keep))
                                ->open();
        QLoggingCategory::setFilterRules({});
        QVERIFY(!opened);
        QVERIFY2(opened.failure().text.contains(QStringLiteral("there is no store")), why(opened));
        const auto tables = m_postgresql.server().query(
            *url, "SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace");
        QVERIFY2(tables, why(tables));
        QCOMPARE(*tables, QByteArray("0"));
    }

private:
    PostgresqlBackend &m_postgresql;
};

int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    storage::sql::loadDrivers();
    PostgresqlBackend backend;
    PostgresqlContract contract(backend);
    return QTest::qExec(&contract, argc, argv);
}

#include "postgresql.moc"
