// SPDX-License-Identifier: MIT
// What SQLite's file can do to a server, and that the server recovers from it.
#include "storage/sql/open.h"
#include "support/filelimit.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <sqlite3.h>
#include <sys/stat.h>

using namespace parley;
using namespace parley::storage;

namespace {

constexpr UserId Bob(2);
constexpr Time Now = fromMs(1'700'000'000'000);

StoreMessage message(const QByteArray &body)
{
    return {UserId(1), Bob, {}, body, false, {}};
}

} // namespace

class SqliteFaults final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { sql::loadDrivers(); }
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_path = m_folder->filePath(QStringLiteral("parley.db"));
    }
    void cleanup() { m_store.reset(); }

    void theFilesAreTheOwnersOnly()
    {
        openStore();
        for (const char *suffix : {"", "-wal", "-shm"}) {
            struct stat facts { };
            const QByteArray path = QFile::encodeName(m_path) + suffix;
            QCOMPARE(stat(path.constData(), &facts), 0);
            QCOMPARE(facts.st_mode & 0777, mode_t(0600));
        }
    }

    void aFileThatIsNoDatabaseIsRefused()
    {
        QFile file(m_path);
        QVERIFY(file.open(QFile::WriteOnly));
        file.write(QByteArray("This is no database. ").repeated(1000));
        file.close();
        const auto store = sql::makeStore(QStringLiteral("sqlite:") + m_path, {});
        const auto opened = (*store)->open();
        QVERIFY(!opened);
        QVERIFY(!opened.failure().transient);
        QVERIFY(opened.failure().text.contains(m_path));
        QVERIFY(QFile(m_path).size() == 21'000);
    }

    void aMissingFolderIsAFailure()
    {
        const auto path = m_folder->filePath(QStringLiteral("missing/parley.db"));
        const auto opened = (*sql::makeStore(QStringLiteral("sqlite:") + path, {}))->open();
        QVERIFY(!opened);
        QVERIFY(opened.failure().text.contains(path));
    }

    void whatDoesNotFitIsNotStoredAndLaterIs()
    {
        openStore();
        QVERIFY(stored(message("before")));
        {
            const test::FileLimit limit(QFile(m_path + QStringLiteral("-wal")).size() + 100'000);
            const auto failed = apply({message("small"), message(QByteArray(200'000, 'x'))});
            QVERIFY(!failed);
            QVERIFY(failed.failure().transient);
            QVERIFY(failed.failure().text.contains(m_path));
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
        QCOMPARE(sqlite3_open(QFile::encodeName(m_path).constData(), &other), SQLITE_OK);
        QCOMPARE(sqlite3_exec(other, "BEGIN IMMEDIATE", nullptr, nullptr, nullptr), SQLITE_OK);
        QCOMPARE(unread(), 0);
        const auto failed = apply({message("while he writes")});
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
        auto other = sql::makeStore(QStringLiteral("sqlite:") + m_path, {});
        QVERIFY((*other)->open());
        const Operation add{AddUser{{UserId(3), "carol", "", true}}, {}, {}};
        QVERIFY((*other)->apply({&add, 1}, Now));
        other->reset();
        QVERIFY(stored({UserId(1), UserId(3), {}, "welcome", false, {}}));
    }

    // What the store knows of a mailbox and its user holds only as long as nobody else writes.
    void anotherProcessMayDisableUsersMeanwhile()
    {
        openStore();
        QVERIFY(stored(message("before")));
        auto other = sql::makeStore(QStringLiteral("sqlite:") + m_path, {});
        QVERIFY((*other)->open());
        const auto enable = [&](bool enabled) {
            const Operation change{ChangeUser{"bob", {}, enabled}, {}, {}};
            return bool((*other)->apply({&change, 1}, Now));
        };
        QVERIFY(enable(false));
        QVERIFY(!stored(message("while he is disabled")));
        QVERIFY(enable(true));
        QVERIFY(stored(message("afterwards")));
        QCOMPARE(unread(), 2);
    }

    void anotherProcessMayWriteToTheSameMailbox()
    {
        openStore();
        auto other = sql::makeStore(QStringLiteral("sqlite:") + m_path, {});
        QVERIFY((*other)->open());
        const Operation send{message("from there"), {}, {}};
        for (int i = 1; i <= 3; ++i) {
            QVERIFY(stored(message("from here")));
            QCOMPARE(unread(), 2 * i - 1); // a read between does not hide that he wrote
            QVERIFY((*other)->apply({&send, 1}, Now));
            QCOMPARE(unread(), 2 * i);
        }
        QVERIFY(m_store->check());
    }

    void aBatchThatFailsLeavesNothingBehind()
    {
        openStore();
        QVERIFY(stored(message("before")));
        tamper("CREATE TRIGGER refuse BEFORE INSERT ON unread WHEN NEW.body = 'no'"
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
        tamper("UPDATE mailbox SET unread_bytes = 4 WHERE user_id = 2");
        const auto checked = m_store->check();
        QVERIFY(!checked);
        QVERIFY(checked.failure().text.endsWith(QStringLiteral(" 2")));
        tamper("UPDATE mailbox SET unread_bytes = 3 WHERE user_id = 2");
        QVERIFY(m_store->check());
        tamper("UPDATE mailbox SET last_seq = 0 WHERE user_id = 2");
        QVERIFY(!m_store->check());
    }

private:
    void openStore()
    {
        auto store = sql::makeStore(QStringLiteral("sqlite:") + m_path, {});
        QVERIFY(store);
        m_store = std::move(*store);
        QVERIFY(m_store->open());
        QVERIFY(apply({AddUser{{UserId(1), "alice", "", true}}, AddUser{{Bob, "bob", "", true}}}));
    }
    Result<std::vector<Outcome>> apply(const std::vector<Action> &actions)
    {
        std::vector<Operation> operations;
        for (const Action &action : actions)
            operations.push_back({action, {}, {}});
        return m_store->apply(operations, Now);
    }
    bool stored(const StoreMessage &action)
    {
        const auto outcomes = apply({action});
        return outcomes && std::holds_alternative<Stored>(outcomes->front());
    }
    int unread()
    {
        const auto outcomes = apply({ReadMailbox{Bob}});
        return outcomes ? int(std::get<Mailbox>(outcomes->front()).count) : -1;
    }
    void tamper(const char *sql)
    {
        sqlite3 *other = nullptr;
        QCOMPARE(sqlite3_open(QFile::encodeName(m_path).constData(), &other), SQLITE_OK);
        QCOMPARE(sqlite3_exec(other, sql, nullptr, nullptr, nullptr), SQLITE_OK);
        sqlite3_close(other);
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_path;
    std::unique_ptr<Store> m_store;
};

QTEST_GUILESS_MAIN(SqliteFaults)
#include "sqlitefaults.moc"
