// SPDX-License-Identifier: MIT
#include "storage/sql/migrations.h"
#include "storage/sql/open.h"
#include "storage/sql/sqlitedatabase.h"

#include <QLoggingCategory>
#include <QTemporaryDir>
#include <QTest>

using namespace parley;
using namespace parley::storage::sql;

class Migrations final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_path = m_folder->filePath(QStringLiteral("parley.db"));
        m_database = std::make_unique<SqliteDatabase>(m_path);
        QVERIFY(m_database->open());
    }
    void cleanup() { m_database.reset(); }

    void anEmptyDatabaseGetsTheNewestSchema()
    {
        QVERIFY(migrate(*m_database));
        QVERIFY(newestSchema(*m_database) >= 1);
        QCOMPARE(version(), qint64(newestSchema(*m_database)));
        QVERIFY(m_database->query(Statement::FindAllUsers));
    }

    void twiceIsOnce()
    {
        QVERIFY(migrate(*m_database));
        QVERIFY(m_database->script("INSERT INTO users VALUES (1, 'alice', '', 1)"));
        QVERIFY(migrate(*m_database));
        QCOMPARE(version(), qint64(newestSchema(*m_database)));
        const auto users = m_database->query(Statement::FindAllUsers);
        QVERIFY(users);
        QCOMPARE(users->rows(), size_t(1));
    }

    void aNewerSchemaIsRefusedByItsNumber()
    {
        QVERIFY(migrate(*m_database));
        QVERIFY(m_database->script("UPDATE schema_version SET number = 4711"));
        const auto refused = migrate(*m_database);
        QVERIFY(!refused);
        QVERIFY(!refused.failure().transient);
        QVERIFY(refused.failure().text.contains(QStringLiteral("4711")));
        const auto own = QString::number(newestSchema(*m_database));
        QVERIFY(refused.failure().text.contains(own));
        const auto store = makeStore(QStringLiteral("sqlite:") + m_path, {});
        QVERIFY(!(*store)->open());
        QVERIFY(!(*store)->isOpen());
    }

    // Another server may be using it, and could not be started again.
    void onlyWhoMayBringsItUpToDate()
    {
        for (const Schema schema : {Schema::Keep, Schema::Make, Schema::BringUp}) {
            const bool mayMake = schema != Schema::Keep;
            QCOMPARE(bool(migrate(*m_database, schema)), mayMake);
            QCOMPARE(hasTables(), mayMake);
            QVERIFY(migrate(*m_database));
            QVERIFY(migrate(*m_database, schema)); // there is nothing to do
            QVERIFY(m_database->script("UPDATE schema_version SET number = 1;"
                                       "DROP TABLE confirmed_time; DROP TABLE store_epoch;"
                                       "ALTER TABLE sessions DROP COLUMN made_at;"
                                       "ALTER TABLE unread DROP COLUMN sent_id;"
                                       "DROP TRIGGER sent_forgotten;"
                                       "DROP TABLE sent_key; DROP TABLE sent_key_last"));
            const auto older = migrate(*m_database, schema);
            QCOMPARE(bool(older), schema == Schema::BringUp);
            QCOMPARE(version(), older ? qint64(newestSchema(*m_database)) : 1);
            if (!older)
                QVERIFY(older.failure().text.contains(QStringLiteral("`parleyd migrate`")));
            cleanup();
            init();
        }
    }

    // All of it or nothing: the failed one leaves no table behind, and the next one succeeds.
    void aMigrationThatFailsLeavesNothing()
    {
        QVERIFY(m_database->script("CREATE TABLE sent (in_the_way TEXT)"));
        QVERIFY(!migrate(*m_database));
        const auto has = m_database->query(Statement::HasSchema);
        QVERIFY(has);
        QCOMPARE(has->integer(0, 0), 0);
        QVERIFY(m_database->script("DROP TABLE sent"));
        QVERIFY(migrate(*m_database));
    }

private:
    bool hasTables()
    {
        const auto has = m_database->query(Statement::HasSchema);
        return has && has->integer(0, 0) == 1;
    }
    qint64 version()
    {
        const auto version = m_database->query(Statement::ReadSchemaVersion);
        return version && version->rows() == 1 ? version->integer(0, 0) : -1;
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_path;
    std::unique_ptr<SqliteDatabase> m_database;
};

QTEST_GUILESS_MAIN(Migrations)
#include "migrations.moc"
