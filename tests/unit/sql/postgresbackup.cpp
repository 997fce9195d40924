// SPDX-License-Identifier: MIT
// A backup of a PostgreSQL store, by the programs of PostgreSQL, and a store made of it.
#include "storage/sql/backup.h"
#include "storage/sql/open.h"
#include "support/postgres.h"
#include "support/stores.h"
#include "support/why.h"
#include "support/write.h"

#include <QDir>
#include <QTest>

using namespace parley;
using namespace parley::storage;
using parley::test::Alice;
using parley::test::Bob;
using parley::test::valueOf;
using parley::test::why;

class PostgresBackup final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        sql::loadDrivers();
        const auto started = m_server.start();
        QVERIFY2(started, why(started));
    }
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_copy = m_folder->filePath(QStringLiteral("copy"));
        m_database = std::make_unique<test::PostgresDatabase>(m_server);
        open();
        QVERIFY(test::addAliceAndBob(*m_store));
        QVERIFY(sends("first"));
    }
    void cleanup()
    {
        qunsetenv("PATH");
        qputenv("PATH", m_path);
        m_store.reset();
    }

    void restoringGivesWhatWasAndKeepsWhatIs()
    {
        for (int round = 1; round <= 2; ++round) { // what is kept is no part of the next backup
            const QString copy = m_copy + QString::number(round);
            const auto made = sql::backUp(m_database->url(), copy); // while it is open
            QVERIFY2(made, why(made));
            QVERIFY(!(QFileInfo(copy).permissions() & (QFile::ReadGroup | QFile::ReadOther)));
            const QByteArray epoch = m_database->query("SELECT epoch FROM store_epoch");
            QVERIFY(sends("second"));
            m_store.reset();
            const auto kept = sql::restore(m_database->url(), copy, true);
            QVERIFY2(kept, why(kept));
            QCOMPARE(texts("public"), QByteArray("first"));
            const QByteArray schema = kept->section(u' ', 2, 2).toLatin1();
            QCOMPARE(texts(schema), QByteArray("first,second"));
            QVERIFY(m_database->query("SELECT epoch FROM store_epoch") != epoch);
            m_database->query("ALTER SCHEMA " + schema + " RENAME TO kept_"
                + QByteArray::number(round)); // the next one may come in the same second
            open();
            QVERIFY(m_store->check());
        }
        QVERIFY(sends("third"));
        QCOMPARE(texts("public"), QByteArray("first,third"));
    }

    void whoUsedTheStoreOfBeforeDoesNotGoOnWithTheNewOne()
    {
        QVERIFY(sql::backUp(m_database->url(), m_copy));
        m_store->close(); // as when the connection was lost
        QVERIFY(sql::restore(m_database->url(), m_copy, true));
        QVERIFY(failed(m_store->open(), "restart the server"));
    }

    void anEmptyDatabaseIsRestored()
    {
        QVERIFY(sql::backUp(m_database->url(), m_copy));
        const test::PostgresDatabase empty(m_server);
        const auto kept = sql::restore(empty.url(), m_copy, false);
        QVERIFY2(kept, why(kept));
        QCOMPARE(*kept, QString());
    }

    void whatIsInUseOrHasMessagesIsNotReplaced()
    {
        QVERIFY(sql::backUp(m_database->url(), m_copy));
        QVERIFY(failed(sql::restore(m_database->url(), m_copy, true), "a server uses"));
        m_store.reset();
        QVERIFY(failed(sql::restore(m_database->url(), m_copy, false), "--replace"));
        QCOMPARE(texts("public"), QByteArray("first"));
        QCOMPARE(
            m_database->query("SELECT count(*) FROM pg_namespace WHERE nspname LIKE 'before%'"),
            QByteArray("0"));
    }

    void nothingIsOverwritten()
    {
        test::write(m_copy, "mine");
        QVERIFY(failed(sql::backUp(m_database->url(), m_copy), "exists already"));
        QCOMPARE(QFileInfo(m_copy).size(), 4);
    }

    void whatIsNoBackupChangesNothing()
    {
        QVERIFY(sql::backUp(m_database->url(), m_copy));
        m_store.reset();
        QFile file(m_copy);
        QVERIFY(file.resize(file.size() - 40)); // its end is missing
        QVERIFY(failed(sql::restore(m_database->url(), m_copy, true), "pg_restore failed"));
        test::write(m_copy, "text");
        QVERIFY(failed(sql::restore(m_database->url(), m_copy, true), "pg_restore failed"));
        QCOMPARE(texts("public"), QByteArray("first"));
    }

    void withoutItsProgramsItSaysWhatToInstall()
    {
        qputenv("PATH", m_folder->path().toLocal8Bit());
        QVERIFY(failed(sql::backUp(m_database->url(), m_copy), "postgresql-client"));
        QVERIFY(failed(sql::restore(m_database->url(), m_copy, true), "postgresql-client"));
        QCOMPARE(QDir(m_folder->path()).entryList(QDir::Files), QStringList());
    }

private:
    void open()
    {
        m_store = valueOf(sql::makeStore(m_database->url(), {}));
        const auto opened = test::openQuietly(*m_store);
        QVERIFY2(opened, why(opened));
    }
    bool sends(const QByteArray &body)
    {
        return test::stores(*m_store, {Alice, Bob, {}, body, false, {}});
    }
    QByteArray texts(const QByteArray &schema)
    {
        return m_database->query(
            "SELECT string_agg(body, ',' ORDER BY seq) FROM " + schema + ".unread");
    }
    template <class T> static bool failed(const Result<T> &result, const QByteArray &words)
    {
        if (!result && result.failure().text.contains(QString::fromUtf8(words)))
            return true;
        qCritical("%s", result ? "it went well" : qPrintable(result.failure().text));
        return false;
    }

    const QByteArray m_path = qgetenv("PATH");
    test::Postgres m_server{test::Postgres::Disk::Durable};
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<test::PostgresDatabase> m_database;
    std::unique_ptr<Store> m_store;
    QString m_copy;
};

QTEST_GUILESS_MAIN(PostgresBackup)
#include "postgresbackup.moc"
