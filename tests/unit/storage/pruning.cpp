// SPDX-License-Identifier: MIT
// What is over its time goes in slices: whoever sends meanwhile waits for one of them at most.
#include "storage/storagethread.h"
#include "support/fakeclock.h"
#include "support/sqlitefile.h"
#include "support/stores.h"

#include <QTest>

using namespace parley;
using namespace parley::storage;
using parley::test::Alice;
using parley::test::Bob;

namespace {

constexpr int Rows = 2000; // a few slices
constexpr qint64 MostInASlice = 100;
constexpr milliseconds Pause = 5ms; // between two of them

// A store that notes how much each slice took away.
class NotingStore final : public Store {
public:
    NotingStore(std::unique_ptr<Store> store, std::mutex &mutex, std::vector<qint64> &slices)
        : m_store(std::move(store))
        , m_mutex(mutex)
        , m_slices(slices)
    {
    }

    Done open() override { return m_store->open(); }
    Result<std::vector<Outcome>> apply(std::span<const Operation> operations, Time now) override
    {
        auto outcomes = m_store->apply(operations, now);
        const std::lock_guard lock(m_mutex);
        for (size_t i = 0; outcomes && i < outcomes->size(); ++i) {
            if (const auto *pruned = std::get_if<Pruned>(&(*outcomes)[i]))
                m_slices.push_back(pruned->rows);
        }
        return outcomes;
    }
    bool isOpen() const override { return m_store->isOpen(); }
    Done check() override { return m_store->check(); }
    void close() override { m_store->close(); }

private:
    const std::unique_ptr<Store> m_store;
    std::mutex &m_mutex;
    std::vector<qint64> &m_slices;
};

} // namespace

class PruningTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { sql::loadDrivers(); }
    void init()
    {
        QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
        m_slices.clear();
        m_file = std::make_unique<test::SqliteFile>();
        const auto store = m_file->opened();
        QVERIFY(test::addAliceAndBob(*store));
        std::vector<Action> actions;
        for (int i = 0; i < Rows; ++i)
            actions.emplace_back(
                StoreMessage{Alice, Bob, "k" + QByteArray::number(i), "", false, {}});
        actions.emplace_back(Confirm{Bob, {}, Seq(Rows)});
        QVERIFY(test::perform(*store, actions, m_clock.now() - 48h));
        m_thread = std::make_unique<StorageThread>(
            std::make_unique<NotingStore>(m_file->store(), m_mutex, m_slices), m_clock);
        connect(m_thread.get(), &StorageThread::committed, this,
            [this](const BatchPtr &batch) { m_told.push_back(batch); });
        QVERIFY(m_thread->open());
    }
    void cleanup()
    {
        m_thread.reset();
        m_told.clear();
    }

    void oldRowsGoInSlices()
    {
        size_t seen = 0;
        for (qint64 gone = 0; gone < Rows;) {
            QTRY_VERIFY(slices().size() > seen);
            gone += slices()[seen++];
            m_clock.advance(Pause);
        }
        for (const qint64 rows : slices())
            QVERIFY2(rows <= MostInASlice, QByteArray::number(rows));
        QTRY_COMPARE(m_file->query("SELECT count(*) FROM sent"), QByteArray("0"));
        QCOMPARE(m_file->query("SELECT count(*) FROM sent_key"), QByteArray("0"));
    }

    // Between two slices there is time for all who send.
    void whoSendsMeanwhileWaitsForNoMoreThanASlice()
    {
        QTRY_COMPARE(slices().size(), size_t(1));
        for (int i = 1; i <= 5; ++i) {
            m_thread->submit({{StoreMessage{Alice, Bob, {}, "x", false, {}}, ConnectionId(1), {}}});
            QTRY_COMPARE(int(m_told.size()), i);
            QVERIFY(std::holds_alternative<Stored>(m_told.back()->outcomes.front()));
        }
        QCOMPARE(slices(), std::vector<qint64>{MostInASlice});
        m_clock.advance(Pause);
        QTRY_COMPARE(slices().size(), size_t(2));
    }

private:
    std::vector<qint64> slices()
    {
        const std::lock_guard lock(m_mutex);
        return m_slices;
    }

    std::unique_ptr<test::SqliteFile> m_file;
    test::FakeClock m_clock;
    std::mutex m_mutex;
    std::vector<qint64> m_slices;
    std::vector<BatchPtr> m_told;
    std::unique_ptr<StorageThread> m_thread;
};

QTEST_GUILESS_MAIN(PruningTest)
#include "pruning.moc"
