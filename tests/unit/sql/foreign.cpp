// SPDX-License-Identifier: MIT
// Rows that somebody else wrote, changed or took away: the store says so, or makes the best of it.
#include "storage/sql/table.h"
#include "support/sqlitefile.h"
#include "support/stores.h"

#include <QTest>

using namespace parley;
using namespace parley::storage;
using test::Alice;
using test::Bob;

class SqlForeign final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { sql::loadDrivers(); }
    void init()
    {
        m_file = std::make_unique<test::SqliteFile>();
        m_store = m_file->opened();
        QVERIFY(test::addAliceAndBob(*m_store));
    }
    void cleanup() { m_store.reset(); }

    void aNumberThatIsGoneIsAFailureInWords_data()
    {
        QTest::addColumn<QByteArray>("sql");
        QTest::addColumn<QByteArray>("name");
        QTest::newRow("account changes")
            << QByteArray("DELETE FROM account_change_last") << QByteArray("next_account_change");
        QTest::newRow("two of them") << QByteArray("INSERT INTO account_change_last VALUES (7)")
                                     << QByteArray("next_account_change");
        QTest::newRow("keys") << QByteArray("DELETE FROM sent_key_last")
                              << QByteArray("newest_sent");
    }
    void aNumberThatIsGoneIsAFailureInWords()
    {
        QFETCH(QByteArray, sql);
        QFETCH(QByteArray, name);
        m_file->query(sql);
        const auto outcomes = apply({ChangeUser{"bob", "hash", {}}});
        QVERIFY(!outcomes);
        QVERIFY(outcomes.failure().text.contains(QString::fromLatin1(name)));
    }

    void aSchemaWithoutANumberIsRefused()
    {
        m_store.reset();
        m_file->query("DELETE FROM schema_version");
        const auto store = m_file->store();
        const auto opened = store->open();
        QVERIFY(!opened);
        QVERIFY(opened.failure().text.contains(QStringLiteral("read_schema_version")));
    }

    void countersOutOfRangeOverflowNothing_data()
    {
        QTest::addColumn<QByteArray>("column");
        QTest::newRow("seq") << QByteArray("last_seq");
        QTest::newRow("messages") << QByteArray("unread_count");
        QTest::newRow("bytes") << QByteArray("unread_bytes");
    }
    void countersOutOfRangeOverflowNothing()
    {
        QFETCH(QByteArray, column);
        m_file->query("UPDATE mailbox SET " + column + " = 9223372036854775807");
        const StoreMessage message{Alice, Bob, {}, "text", false, {}};
        const auto outcomes = apply({message, Confirm{Bob, {Seq(1)}, {}}});
        QVERIFY(outcomes);
        const auto *refused = std::get_if<Refused>(&outcomes->front());
        QVERIFY(refused);
        QCOMPARE(refused->code, ErrorCode::MailboxFull);
        m_file->query("UPDATE mailbox SET " + column + " = -9223372036854775808");
        QVERIFY(apply({message, message, Confirm{Bob, {}, Seq(MaxInteger)}}));
    }

    void anUnknownKindOfChangeEndsAll()
    {
        m_file->query("INSERT INTO account_change VALUES (1, 2, 77, NULL, 0);"
                      "UPDATE account_change_last SET id = 1");
        const auto outcomes = apply({ReadAccountChanges{0}});
        QVERIFY(outcomes);
        const auto &changes = std::get<AccountChanges>(outcomes->front()).changes;
        QCOMPARE(changes.size(), size_t(1));
        QCOMPARE(changes[0].scope, AccountChange::Scope::All);
    }

    void valuesOfAnotherTypeAreRead()
    {
        QVERIFY(apply({StoreMessage{Alice, Bob, "k", "text", true, {}}}));
        m_file->query(
            "UPDATE unread SET send_user_id = 'x', client_id = 5, sent_at = 'y', body = x'ff';"
            "UPDATE sent SET receive_user_id = 'x', confirmed_at = 'y';"
            "INSERT INTO presence VALUES (2, 'x', 'y')");
        QVERIFY(apply({Fetch{Bob, {}, 10, 1000}, Track{Alice, "k"}, ReadPresence{{Bob}},
            Confirm{Bob, {}, Seq(1)}, StoreMessage{Alice, Bob, "k", "text", true, {}}}));
    }

    // What a table does not have reads as NULL.
    void aTableEndsWhereItsRowsEnd()
    {
        const sql::Table empty;
        QVERIFY(empty.isNull(0, 0));
        QCOMPARE(empty.integer(0, 0), 0);
        QVERIFY(empty.text(3, 3).isNull());
    }

private:
    Result<std::vector<Outcome>> apply(const std::vector<Action> &actions)
    {
        return test::perform(*m_store, actions);
    }

    std::unique_ptr<test::SqliteFile> m_file;
    std::unique_ptr<Store> m_store;
};

QTEST_GUILESS_MAIN(SqlForeign)
#include "foreign.moc"
