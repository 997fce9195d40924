// SPDX-License-Identifier: MIT
// What check() says of each kind of damage that it knows, and what is to be done.
#include "support/sqlitefile.h"
#include "support/stores.h"
#include "support/why.h"

#include <QFile>
#include <QTest>

using namespace parley;
using namespace parley::storage;
using parley::test::Alice;
using parley::test::Bob;

class SqliteDamage final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { sql::loadDrivers(); }
    void init()
    {
        m_file = std::make_unique<test::SqliteFile>();
        const auto store = m_file->opened();
        QVERIFY(test::addAliceAndBob(*store));
        std::vector<Action> actions{ChangeUser{"bob", "hash", {}}};
        for (int i = 0; i < 100; ++i)
            actions.emplace_back(
                StoreMessage{Alice, Bob, "k" + QByteArray::number(i), "x", false, {}});
        actions.emplace_back(Prune{1}); // puts their keys into the index
        QVERIFY(test::perform(*store, actions));
        QVERIFY(store->check());
    }

    void damageByAStatementIsNamed_data()
    {
        QTest::addColumn<QByteArray>("sql");
        QTest::addColumn<QByteArray>("words");
        const auto row = [](const char *name, const char *sql, const char *words) {
            QTest::newRow(name) << QByteArray(sql) << QByteArray(words);
        };
        const char *const mailboxes = "mailboxes whose counters disagree";
        row("a count", "UPDATE mailbox SET unread_count = 7 WHERE user_id = 2", mailboxes);
        row("bytes", "UPDATE mailbox SET unread_bytes = 7 WHERE user_id = 2", mailboxes);
        row("a seq", "UPDATE mailbox SET last_seq = 7 WHERE user_id = 2", mailboxes);
        row("no mailbox", "DELETE FROM mailbox WHERE user_id = 1", mailboxes);
        const char *const keys = "an index of keys";
        row("no key", "DELETE FROM sent_key WHERE client_id = 'k7'", keys);
        row("a key too much", "INSERT INTO sent_key VALUES (1, 'other', 999)", keys);
        row("no last key", "DELETE FROM sent_key_last", keys);
        const char *const changes = "the last account change";
        row("no change", "DELETE FROM account_change_last", changes);
        row("a change behind", "UPDATE account_change_last SET id = 0", changes);
        const char *const epoch = "has not one epoch";
        row("no epoch", "DELETE FROM store_epoch", epoch);
        row("two epochs", "INSERT INTO store_epoch VALUES ('x')", epoch);
        row("an empty epoch", "UPDATE store_epoch SET epoch = ''", epoch);
    }
    void damageByAStatementIsNamed()
    {
        QFETCH(QByteArray, sql);
        QFETCH(QByteArray, words);
        m_file->query(sql);
        const QString said = checked();
        QVERIFY2(said.contains(QString::fromLatin1(words)), qPrintable(said));
        QVERIFY2(said.contains(QStringLiteral("parleyd restore")), qPrintable(said));
        QCOMPARE(said.count(u'\n'), 0);
    }

    void allThatIsDamagedIsNamed()
    {
        m_file->query("DELETE FROM store_epoch; DELETE FROM sent_key;"
                      "UPDATE mailbox SET unread_count = 7");
        QCOMPARE(checked().split(u'\n').size(), 3);
    }

    void aPageThatIsOverwrittenIsNamed()
    {
        overwrite(4096 * 12, QByteArray(4096, '\x5a'));
        const QString said = checked();
        QVERIFY2(said.contains(QStringLiteral("parleyd restore")), qPrintable(said));
    }

    void anIndexThatLacksWhatItsTableHasIsNamed()
    {
        // Its tree becomes an empty leaf.
        const qint64 page =
            m_file->query("SELECT rootpage FROM sqlite_master WHERE name = 'sessions_by_user'")
                .toLongLong();
        const auto store = m_file->opened();
        QVERIFY(test::perform(
            *store, {AddSession{Bob, QByteArray(32, 's'), test::Now + std::chrono::hours(1)}}));
        store->close();
        overwrite((page - 1) * 4096, QByteArray::fromHex("0a00000000100000"));
        const QString said = checked();
        QVERIFY2(said.contains(QStringLiteral("the database is damaged")), qPrintable(said));
        QVERIFY2(said.contains(QStringLiteral("sessions_by_user")), qPrintable(said));
    }

    void whatIsNoDatabaseIsNamed()
    {
        overwrite(0, QByteArray(100, 'x'));
        const QString said = checked();
        QVERIFY2(said.contains(QStringLiteral("not a database")), qPrintable(said));
        QVERIFY2(said.contains(QStringLiteral("parleyd restore")), qPrintable(said));
    }

    void aFileThatIsCutOffIsNamed()
    {
        QFile file(m_file->path());
        QVERIFY(file.resize(file.size() / 2));
        const QString said = checked();
        QVERIFY2(said.contains(QStringLiteral("parleyd restore")), qPrintable(said));
    }

private:
    // What opening or checking says; empty: all is well.
    QString checked()
    {
        const auto store = m_file->store();
        if (const Done opened = store->open(); !opened)
            return opened.failure().text;
        const Done checked = store->check();
        return checked ? QString() : checked.failure().text;
    }
    void overwrite(qint64 at, const QByteArray &bytes)
    {
        QFile file(m_file->path());
        QVERIFY(file.open(QIODevice::ReadWrite) && file.size() > at && file.seek(at));
        QCOMPARE(file.write(bytes), bytes.size());
    }

    std::unique_ptr<test::SqliteFile> m_file;
};

QTEST_GUILESS_MAIN(SqliteDamage)
#include "sqlitedamage.moc"
