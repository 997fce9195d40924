// SPDX-License-Identifier: MIT
// SqliteDatabase: what a commit writes to the log goes there in one piece, and is there when the
// commit returns.
#include "storage/sql/open.h"
#

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace parley;
using namespace parley::storage;

namespace {

constexpr int Users = 50;

// Calls of write and pwrite that this thread made so far.
qint64 writeCalls()
{
    QFile io(QStringLiteral("/proc/thread-self/io"));
    if (!io.open(QFile::ReadOnly))
        return -1;
    for (const QByteArray &line : io.readAll().split('\n')) {
        if (line.startsWith("syscw: "))
            return line.mid(7).toLongLong();
    }
    return -1;
}

// One message to each user.
std::vector<Operation> messages(int round)
{
    std::vector<Operation> operations;
    for (int user = 1; user <= Users; ++user)
        operations.push_back({StoreMessage{UserId(user), UserId(user), QByteArray::number(round),
                                  QByteArray(200, 'x'), false, {}},
            {}, {}});
    return operations;
}

} // namespace

class SqliteWalFileTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void aCommitIsOneWriteOfManyPages();
    void aCommitIsInTheFileWhenItReturns();
    void aTransactionLargerThanTheCacheComesThrough();
    void aLogOf32MiBIsCopiedIntoTheDatabase();

private:
    std::unique_ptr<Store> openStore();
    std::unique_ptr<QTemporaryDir> m_folder;
};

void SqliteWalFileTest::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    const auto store = openStore();
    std::vector<Operation> users;
    for (int user = 1; user <= Users; ++user)
        users.push_back(
            {AddUser{{UserId(user), "u" + QByteArray::number(user), {}, true}}, {}, {}});
    QVERIFY(store->apply(users, Time()));
}

std::unique_ptr<Store> SqliteWalFileTest::openStore()
{
    // Every character that means something in a URI.
    const QString path = m_folder->filePath(QStringLiteral("a b?c#d%20&e=f.db"));
    auto store = sql::makeStore(QStringLiteral("sqlite:") + path, Limits());
    if (!store || !(*store)->open())
        return nullptr;
    return std::move(*store);
}

void SqliteWalFileTest::aCommitIsOneWriteOfManyPages()
{
    const auto store = openStore();
    QVERIFY(store);
    QVERIFY(store->apply(messages(0), Time())); // the log begins with its own header
    const qint64 before = writeCalls();
    QVERIFY(before >= 0);
    QVERIFY(store->apply(messages(1), Time()));
    QCOMPARE(writeCalls() - before, 1);
}

void SqliteWalFileTest::aCommitIsInTheFileWhenItReturns()
{
    const auto store = openStore();
    QVERIFY(store);
    QVERIFY(store->apply(messages(0), Time()));
    // As it is now, without what the open store would still do at its end.
    const QString path = m_folder->filePath(QStringLiteral("a b?c#d%20&e=f.db"));
    const QString copy = m_folder->filePath(QStringLiteral("copy.db"));
    QVERIFY(QFile::copy(path, copy));
    QVERIFY(QFile::copy(path + QStringLiteral("-wal"), copy + QStringLiteral("-wal")));
    auto copied = sql::makeStore(QStringLiteral("sqlite:") + copy, Limits());
    QVERIFY(copied && (*copied)->open());
    for (int user = 1; user <= Users; ++user) {
        const Operation read{ReadMailbox{UserId(user)}, {}, {}};
        const auto outcomes = (*copied)->apply({&read, 1}, Time());
        QVERIFY(outcomes);
        QCOMPARE(std::get<Mailbox>(outcomes->front()).count, 1);
    }
}

void SqliteWalFileTest::aTransactionLargerThanTheCacheComesThrough()
{
    const auto store = openStore();
    QVERIFY(store);
    std::vector<Operation> operations;
    for (int i = 0; i < 2000; ++i) // 64 MB
        operations.push_back({StoreMessage{UserId(1), UserId(1 + i % Users), QByteArray::number(i),
                                  QByteArray(32'000, 'x'), false, {}},
            {}, {}});
    QVERIFY(store->apply(operations, Time()));
    QVERIFY(store->check());
    const Operation fetch{Fetch{UserId(1), Seq(0), 500, 1 << 20}, {}, {}};
    const auto outcomes = store->apply({&fetch, 1}, Time());
    QVERIFY(outcomes);
    QCOMPARE(std::get<Fetched>(outcomes->front()).messages.size(), 32u);
}

// Once, and told; what comes then is written from the log's beginning.
void SqliteWalFileTest::aLogOf32MiBIsCopiedIntoTheDatabase()
{
    const auto store = openStore();
    QVERIFY(store);
    const auto log = [&store] {
        const Operation survey{Survey{{}, 1}, {}, {}};
        const auto outcomes = store->apply({&survey, 1}, Time());
        return *std::get<Surveyed>(outcomes->front()).log;
    };
    const auto large = [](int number) {
        return Operation{StoreMessage{UserId(1), UserId(1 + number % Users),
                             QByteArray::number(number), QByteArray(32'000, 'x'), false, {}},
            {}, {}};
    };
    qint64 before = 0;
    int number = 0;
    for (; log().checkpoints == 0 && number < 1200; ++number) { // 38 MB
        before = log().bytes;
        const Operation operation = large(number);
        QVERIFY(store->apply({&operation, 1}, Time()));
    }
    QCOMPARE(log().checkpoints, 1);
    QVERIFY(log().checkpointing.count() > 0);
    QVERIFY2(before > 32'000'000 && before < 8000 * 4120 + 32, QByteArray::number(before));
    const Operation operation = large(number);
    QVERIFY(store->apply({&operation, 1}, Time()));
    QVERIFY(log().bytes < 1'000'000);
    QCOMPARE(log().checkpoints, 1);
}

QTEST_GUILESS_MAIN(SqliteWalFileTest)
#include "sqlitewalfile.moc"
