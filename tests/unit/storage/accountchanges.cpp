// SPDX-License-Identifier: MIT
// What other processes change of accounts is in force within a second, and looking for it costs an
// idle server next to nothing.
#include "storage/storagethread.h"
#include "support/fakeclock.h"
#include "support/sqlitefile.h"
#include "support/stores.h"

#include <QTest>

using namespace parley;
using namespace parley::storage;
using parley::test::Bob;

namespace {

// So often in a second, of which three quarters are left for what follows.
constexpr milliseconds Interval = 250ms;

// A store that counts its transactions.
class CountingStore final : public Store {
public:
    CountingStore(std::unique_ptr<Store> store, std::atomic<int> &transactions)
        : m_store(std::move(store))
        , m_transactions(transactions)
    {
    }

    Done open() override { return m_store->open(); }
    Result<std::vector<Outcome>> apply(std::span<const Operation> operations, Time now) override
    {
        auto outcomes = m_store->apply(operations, now);
        ++m_transactions;
        return outcomes;
    }
    bool isOpen() const override { return m_store->isOpen(); }
    Done check() override { return m_store->check(); }
    void close() override { m_store->close(); }

private:
    const std::unique_ptr<Store> m_store;
    std::atomic<int> &m_transactions;
};

} // namespace

class AccountChangesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { sql::loadDrivers(); }
    void init()
    {
        QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
        m_transactions = 0;
        m_told = 0;
        m_changes.clear();
        m_file = std::make_unique<test::SqliteFile>();
        m_other = m_file->opened();
        QVERIFY(test::addAliceAndBob(*m_other));
        m_thread = std::make_unique<StorageThread>(
            std::make_unique<CountingStore>(m_file->store(), m_transactions), m_clock);
        connect(m_thread.get(), &StorageThread::committed, this, &AccountChangesTest::note);
        QVERIFY(m_thread->open());
        QTRY_VERIFY(m_transactions >= 2); // everybody is offline; the first look
    }
    void cleanup()
    {
        m_thread.reset();
        m_other.reset();
    }

    void anotherProcesssChangeIsToldAtTheNextLook_data()
    {
        QTest::addColumn<bool>("isKick");
        QTest::newRow("disabled") << false;
        QTest::newRow("kicked") << true;
    }
    void anotherProcesssChangeIsToldAtTheNextLook()
    {
        QFETCH(bool, isKick);
        ChangeUser change{"bob", {}, {}};
        if (isKick)
            change.kick = true;
        else
            change.enabled = false;
        QVERIFY(test::perform(*m_other, {change}));
        m_clock.advance(Interval);
        QTRY_COMPARE(m_changes.size(), size_t(1));
        QCOMPARE(m_changes.front().user, Bob);
        QCOMPARE(m_changes.front().scope, AccountChange::Scope::All);
    }

    // One transaction that reads, for each look, and nobody is woken up.
    void looksThatFindNothingAreToldNobody()
    {
        const int before = m_transactions;
        for (int looks = 1; looks <= 8; ++looks) {
            m_clock.advance(Interval);
            QTRY_COMPARE(m_transactions, before + looks);
        }
        QCoreApplication::processEvents();
        QCOMPARE(m_told, 0);
    }

private:
    void note(const BatchPtr &batch)
    {
        ++m_told;
        for (const Outcome &outcome : batch->outcomes) {
            if (const auto *found = std::get_if<AccountChanges>(&outcome))
                m_changes.insert(m_changes.end(), found->changes.begin(), found->changes.end());
        }
    }

    std::unique_ptr<test::SqliteFile> m_file;
    std::unique_ptr<Store> m_other; // another process's
    test::FakeClock m_clock;
    std::atomic<int> m_transactions = 0;
    int m_told = 0;
    std::vector<AccountChange> m_changes;
    std::unique_ptr<StorageThread> m_thread;
};

QTEST_GUILESS_MAIN(AccountChangesTest)
#include "accountchanges.moc"
