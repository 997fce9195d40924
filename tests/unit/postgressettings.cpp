// SPDX-License-Identifier: MIT
// A session with PostgreSQL is as durable as it must be, whatever the database or a pooler says.
#include "storage/sql/open.h"
#include "support/pgbouncer.h"
#include "support/why.h"

#include <QLoggingCategory>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>
#include <QThread>
#include <QUrl>

#include <libpq-fe.h>

#include <thread>

using namespace parley;
using namespace parley::storage;

namespace {

constexpr UserId Alice(1);
constexpr UserId Bob(2);
constexpr Time Now = fromMs(1'700'000'000'000);

// Stands between the store and its server, and puts another text for one of the same length.
class Forger final : public QTcpServer {
public:
    Forger(quint16 to, const QByteArray &text, const QByteArray &instead)
        : m_to(to)
        , m_text(text)
        , m_instead(instead)
    {
        listen(QHostAddress::LocalHost);
        m_thread.start();
        moveToThread(&m_thread);
    }
    ~Forger() override
    {
        QMetaObject::invokeMethod(
            this,
            [this] {
                delete m_socketParent;
                close();
            },
            Qt::BlockingQueuedConnection);
        m_thread.quit();
        m_thread.wait();
    }

protected:
    void incomingConnection(qintptr descriptor) override
    {
        if (!m_socketParent)
            m_socketParent = new QObject;
        auto *client = new QTcpSocket(m_socketParent);
        auto *server = new QTcpSocket(m_socketParent);
        client->setSocketDescriptor(descriptor);
        server->connectToHost(QHostAddress(QHostAddress::LocalHost), m_to);
        connect(client, &QTcpSocket::readyRead, server,
            [=, this] { server->write(client->readAll().replace(m_text, m_instead)); });
        connect(server, &QTcpSocket::readyRead, client, [=] { client->write(server->readAll()); });
        connect(client, &QTcpSocket::disconnected, server, &QTcpSocket::disconnectFromHost);
        connect(server, &QTcpSocket::disconnected, client, &QTcpSocket::disconnectFromHost);
    }

private:
    const quint16 m_to;
    const QByteArray m_text;
    const QByteArray m_instead;
    QObject *m_socketParent = nullptr;
    QThread m_thread;
};

Result<std::vector<Outcome>> apply(Store &store, const std::vector<Action> &actions)
{
    std::vector<Operation> operations;
    for (const Action &action : actions)
        operations.push_back({action, {}, {}});
    return store.apply(operations, Now);
}

using Connection = std::unique_ptr<PGconn, void (*)(PGconn *)>;

bool does(const Connection &connection, const char *sql)
{
    const std::unique_ptr<PGresult, void (*)(PGresult *)> result(
        PQexec(connection.get(), sql), PQclear);
    return PQresultStatus(result.get()) == PGRES_COMMAND_OK
        || PQresultStatus(result.get()) == PGRES_TUPLES_OK;
}

} // namespace

class PostgresSettings final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        qunsetenv("QT_FATAL_WARNINGS"); // for one is expected
        sql::loadDrivers();
        const auto started = m_server.start();
        QVERIFY2(started, test::why(started));
    }
    void init()
    {
        QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
        const auto url = m_server.createDatabase();
        QVERIFY2(url, test::why(url));
        m_url = *url;
    }

    // Each message notes what its transaction waits for when it commits.
    void aCommitWaitsForTheDiskWhateverTheDatabaseSays_data()
    {
        QTest::addColumn<bool>("pooled");
        QTest::newRow("direct") << false;
        QTest::newRow("through a pooler that ignores options") << true;
    }
    void aCommitWaitsForTheDiskWhateverTheDatabaseSays()
    {
        QFETCH(bool, pooled);
        QVERIFY(
            !query("DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET synchronous_commit = off',"
                   " current_database()); END $$")
                 .isNull());
        test::PgBouncer pooler(m_server);
        if (pooled) {
            const auto started = pooler.start();
            QVERIFY2(started, test::why(started));
        }
        const auto store = opened(pooled ? pooler.url(m_url) : m_url);
        QVERIFY(store);
        QVERIFY(!query("CREATE TABLE noted (setting text);"
                       "CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
                       " INSERT INTO noted VALUES (current_setting('synchronous_commit') || ' '"
                       " || current_setting('lock_timeout') || ' '"
                       " || current_setting('statement_timeout')); RETURN NEW; END $$;"
                       "CREATE TRIGGER note BEFORE INSERT ON unread FOR EACH ROW"
                       " EXECUTE FUNCTION note()")
                     .isNull());
        QVERIFY(apply(*store,
            {AddUser{{Alice, "alice", "", true}}, StoreMessage{Alice, Alice, {}, "x", false, {}}}));
        QCOMPARE(query("SELECT string_agg(setting, ',') FROM noted"), QByteArray("on 2s 5s"));
        QCOMPARE(query("SHOW synchronous_commit"), QByteArray("off")); // of everybody else
    }

    void aSettingThatDoesNotHoldIsRefusedInWords()
    {
        Forger forger(
            m_server.port(), "SET synchronous_commit = on;", "SET synchronous_commit =off;");
        QUrl url(m_url);
        url.setPort(forger.serverPort());
        const auto store = sql::makeStore(url.toString(), {});
        mute(true);
        const auto done = (*store)->open();
        mute(false);
        QVERIFY(!done);
        QVERIFY2(done.failure().text.contains(QStringLiteral("synchronous_commit = on")),
            test::why(done));
        QVERIFY(!(*store)->isOpen());
    }

    // This server runs without fsync, for it is a test's.
    void aServerThatDoesNotSyncIsToldOfOnce()
    {
        const auto store = sql::makeStore(m_url, {});
        QTest::ignoreMessage(
            QtWarningMsg, QRegularExpression(QStringLiteral("^PostgreSQL runs with fsync = off")));
        QVERIFY((*store)->open());
        QVERIFY((*store)->open());
    }

    // Its user is changed by a transaction that has not ended: the login must not be let in by what
    // it saw, nor be left behind by a change that did not see it.
    void aSessionWaitsForAChangeOfItsUser_data()
    {
        QTest::addColumn<QByteArray>("change");
        QTest::newRow("passwd") << QByteArray("UPDATE users SET password_hash = 'new'");
        QTest::newRow("disable") << QByteArray("UPDATE users SET enabled = FALSE");
    }
    void aSessionWaitsForAChangeOfItsUser()
    {
        QFETCH(QByteArray, change);
        const auto store = opened(m_url);
        QVERIFY(store);
        QVERIFY(apply(*store, {AddUser{{Alice, "alice", "old", true}}}));
        const Connection other(PQconnectdb(m_url.toUtf8().constData()), PQfinish);
        QVERIFY(does(other, "BEGIN"));
        QVERIFY(does(other, change.constData()));
        std::optional<bool> added;
        std::thread login([&] {
            const auto mine = opened(m_url);
            const auto outcomes =
                apply(*mine, {AddSession{Alice, QByteArray(32, 's'), Now + 1h, "old"}});
            if (outcomes)
                added = std::get<AddedSession>(outcomes->front()).added;
        });
        const bool waits = QTest::qWaitFor([&] {
            return query("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
                         " AND datname = current_database()")
                == "1";
        });
        const bool committed = does(other, "COMMIT");
        login.join();
        QVERIFY(waits);
        QVERIFY(committed);
        QCOMPARE(added, std::optional(false));
        QCOMPARE(query("SELECT count(*) FROM sessions"), QByteArray("0"));
    }

private:
    // It warns of this server, which runs without fsync.
    static void mute(bool on)
    {
        QLoggingCategory::setFilterRules(
            on ? QStringLiteral("parley.storage.warning=false") : QString());
    }
    static std::unique_ptr<Store> opened(const QString &url)
    {
        auto store = sql::makeStore(url, {});
        mute(true);
        const auto done = (*store)->open();
        mute(false);
        if (!done)
            qCritical("%s", static_cast<const char *>(test::why(done)));
        return done ? std::move(*store) : nullptr;
    }
    // Null: it failed.
    QByteArray query(const QByteArray &sql)
    {
        const auto found = m_server.query(m_url, sql);
        if (!found)
            qCritical("%s", static_cast<const char *>(test::why(found)));
        return found ? (found->isNull() ? QByteArray("") : *found) : QByteArray();
    }

    test::Postgres m_server;
    QString m_url;
};

QTEST_GUILESS_MAIN(PostgresSettings)
#include "postgressettings.moc"
