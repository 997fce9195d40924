// SPDX-License-Identifier: MIT
// What SQLite's file can do to a server, and that the server recovers from it.
#include "support/filelimit.h"
#include "support/sqlitefile.h"
#include "support/stores.h"

#include <QFile>
#include <QTest>

#include <sqlite3.h>
#include <sys/stat.h>

using namespace parley;
using namespace parley::storage;
using test::Alice;
using test::Bob;

namespace {

StoreMessage message(const QByteArray &body)
{
    return {Alice, Bob, {}, body, false, {}};
}

} // namespace

class SqliteFaults final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { sql::loadDrivers(); }
    void init() { m_file = std::make_unique<test::SqliteFile>(); }
    void cleanup() { m_store.reset(); }

    void theFilesAreTheOwnersOnly()
    {
        openStore();
        for (const char *suffix : {"", "-wal", "-shm"}) {
            struct stat facts { };
            const QByteArray path = QFile::encodeName(m_file->path()) + suffix;
            QCOMPARE(stat(path.constData(), &facts), 0);
            QCOMPARE(facts.st_mode & 0777, mode_t(0600));
        }
    }

    void aFileThatIsNoDatabaseIsRefused()
    {
        QFile file(m_file->path());
        QVERIFY(file.open(QFile::WriteOnly));
        file.write(QByteArray("This is no database. ").repeated(1000));
        file.close();
        const auto opened = m_file->store()->open();
        QVERIFY(!opened);
        QVERIFY(!opened.failure().transient);
        QVERIFY(opened.failure().text.contains(m_file->path()));
        QVERIFY(QFile(m_file->path()).size() == 21'000);
    }

    void aMissingFolderIsAFailure()
    {
        const auto path = m_file->pathOf(QStringLiteral("missing/parley.db"));
        const auto opened = test::sqliteStore(path)->open();
        QVERIFY(!opened);
        QVERIFY(opened.failure().text.contains(path));
    }

    void whatDoesNotFitIsNotStoredAndLaterIs()
    {
        openStore();
        QVERIFY(stored(message("before")));
        {
            const test::FileLimit limit(
                QFile(m_file->path() + QStringLiteral("-wal")).size() + 100'000);
            const auto failed = apply({message("small"), message(QByteArray(200'000, 'x'))});
            QVERIFY(!failed);
            QVERIFY(failed.failure().transient);
            QVERIFY(failed.failure().text.contains(m_file->path()));
            QVERIFY(m_store->isOpen());
            // Who only reads is served meanwhile.
            QCOMPARE(unread(), 1);
        }
        QVERIFY(stored(message(QByteArray(200'000, 'x'))));
        QCOMPARE(unread(), 2);
        QVERIFY(m_store->check());
    }

    // Somebody else, who may only read: made so by PRAGMA, for root may write to any file.
    void anotherWriterIsWaitedForAndReadsGoOn()
    {
        openStore();
        sqlite3 *other = nullptr;
        QCOMPARE(sqlite3_open(QFile::encodeName(m_file->path()).constData(), &other), SQLITE_OK);
        QCOMPARE(sqlite3_exec(other, "BEGIN IMMEDIATE", nullptr, nullptr, nullptr), SQLITE_OK);
        QCOMPARE(unread(), 0);
        const auto failed = apply({message("while it writes")});
        QVERIFY(!failed);
        QVERIFY(failed.failure().transient);
        sqlite3_exec(other, "COMMIT", nullptr, nullptr, nullptr);
        sqlite3_close(other);
        QVERIFY(stored(message("afterwards")));
        QCOMPARE(unread(), 1);
    }

    void anotherProcessMayAddUsersMeanwhile()
    {
        openStore();
        auto other = m_file->opened();
        QVERIFY(test::perform(*other, {AddUser{{UserId(3), "carol", "", true}}}));
        other.reset();
        QVERIFY(stored({Alice, UserId(3), {}, "welcome", false, {}}));
    }

    // What the store knows of a mailbox and its user holds only as long as nobody else writes.
    void anotherProcessMayDisableUsersMeanwhile()
    {
        openStore();
        QVERIFY(stored(message("before")));
        const auto other = m_file->opened();
        const auto enable = [&](bool enabled) {
            return bool(test::perform(*other, {ChangeUser{"bob", {}, enabled}}));
        };
        QVERIFY(enable(false));
        QVERIFY(!stored(message("while disabled")));
        QVERIFY(enable(true));
        QVERIFY(stored(message("afterwards")));
        QCOMPARE(unread(), 2);
    }

    void anotherProcessMayWriteToTheSameMailbox()
    {
        openStore();
        const auto other = m_file->opened();
        for (int i = 1; i <= 3; ++i) {
            QVERIFY(stored(message("from here")));
            QCOMPARE(unread(), 2 * i - 1); // a read between does not hide that it wrote
            QVERIFY(test::stores(*other, message("from there")));
            QCOMPARE(unread(), 2 * i);
        }
        QVERIFY(m_store->check());
    }

    void aBatchThatFailsLeavesNothingBehind()
    {
        openStore();
        QVERIFY(stored(message("before")));
        m_file->query("CREATE TRIGGER refuse BEFORE INSERT ON unread WHEN NEW.body = 'no'"
                      " BEGIN SELECT RAISE(ABORT, 'refused'); END");
        QVERIFY(stored(message("known again")));
        QVERIFY(!apply({message("yes"), message("no")}));
        QVERIFY(stored(message("afterwards")));
        QCOMPARE(unread(), 3);
        QVERIFY(m_store->check());
    }

    void checkFindsACounterThatIsWrong()
    {
        openStore();
        QVERIFY(stored(message("one")));
        QVERIFY(m_store->check());
        m_file->query("UPDATE mailbox SET unread_bytes = 4 WHERE user_id = 2");
        const auto checked = m_store->check();
        QVERIFY(!checked);
        QVERIFY(checked.failure().text.contains(QStringLiteral("of the users: 2;")));
        m_file->query("UPDATE mailbox SET unread_bytes = 3 WHERE user_id = 2");
        QVERIFY(m_store->check());
        m_file->query("UPDATE mailbox SET last_seq = 0 WHERE user_id = 2");
        QVERIFY(!m_store->check());
    }

private:
    void openStore()
    {
        m_store = m_file->opened();
        QVERIFY(test::addAliceAndBob(*m_store));
    }
    Result<std::vector<Outcome>> apply(const std::vector<Action> &actions)
    {
        return test::perform(*m_store, actions);
    }
    bool stored(const StoreMessage &message) { return test::stores(*m_store, message); }
    int unread() { return test::unread(*m_store, Bob); }

    std::unique_ptr<test::SqliteFile> m_file;
    std::unique_ptr<Store> m_store;
};

QTEST_GUILESS_MAIN(SqliteFaults)
#include "sqlitefaults.moc"
