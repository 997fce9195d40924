// SPDX-License-Identifier: MIT
// SQLite's index of clientIds gets new keys late, thousands at a time, and a store knows what it
// wrote last without reading it: nobody may notice.
#include "support/sqlitefile.h"
#include "support/stores.h"
#include "support/why.h"

#include <QFile>
#include <QTest>

using namespace parley;
using namespace parley::storage;
using test::Alice;
using test::Bob;

namespace {

StoreMessage message(const QByteArray &key)
{
    return {Alice, Bob, key, "body", false, {}};
}

QByteArray key(int number)
{
    // Not in the order of time.
    return QByteArray::number(quint32(number) * 2654435761U, 16);
}

} // namespace

class SqliteKeys final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { sql::loadDrivers(); }
    void init()
    {
        m_file = std::make_unique<test::SqliteFile>();
        m_now = test::Now;
        m_store = m_file->opened();
        QVERIFY(test::addAliceAndBob(*m_store));
    }
    void cleanup()
    {
        QVERIFY(m_store->check());
        m_store.reset();
    }

    void keysAreKnownBeforeAndInTheIndex()
    {
        constexpr int Batch = 700;
        for (int first = 0; first < 20 * Batch; first += Batch) {
            std::vector<Action> actions;
            for (int i = first; i < first + Batch; ++i)
                actions.emplace_back(message(key(i)));
            // Sent again in the same batch, and some of all that were sent before.
            for (int i = 0; i < first + Batch; i += 97)
                actions.emplace_back(message(key(i)));
            // What was taken away makes room: the mailbox holds 10 000.
            actions.emplace_back(Confirm{Bob, {}, Seq(first + Batch)});
            const auto outcomes = apply(actions);
            for (int i = 0; i < Batch; ++i)
                QCOMPARE(seq(outcomes[size_t(i)], false), first + i + 1);
            for (int i = 0, n = Batch; i < first + Batch; i += 97, ++n)
                QCOMPARE(seq(outcomes[size_t(n)], true), i + 1);
            if (first % (3 * Batch) == 0)
                m_store = m_file->opened();
        }
        // It has most of them, but not all.
        const qint64 indexed = query("SELECT count(*) FROM sent_key");
        QVERIFY(indexed > 4000 && indexed < 20 * Batch);
        QCOMPARE(query("SELECT count(*) FROM sent WHERE confirmed_at IS NULL"), 0);
    }

    void whatAnotherProcessSentIsKnown()
    {
        const auto other = m_file->opened();
        const auto sendThere = [&](const QByteArray &key) {
            const Operation send{message(key), {}, {}};
            return seq(other->apply({&send, 1}, m_now)->front(), false);
        };
        QCOMPARE(seq(apply({message("a")}).front(), false), 1);
        QCOMPARE(sendThere("b"), 2);
        QCOMPARE(trackedSeq("b"), 2); // read between: no less known to who writes afterwards
        QCOMPARE(seq(apply({message("b")}).front(), true), 2);
        QCOMPARE(sendThere("c"), 3);
        QCOMPARE(seq(apply({message("c")}).front(), true), 3);
        QCOMPARE(seq(apply({message("d")}).front(), false), 4);
    }

    void aBatchThatFailsLeavesItsKeysFree()
    {
        apply({message("a")});
        query("CREATE TRIGGER refuse BEFORE INSERT ON sent WHEN NEW.client_id = 'no'"
              " BEGIN SELECT RAISE(ABORT, 'refused'); END");
        apply({message("b")});
        const std::vector<Operation> batch{{message("c"), {}, {}}, {message("no"), {}, {}}};
        QVERIFY(!m_store->apply(batch, m_now));
        QCOMPARE(trackedSeq("c"), 0);
        QCOMPARE(seq(apply({message("c")}).front(), false), 3);
    }

    void whatAnotherProcessConfirmedIsGone()
    {
        apply({message("a"), message("b"), message("c")});
        const auto other = m_file->opened();
        const Operation there{Confirm{Bob, {Seq(2)}, {}}, {}, {}};
        QCOMPARE(removedSeqs(other->apply({&there, 1}, m_now)->front()), (Seqs{2}));
        QCOMPARE(removedSeqs(apply({Confirm{Bob, {Seq(2)}, {}}}).front()), Seqs());
        QCOMPARE(removedSeqs(apply({Confirm{Bob, {}, Seq(9)}}).front()), (Seqs{1, 3}));
    }

    void aBatchThatFailsConfirmsNothing()
    {
        apply({message("a"), message("b")});
        query("CREATE TRIGGER refuse BEFORE INSERT ON sent WHEN NEW.client_id = 'no'"
              " BEGIN SELECT RAISE(ABORT, 'refused'); END");
        apply({message("c")});
        const std::vector<Operation> batch{
            {Confirm{Bob, {}, Seq(9)}, {}, {}}, {message("no"), {}, {}}};
        QVERIFY(!m_store->apply(batch, m_now));
        QCOMPARE(removedSeqs(apply({Confirm{Bob, {}, Seq(9)}}).front()), (Seqs{1, 2, 3}));
    }

    // The index takes keys by the numbers of their rows: one that came twice would be forgotten.
    void numbersAreNotGivenOutAgainWhenAllIsForgotten()
    {
        apply({message("a"), message("b"), message("c")});
        m_now += std::chrono::hours(25);
        QCOMPARE(std::get<Pruned>(apply({Prune{100}}).front()).rows, 3);
        QCOMPARE(query("SELECT count(*) FROM sent_key"), 0);
        m_store = m_file->opened();
        QCOMPARE(seq(apply({message("a")}).front(), false), 4);
        m_store = m_file->opened();
        QCOMPARE(trackedSeq("a"), 4);
        QCOMPARE(seq(apply({message("a")}).front(), true), 4);
    }

    void checkFindsAKeyThatIsMissing()
    {
        apply({message("a"), message("b")});
        QVERIFY(m_store->check());
        apply({Prune{100}}); // indexes them
        QVERIFY(m_store->check());
        query("DELETE FROM sent_key WHERE client_id = 'a'");
        QVERIFY(!m_store->check());
        query("INSERT INTO sent_key VALUES (1, 'a', 1), (1, 'c', 3)");
        QVERIFY(!m_store->check());
        query("DELETE FROM sent_key WHERE client_id = 'c'");
    }

    void aFileOfTheFirstSchemaKeepsItsKeys()
    {
        m_store.reset();
        QVERIFY(QFile::remove(m_file->path()));
        QFile first(QStringLiteral(":/sql/sqlite/migrations/0001_first.sql"));
        QVERIFY(first.open(QFile::ReadOnly));
        query(first.readAll());
        query(
            "CREATE TABLE schema_version (number BIGINT NOT NULL);"
            "INSERT INTO schema_version VALUES (1);"
            "INSERT INTO users VALUES (1, 'alice', '', 1), (2, 'bob', '', 1);"
            "INSERT INTO mailbox VALUES (1, 0, 0, 0), (2, 7, 1, 4);"
            "INSERT INTO unread VALUES (2, 7, 1, 'b', 'body', 5000, 0);"
            "INSERT INTO sent VALUES (3, 1, 'a', 2, 6, 4000, 4500), (9, 1, 'b', 2, 7, 5000, NULL)");
        m_store = m_file->opened();
        QCOMPARE(trackedSeq("a"), 6);
        QCOMPARE(seq(apply({message("b")}).front(), true), 7);
        QCOMPARE(seq(apply({message("c")}).front(), false), 8);
        apply({Confirm{Bob, {}, Seq(8)}});
        QCOMPARE(query("SELECT confirmed_at FROM sent WHERE client_id = 'a'"), 4500);
        QCOMPARE(query("SELECT count(*) FROM sent WHERE confirmed_at > 4500"), 2);
        QCOMPARE(query("SELECT id FROM sent WHERE client_id = 'c'"), 10);
    }

private:
    std::vector<Outcome> apply(const std::vector<Action> &actions)
    {
        return test::valueOf(test::perform(*m_store, actions, m_now));
    }
    // -1: another outcome
    static qint64 seq(const Outcome &outcome, bool duplicate)
    {
        const auto *stored = std::get_if<Stored>(&outcome);
        return stored && stored->duplicate == duplicate ? stored->seq.value() : -1;
    }
    using Seqs = QList<qint64>;
    static Seqs removedSeqs(const Outcome &outcome)
    {
        Seqs seqs;
        for (const Message &removed : std::get<Confirmed>(outcome).removed)
            seqs += removed.seq.value();
        return seqs;
    }
    qint64 trackedSeq(const QByteArray &key)
    {
        return std::get<Tracked>(apply({Track{Alice, key}}).front()).seq.value();
    }
    qint64 query(const QByteArray &sql) { return m_file->query(sql).toLongLong(); }

    std::unique_ptr<test::SqliteFile> m_file;
    Time m_now;
    std::unique_ptr<Store> m_store;
};

QTEST_GUILESS_MAIN(SqliteKeys)
#include "sqlitekeys.moc"
