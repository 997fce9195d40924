// SPDX-License-Identifier: MIT
// A database is a file, whatever its names: two servers never use the same one, and what is SENT is
// never written to one that has gone.
#include "storage/storagethread.h"
#include "support/sqlitefile.h"
#include "support/stores.h"

#include <QFile>
#include <QTest>

#include <unistd.h>

using namespace parley;
using namespace parley::storage;
using sql::Use;
using test::sqliteStore;

namespace {

bool stores(Store &store)
{
    return test::stores(store, {test::Alice, test::Bob, {}, "text", false, {}});
}

// -1: it cannot be read.
int unread(Store &store)
{
    return test::unread(store, test::Bob);
}

} // namespace

class SqlitePlaces final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { sql::loadDrivers(); }
    void init()
    {
        m_file = std::make_unique<test::SqliteFile>(QStringLiteral("data/parley.db"));
        m_path = m_file->path();
        m_server = sqliteStore(m_path, Use::Serve);
        QVERIFY(m_server->open());
        QVERIFY(test::addAliceAndBob(*m_server));
        QVERIFY(stores(*m_server));
    }
    void cleanup() { m_server.reset(); }

    void aSecondServerIsRefusedByWhateverName_data()
    {
        QTest::addColumn<QString>("name");
        QTest::newRow("the same") << QStringLiteral("data/parley.db");
        QTest::newRow("a detour") << QStringLiteral("data/../data/parley.db");
        QTest::newRow("a symbolic link") << QStringLiteral("link.db");
        QTest::newRow("a linked folder") << QStringLiteral("folder/parley.db");
    }
    void aSecondServerIsRefusedByWhateverName()
    {
        QFETCH(QString, name);
        QVERIFY(QFile::link(m_path, file(QStringLiteral("link.db"))));
        QVERIFY(QFile::link(file(QStringLiteral("data")), file(QStringLiteral("folder"))));
        const auto opened = sqliteStore(file(name), Use::Serve)->open();
        QVERIFY(!opened);
        QVERIFY(opened.failure().text.contains(QStringLiteral("another server uses this store")));
        QVERIFY(stores(*m_server));
    }

    void aFileWithTwoNamesIsRefused()
    {
        const QString other = file(QStringLiteral("other.db"));
        QCOMPARE(::link(QFile::encodeName(m_path), QFile::encodeName(other)), 0);
        for (const Use use : {Use::Serve, Use::Administer}) {
            const auto opened = sqliteStore(other, use)->open();
            QVERIFY(!opened);
            QVERIFY(opened.failure().text.contains(QStringLiteral("2 hard links")));
        }
        QVERIFY(stores(*m_server)); // which has it already, under one of them
        m_server.reset();
        QVERIFY(!sqliteStore(m_path, Use::Serve)->open());
        QVERIFY(QFile::remove(other));
        QVERIFY(sqliteStore(m_path, Use::Serve)->open());
    }

    void theAdministrationGoesOnBesideAServer()
    {
        const auto other = m_file->opened();
        QVERIFY(test::perform(*other, {AddUser{{UserId(3), "carol", "", true}}}));
        QVERIFY(stores(*m_server));
    }

    void theFileIsFreeWhenTheServerHasEnded()
    {
        m_server.reset();
        const auto next = sqliteStore(m_path, Use::Serve);
        QVERIFY(next->open());
        QCOMPARE(unread(*next), 1);
    }

    void aDatabaseThatIsMovedAwayIsNotWrittenTo_data()
    {
        QTest::addColumn<QString>("what");
        QTest::newRow("the file") << QStringLiteral("data/parley.db");
        QTest::newRow("its folder") << QStringLiteral("data");
    }
    void aDatabaseThatIsMovedAwayIsNotWrittenTo()
    {
        QFETCH(QString, what);
        QVERIFY(QFile::rename(file(what), file(QStringLiteral("away"))));
        QVERIFY(!stores(*m_server));
        QVERIFY(!m_server->isOpen());
        const auto gone = m_server->open();
        QVERIFY(!gone);
        QVERIFY(gone.failure().transient);
        QVERIFY(gone.failure().text.contains(QStringLiteral("moved or removed")));
        QVERIFY(!QFile::exists(m_path)); // no new one in its place
        QVERIFY(QFile::rename(file(QStringLiteral("away")), file(what)));
        QVERIFY(m_server->open());
        QCOMPARE(unread(*m_server), 1);
        QVERIFY(stores(*m_server));
        QVERIFY(m_server->check());
        // Still nobody else's.
        QVERIFY(!sqliteStore(m_path, Use::Serve)->open());
    }

    void whoOnlyReadsNoticesIt()
    {
        QVERIFY(QFile::rename(m_path, file(QStringLiteral("away"))));
        QCOMPARE(unread(*m_server), -1);
        QVERIFY(!m_server->isOpen());
    }

    void aDatabaseThatIsRemovedIsNotMadeAnew()
    {
        QVERIFY(QFile::remove(m_path));
        QVERIFY(!stores(*m_server));
        QVERIFY(!m_server->open());
        QVERIFY(!QFile::exists(m_path));
    }

    void anotherFileInItsPlaceIsNotUsed()
    {
        QVERIFY(QFile::rename(m_path, file(QStringLiteral("away"))));
        QVERIFY(QFile::copy(file(QStringLiteral("away")), m_path));
        QVERIFY(!stores(*m_server));
        const auto opened = m_server->open();
        QVERIFY(!opened);
        QVERIFY(opened.failure().text.contains(QStringLiteral("not the file that was in use")));
        QVERIFY(QFile::remove(m_path));
        QVERIFY(QFile::rename(file(QStringLiteral("away")), m_path));
        QVERIFY(m_server->open());
        QCOMPARE(unread(*m_server), 1);
    }

    // What was SENT is in the log alone, and still comes into the file.
    void aLogThatIsRemovedLosesNothing_data()
    {
        QTest::addColumn<QString>("suffix");
        QTest::newRow("the log") << QStringLiteral("-wal");
        QTest::newRow("its index") << QStringLiteral("-shm");
    }
    void aLogThatIsRemovedLosesNothing()
    {
        QFETCH(QString, suffix);
        QVERIFY(QFile::remove(m_path + suffix));
        QVERIFY(!stores(*m_server));
        QVERIFY(m_server->open());
        QCOMPARE(unread(*m_server), 1);
        QVERIFY(stores(*m_server));
        QVERIFY(QFile::exists(m_path + suffix));
        QVERIFY(m_server->check());
        m_server.reset();
        QCOMPARE(unread(*m_file->opened()), 2);
    }

    void aDatabaseThatWasEmptiedIsNotFilledAnew()
    {
        m_file->query("DROP TABLE schema_version");
        const auto opened = m_server->open();
        QVERIFY(!opened);
        QVERIFY(opened.failure().text.contains(QStringLiteral("there is no store")));
    }

    // Nobody asks anything: the server looks by itself.
    void aServerNoticesByItselfThatItsDatabaseGoesAndComes()
    {
        m_server.reset();
        const SystemClock clock;
        StorageThread thread(sqliteStore(m_path, Use::Serve), clock);
        QVERIFY(thread.open());
        QVERIFY(thread.isAvailable());
        QTest::ignoreMessage(QtCriticalMsg,
            QRegularExpression(QStringLiteral("^the store is unavailable: .*moved or removed")));
        QVERIFY(QFile::rename(m_path, file(QStringLiteral("away"))));
        QTRY_VERIFY_WITH_TIMEOUT(!thread.isAvailable(), 30'000);
        QVERIFY(QFile::rename(file(QStringLiteral("away")), m_path));
        QTRY_VERIFY_WITH_TIMEOUT(thread.isAvailable(), 30'000);
    }

private:
    QString file(const QString &name) const { return m_file->pathOf(name); }

    std::unique_ptr<test::SqliteFile> m_file;
    QString m_path;
    std::unique_ptr<Store> m_server;
};

QTEST_GUILESS_MAIN(SqlitePlaces)
#include "sqliteplaces.moc"
