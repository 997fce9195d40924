// SPDX-License-Identifier: MIT
// A backup of an SQLite store is one moment of it, whoever writes meanwhile; and a store is made of
// it without the loss of the one before.
#include "storage/sql/sqlitebackup.h"

#include "support/sqlitefile.h"
#include "support/stores.h"
#include "support/why.h"
#include "support/write.h"

#include <QDir>
#include <QFileInfo>
#include <QTest>

using namespace parley;
using namespace parley::storage;
using parley::test::Alice;
using parley::test::Bob;
using parley::test::valueOf;
using parley::test::why;

class SqliteBackup final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { sql::loadDrivers(); }
    void init()
    {
        m_file = std::make_unique<test::SqliteFile>();
        m_store = m_file->opened();
        QVERIFY(test::addAliceAndBob(*m_store));
        QVERIFY(sends("first"));
        m_copy = m_file->pathOf(QStringLiteral("copy.db"));
    }
    void cleanup() { m_store.reset(); }

    void aBackupHoldsEverythingAndIsItsOwnersAlone()
    {
        const auto made = sql::backUpSqlite(m_file->path(), m_copy);
        QVERIFY2(made, why(made));
        const auto others = QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther
            | QFile::WriteOther | QFile::ExeOther;
        QVERIFY(!(QFileInfo(m_copy).permissions() & others));
        QCOMPARE(texts(m_copy), QByteArray("first"));
        QCOMPARE(filesBeside(), QStringList({QStringLiteral("copy.db")}));
    }

    // The writer neither waits nor fails, and what it writes is of a later moment.
    void whoWritesMeanwhileDoesNotWait()
    {
        for (int i = 0; i < 40; ++i)
            QVERIFY(sends(QByteArray(30'000, 'x'))); // some pieces
        QVERIFY(m_file->query("PRAGMA wal_checkpoint(TRUNCATE)") == "0");
        int between = 0;
        const auto write = [&] {
            ++between;
            QVERIFY(sends("meanwhile"));
            // Nor does it keep others from taking the log into the database.
            QCOMPARE(m_file->query("PRAGMA wal_checkpoint(PASSIVE)"), QByteArray("0"));
        };
        const auto made = sql::backUpSqlite(m_file->path(), m_copy, write);
        QVERIFY2(made, why(made));
        QVERIFY2(between >= 2, QByteArray::number(between));
        QCOMPARE(count(m_copy), 41);
        QCOMPARE(count(m_file->path()), 41 + between);
    }

    void nothingIsOverwritten()
    {
        test::write(m_copy, "mine");
        QVERIFY(failed(sql::backUpSqlite(m_file->path(), m_copy), "exists already"));
        QFile file(m_copy);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.readAll(), QByteArray("mine"));
        // Not even what comes in the way while it is made.
        const auto other = m_file->pathOf(QStringLiteral("other.db"));
        const auto putInTheWay = [&] { test::write(other, "mine"); };
        QVERIFY(failed(sql::backUpSqlite(m_file->path(), other, putInTheWay), "exists"));
        QCOMPARE(
            filesBeside(), QStringList({QStringLiteral("copy.db"), QStringLiteral("other.db")}));
    }

    void aDamagedStoreMakesNoBackup()
    {
        m_file->query("UPDATE mailbox SET unread_count = 7");
        QVERIFY(failed(sql::backUpSqlite(m_file->path(), m_copy), "mailboxes whose counters"));
        QCOMPARE(filesBeside(), QStringList());
    }

    void whereThereIsNoStoreThereIsNoBackup()
    {
        const auto nowhere = m_file->pathOf(QStringLiteral("nowhere.db"));
        QVERIFY(failed(sql::backUpSqlite(nowhere, m_copy), "no store"));
        QCOMPARE(filesBeside(), QStringList());
    }

    // Of a server that was killed: its store was moved away, and its log was forgotten.
    void aLogThatWasLeftIsNotReadIntoWhatIsRestored()
    {
        QVERIFY(sql::backUpSqlite(m_file->path(), m_copy));
        QVERIFY(sends("second"));
        const QString log = m_file->path() + QStringLiteral("-wal");
        const QString aside = m_file->pathOf(QStringLiteral("aside"));
        QVERIFY(QFile::copy(log, aside));
        m_store.reset();
        QVERIFY(QFile::remove(m_file->path()) && QFile::rename(aside, log));
        QVERIFY(failed(sql::restoreSqlite(m_file->path(), m_copy, true),
            "a store that is not there any more"));
        QVERIFY(!QFile::exists(m_file->path()));
        QVERIFY(QFile::remove(log));
        QVERIFY(sql::restoreSqlite(m_file->path(), m_copy, false));
        QCOMPARE(texts(m_file->path()), QByteArray("first"));
    }

    void restoringGivesWhatWasAndKeepsWhatIs()
    {
        QVERIFY(sql::backUpSqlite(m_file->path(), m_copy));
        const QByteArray epoch = m_file->query("SELECT epoch FROM store_epoch");
        QVERIFY(sends("second"));
        m_store.reset();
        const auto kept = sql::restoreSqlite(m_file->path(), m_copy, true);
        QVERIFY2(kept, why(kept));
        QCOMPARE(texts(m_file->path()), QByteArray("first"));
        QCOMPARE(texts(*kept), QByteArray("first,second"));
        QVERIFY(m_file->query("SELECT epoch FROM store_epoch") != epoch);
        QCOMPARE(valueOf(test::querySqlite(*kept, "SELECT epoch FROM store_epoch")), epoch);
        QCOMPARE(valueOf(test::querySqlite(m_copy, "SELECT epoch FROM store_epoch")), epoch);
        m_store = m_file->opened();
        QVERIFY(m_store->check());
        QVERIFY(sends("third"));
        QCOMPARE(texts(m_file->path()), QByteArray("first,third"));
    }

    void aStoreWithMessagesIsReplacedOnlyWhenTold()
    {
        QVERIFY(sql::backUpSqlite(m_file->path(), m_copy));
        m_store.reset();
        QVERIFY(failed(sql::restoreSqlite(m_file->path(), m_copy, false), "--replace"));
        m_store = m_file->opened();
        QVERIFY(test::perform(*m_store, {Confirm{Bob, {}, Seq(1)}}));
        m_store.reset();
        const auto kept = sql::restoreSqlite(m_file->path(), m_copy, false);
        QVERIFY2(kept, why(kept));
        QCOMPARE(texts(m_file->path()), QByteArray("first"));
    }

    void aStoreThatIsGoneIsRestored()
    {
        QVERIFY(sql::backUpSqlite(m_file->path(), m_copy));
        const auto place = m_file->pathOf(QStringLiteral("new.db"));
        const auto kept = sql::restoreSqlite(place, m_copy, false);
        QVERIFY2(kept, why(kept));
        QCOMPARE(*kept, QString());
        QCOMPARE(texts(place), QByteArray("first"));
    }

    void aDamagedStoreIsKeptAsItIs()
    {
        QVERIFY(sql::backUpSqlite(m_file->path(), m_copy));
        m_store.reset();
        const QByteArray damaged(10'000, 'x');
        test::write(m_file->path(), damaged);
        QVERIFY(failed(sql::restoreSqlite(m_file->path(), m_copy, false), "--replace"));
        const auto kept = sql::restoreSqlite(m_file->path(), m_copy, true);
        QVERIFY2(kept, why(kept));
        QFile file(*kept);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.readAll(), damaged);
        QCOMPARE(texts(m_file->path()), QByteArray("first"));
    }

    void aStoreThatAServerUsesIsNotReplaced()
    {
        QVERIFY(sql::backUpSqlite(m_file->path(), m_copy));
        m_store.reset();
        const auto server = test::sqliteStore(m_file->path(), sql::Use::Serve);
        QVERIFY(server->open());
        QVERIFY(failed(sql::restoreSqlite(m_file->path(), m_copy, true), "a server uses"));
        QCOMPARE(texts(m_file->path()), QByteArray("first"));
        QCOMPARE(filesBeside(), QStringList({QStringLiteral("copy.db")}));
    }

    void whatIsNoBackupChangesNothing_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<QByteArray>("words");
        QTest::newRow("empty") << QByteArray() << QByteArray("no backup");
        QTest::newRow("text") << QByteArray(5000, 'x') << QByteArray("no backup");
        QTest::newRow("its beginning alone")
            << QByteArray("SQLite format 3\0", 16) << QByteArray("restore a backup");
    }
    void whatIsNoBackupChangesNothing()
    {
        QFETCH(QByteArray, content);
        QFETCH(QByteArray, words);
        m_store.reset();
        test::write(m_copy, content);
        QVERIFY(failed(sql::restoreSqlite(m_file->path(), m_copy, true), words));
        QCOMPARE(texts(m_file->path()), QByteArray("first"));
        QCOMPARE(filesBeside(), QStringList({QStringLiteral("copy.db")}));
    }

    void aDamagedBackupChangesNothing()
    {
        QVERIFY(sql::backUpSqlite(m_file->path(), m_copy));
        QVERIFY(test::querySqlite(m_copy, "DELETE FROM mailbox"));
        m_store.reset();
        QVERIFY(failed(sql::restoreSqlite(m_file->path(), m_copy, true), "mailboxes"));
        QCOMPARE(texts(m_file->path()), QByteArray("first"));
    }

    // Its log has what the file lacks.
    void aStoreInUseIsNoBackup()
    {
        QVERIFY(sends("in the log"));
        const auto other = m_file->pathOf(QStringLiteral("other.db"));
        QVERIFY(failed(sql::restoreSqlite(other, m_file->path(), true), "-wal"));
        QVERIFY(!QFileInfo::exists(other));
    }

private:
    bool sends(const QByteArray &body)
    {
        return test::stores(*m_store, {Alice, Bob, {}, body, false, {}});
    }
    static QByteArray texts(const QString &path)
    {
        return valueOf(test::querySqlite(
            path, "SELECT group_concat(body) FROM (SELECT body FROM unread ORDER BY seq)"));
    }
    static int count(const QString &path)
    {
        return valueOf(test::querySqlite(path, "SELECT count(*) FROM unread")).toInt();
    }
    // All but the store's own.
    QStringList filesBeside() const
    {
        QStringList files = QFileInfo(m_file->path()).dir().entryList(QDir::Files, QDir::Name);
        files.removeIf([](const QString &name) {
            return name.startsWith(QLatin1String("parley.db"))
                && (name.size() == 9 || name.endsWith(QLatin1String("-wal"))
                    || name.endsWith(QLatin1String("-shm")));
        });
        return files;
    }
    template <class T> static bool failed(const Result<T> &result, const QByteArray &words)
    {
        if (!result && result.failure().text.contains(QString::fromUtf8(words)))
            return true;
        qCritical("%s", result ? "it went well" : qPrintable(result.failure().text));
        return false;
    }

    std::unique_ptr<test::SqliteFile> m_file;
    std::unique_ptr<Store> m_store;
    QString m_copy;
};

QTEST_GUILESS_MAIN(SqliteBackup)
#include "sqlitebackup.moc"
