// SPDX-License-Identifier: MIT
// A database is a file, whatever its names: two servers never use the same one, and what is SENT is
// never written to one that has gone.
#include "storage/sql/open.h"
#include "storage/storagethread.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <sqlite3.h>
#include <unistd.h>

using namespace parley;
using namespace parley::storage;
using sql::Use;

namespace {

constexpr UserId Bob(2);
constexpr Time Now = fromMs(1'700'000'000'000);

Result<std::vector<Outcome>> apply(Store &store, const std::vector<Action> &actions)
{
    std::vector<Operation> operations;
    for (const Action &action : actions)
        operations.push_back({action, {}, {}});
    return store.apply(operations, Now);
}

bool stores(Store &store)
{
    const auto outcomes = apply(store, {StoreMessage{UserId(1), Bob, {}, "text", false, {}}});
    return outcomes && std::holds_alternative<Stored>(outcomes->front());
}

// -1: it cannot be read.
int unread(Store &store)
{
    const auto outcomes = apply(store, {ReadMailbox{Bob}});
    return outcomes ? int(std::get<Mailbox>(outcomes->front()).count) : -1;
}

} // namespace

class SqlitePlaces final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { sql::loadDrivers(); }
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        QVERIFY(QDir(m_folder->path()).mkdir(QStringLiteral("data")));
        m_path = file(QStringLiteral("data/parley.db"));
        m_server = made(m_path, Use::Serve);
        QVERIFY(m_server->open());
        QVERIFY(apply(
            *m_server, {AddUser{{UserId(1), "alice", "", true}}, AddUser{{Bob, "bob", "", true}}}));
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
        const auto opened = made(file(name), Use::Serve)->open();
        QVERIFY(!opened);
        QVERIFY(opened.failure().text.contains(QStringLiteral("another server has this store")));
        QVERIFY(stores(*m_server));
    }

    void aFileWithTwoNamesIsRefused()
    {
        const QString other = file(QStringLiteral("other.db"));
        QCOMPARE(::link(QFile::encodeName(m_path), QFile::encodeName(other)), 0);
        for (const Use use : {Use::Serve, Use::Administer}) {
            const auto opened = made(other, use)->open();
            QVERIFY(!opened);
            QVERIFY(opened.failure().text.contains(QStringLiteral("2 names")));
        }
        QVERIFY(stores(*m_server)); // which has it already, under one of them
        m_server.reset();
        QVERIFY(!made(m_path, Use::Serve)->open());
        QVERIFY(QFile::remove(other));
        QVERIFY(made(m_path, Use::Serve)->open());
    }

    void theAdministrationGoesOnBesideAServer()
    {
        const auto other = made(m_path, Use::Administer);
        QVERIFY(other->open());
        QVERIFY(apply(*other, {AddUser{{UserId(3), "carol", "", true}}}));
        QVERIFY(stores(*m_server));
    }

    void theFileIsFreeWhenTheServerHasEnded()
    {
        m_server.reset();
        const auto next = made(m_path, Use::Serve);
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
        QVERIFY(!made(m_path, Use::Serve)->open());
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
        QVERIFY(opened.failure().text.contains(QStringLiteral("another file")));
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
        QCOMPARE(unread(*opened(m_path)), 2);
    }

    void aDatabaseThatWasEmptiedIsNotFilledAnew()
    {
        sqlite3 *other = nullptr;
        QCOMPARE(sqlite3_open(QFile::encodeName(m_path).constData(), &other), SQLITE_OK);
        QCOMPARE(
            sqlite3_exec(other, "DROP TABLE schema_version", nullptr, nullptr, nullptr), SQLITE_OK);
        sqlite3_close(other);
        const auto opened = m_server->open();
        QVERIFY(!opened);
        QVERIFY(opened.failure().text.contains(QStringLiteral("empty now")));
    }

    // Nobody asks anything: the server looks by itself.
    void aServerNoticesByItselfThatItsDatabaseGoesAndComes()
    {
        m_server.reset();
        const SystemClock clock;
        StorageThread thread(made(m_path, Use::Serve), clock);
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
    QString file(const QString &name) const { return m_folder->filePath(name); }
    static std::unique_ptr<Store> made(const QString &path, Use use)
    {
        return std::move(*sql::makeStore(QStringLiteral("sqlite:") + path, {}, use));
    }
    static std::unique_ptr<Store> opened(const QString &path)
    {
        auto store = made(path, Use::Administer);
        if (!store->open())
            qFatal("the store does not open");
        return store;
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_path;
    std::unique_ptr<Store> m_server;
};

QTEST_GUILESS_MAIN(SqlitePlaces)
#include "sqliteplaces.moc"
