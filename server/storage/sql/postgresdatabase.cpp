// SPDX-License-Identifier: MIT
#include "storage/sql/postgresdatabase.h"

#include "core/log.h"
#include "storage/sql/connection.h"
#include "storage/sql/postgresarrays.h"
#include "storage/sql/postgressettings.h"

#include <QVariant>

#include <libpq-fe.h>

namespace parley::storage::sql {

using namespace std::chrono_literals;

namespace {

constexpr auto UsualPatience = 10s; // longer than the server's own limits below
constexpr auto LongPatience = 1h; // for migrations and checks

constexpr auto ConnectOptions =
    "connect_timeout=5;keepalives=1;keepalives_idle=10;keepalives_interval=3;keepalives_count=3;"
    "tcp_user_timeout=10000;application_name=parleyd;target_session_attrs=read-write";

constexpr auto BeginAtLength = "SET LOCAL statement_timeout = 0; SET LOCAL lock_timeout = 0; "
                               "SET LOCAL enable_seqscan = on; SET LOCAL enable_hashjoin = on; "
                               "SET LOCAL plan_cache_mode = force_custom_plan";

QByteArray beginning(Mode mode)
{
    switch (mode) {
    case Mode::Read:
        // One snapshot for all statements.
        return "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
    case Mode::Write:
        return QByteArrayLiteral("BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE; ")
            + CommitOnDisk;
    case Mode::Migrate:
        return QByteArrayLiteral("BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE; ") + CommitOnDisk
            + "; " + BeginAtLength + "; SELECT pg_advisory_xact_lock(7238271506)";
    case Mode::Check:
        return QByteArrayLiteral("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; ")
            + BeginAtLength;
    }
    Q_UNREACHABLE();
}

// By SQLSTATE: another transaction, started again, may succeed at once.
bool isCollision(const QByteArray &state)
{
    return state == "40001" || state == "40P01" || state == "23505";
}

// Lost or refused connections, resources, operator's interventions, timeouts, system errors, a
// server that became a standby.
bool isTransient(const QByteArray &state)
{
    return state.startsWith("08") || state.startsWith("53") || state.startsWith("55")
        || state.startsWith("57") || state.startsWith("58") || state == "25006" || state == "25P03"
        || state.startsWith("40");
}

const QByteArray InUse = "7238271507"; // an advisory lock

constexpr Oid TextType = 25;
constexpr Oid TextArrayType = 1009;

bool isGood(const Answer *answer)
{
    const auto status = answer ? PQresultStatus(answer) : PGRES_FATAL_ERROR;
    return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK;
}

class PostgresRow final : public Row {
public:
    explicit PostgresRow(const Answer *answer)
        : m_answer(answer)
    {
    }
    void move(int number) { m_number = number; }

    bool isNull(int column) const override { return PQgetisnull(m_answer, m_number, column); }
    qint64 integer(int column) const override
    {
        return isNull(column) ? 0 : toInteger(bytes(column), size(column));
    }
    QByteArrayView text(int column) const override
    {
        return isNull(column) ? QByteArrayView() : QByteArrayView(bytes(column), size(column));
    }
    Value value(int column) const override
    {
        if (isNull(column))
            return {};
        if (PQftype(m_answer, column) == TextType)
            return text(column).toByteArray();
        return integer(column);
    }
    int columns() const override { return PQnfields(m_answer); }

private:
    const char *bytes(int column) const { return PQgetvalue(m_answer, m_number, column); }
    int size(int column) const { return PQgetlength(m_answer, m_number, column); }

    const Answer *const m_answer;
    int m_number = 0;
};

} // namespace

QByteArray PostgresDatabase::refuseUsers()
{
    return "DO $$ BEGIN IF NOT pg_try_advisory_xact_lock(" + InUse
        + ") THEN RAISE EXCEPTION 'a server or a command uses this store: stop it first';"
          " END IF; END $$";
}

PostgresDatabase::PostgresDatabase(const PostgresAddress &address, Purpose purpose)
    : Database(QStringLiteral("postgresql"), false)
    , m_address(address)
    , m_connection(uniqueConnectionName())
    , m_writer(m_connection.toUtf8())
    , m_saidUnsafe(purpose != Purpose::Store)
{
}

PostgresDatabase::~PostgresDatabase()
{
    close();
}

Done PostgresDatabase::open()
{
    close();
    if (const Done connected = connectNow(); !connected) {
        close();
        return connected;
    }
    // For as long as the session lasts; who restores a backup has it alone.
    const AnswerPtr answer = m_link.query("SELECT pg_try_advisory_lock_shared(" + InUse + ")");
    if (!isGood(answer.get()) || QByteArrayView(PQgetvalue(answer.get(), 0, 0)) != "t") {
        close();
        return Failure{QStringLiteral("a backup is being restored into this database"), true};
    }
    m_open = true;
    // What others have committed, and this connection sees, may not have reached the standby that
    // soon takes over. After a write it has.
    if (m_number > 0 && !m_inDoubt) {
        Parameters writer(1);
        writer.add(m_writer);
        Done written = exec(Statement::ReadCommitMark, writer, [](const Row &) { return true; });
        if (written && m_link.hasWarned())
            written = Failure{QStringLiteral("the standby does not confirm commits"), true};
        if (!written) {
            close();
            return written;
        }
    }
    return done();
}

Done PostgresDatabase::connectNow()
{
    QSqlDatabase database = QSqlDatabase::addDatabase(QStringLiteral("QPSQL"), m_connection);
    database.setUserName(m_address.user);
    database.setHostName(m_address.hosts);
    database.setDatabaseName(m_address.name);
    database.setConnectOptions(
        QString::fromLatin1(ConnectOptions) + QStringLiteral(";port=") + m_address.ports);
    if (!database.open())
        return Failure{database.lastError().text().simplified(), true};
    m_link.use(*static_cast<PGconn **>(database.driver()->handle().data()));
    m_link.setPatience(UsualPatience);
    // SQL_ASCII keeps bytes as they are, and ours are UTF-8.
    const QByteArray encoding = m_link.setting("server_encoding");
    if (encoding != "UTF8" && encoding != "SQL_ASCII")
        return Failure{QStringLiteral("the database %1 is not encoded in UTF8, but in %2")
                           .arg(m_address.name, QString::fromLatin1(encoding))};
    const auto unsafe = setUpSession(m_link);
    if (!unsafe)
        return unsafe.failure();
    if (!std::exchange(m_saidUnsafe, true)) {
        for (const QString &text : *unsafe)
            qCWarning(lcStorage).noquote() << text;
    }
    return done();
}

void PostgresDatabase::close()
{
    m_open = false;
    m_link.use(nullptr);
    m_prepared.fill(std::nullopt);
    removeConnection(m_connection);
}

Done PostgresDatabase::begin(Mode mode)
{
    m_collided = false;
    m_marked = false;
    const bool longLasting = mode == Mode::Migrate || mode == Mode::Check;
    m_link.setPatience(longLasting ? LongPatience : UsualPatience);
    if (const Done begun = script(beginning(mode)); !begun) {
        rollback();
        return begun;
    }
    if (mode != Mode::Write)
        return done();
    Parameters mark(2);
    mark.add(m_writer, m_number + 1);
    if (const auto marked = exec(Statement::MarkCommit, mark, {}); !marked) {
        rollback();
        return marked.failure();
    }
    ++m_number;
    m_marked = true;
    return done();
}

Done PostgresDatabase::commit()
{
    m_collided = false;
    const AnswerPtr answer = m_link.query("COMMIT");
    if (isGood(answer.get())) {
        // A transaction that had failed is ended by COMMIT, too, but says so.
        if (qstrcmp(PQcmdStatus(answer.get()), "COMMIT") != 0)
            return Failure{QStringLiteral("the transaction was rolled back")};
        if (!m_link.hasWarned() || !m_marked) {
            m_lastDone = m_number;
            return done();
        }
        // It is on this machine's disk, but waiting for the standby was cut short: if that takes
        // over now, it was never done.
        m_inDoubt = true;
        qCWarning(lcStorage) << "a commit was not confirmed by the standby; waiting for that";
        close();
        return Failure{QStringLiteral("the standby has not confirmed the commit"), true};
    }
    const bool known = answer && m_link.isAlive();
    const Failure failed =
        failure(answer.get(), QStringLiteral("the server did not answer the commit"));
    m_inDoubt = !known && m_marked;
    if (m_inDoubt) {
        qCWarning(lcStorage)
            << "the connection broke during a commit; checking whether it was done";
        close();
    }
    return failed;
}

void PostgresDatabase::rollback()
{
    if (m_link.isInTransaction() && !isGood(m_link.query("ROLLBACK").get()))
        close();
}

Result<bool> PostgresDatabase::resolveDoubt()
{
    if (const Done opened = open(); !opened)
        return opened.failure();
    Parameters writer(1);
    writer.add(m_writer);
    // A transaction that still runs is not waited for.
    Result<qint64> mark = 0;
    Done asked = script("BEGIN; SET LOCAL lock_timeout = 100");
    if (asked) {
        mark = number(Statement::ReadCommitMark, writer);
        asked = mark ? script("COMMIT") : Done(mark.failure());
    }
    // What was committed before this is then with the standby, too.
    if (asked && m_link.hasWarned())
        asked = Failure{QStringLiteral("the standby has not confirmed the commit"), true};
    if (!asked) {
        close();
        return asked.failure();
    }
    m_inDoubt = false;
    const bool wasDone = *mark == m_number;
    if (wasDone)
        m_lastDone = m_number;
    return wasDone;
}

Done PostgresDatabase::exec(Statement statement, const Parameters &in, const Sink &sink)
{
    if (in.columns() > 0 && in.rows() == 0)
        return done();
    const auto textArrays = prepared(statement);
    if (!textArrays)
        return textArrays.failure();
    if ((*textArrays)->size() != in.columns())
        return Failure{QStringLiteral("%1 has %2 parameters there")
                           .arg(QString::fromLatin1(name(statement)))
                           .arg((*textArrays)->size())};
    std::vector<QByteArray> arrays;
    for (size_t column = 0; column < in.columns(); ++column)
        arrays.push_back(toArray(in, column, (**textArrays)[column]));
    const AnswerPtr answer = m_link.execute(name(statement), arrays);
    if (!isGood(answer.get()))
        return failure(answer.get(), QString::fromLatin1(name(statement)));
    PostgresRow row(answer.get());
    for (int number = 0; number < PQntuples(answer.get()); ++number) {
        row.move(number);
        if (sink)
            sink(row);
    }
    return done();
}

Result<const PostgresDatabase::TextArrays *> PostgresDatabase::prepared(Statement statement)
{
    std::optional<TextArrays> &prepared = m_prepared[size_t(statement)];
    if (prepared)
        return &*prepared;
    const auto sql = text(statement, dialect);
    if (!sql)
        return sql.failure();
    const QByteArray label = name(statement);
    AnswerPtr answer = m_link.prepare(label, *sql);
    if (isGood(answer.get()))
        answer = m_link.describe(label);
    if (!isGood(answer.get()))
        return failure(answer.get(), QString::fromLatin1(label));
    TextArrays texts;
    for (int i = 0; i < PQnparams(answer.get()); ++i)
        texts.push_back(PQparamtype(answer.get(), i) == TextArrayType);
    prepared = std::move(texts);
    return &*prepared;
}

Result<std::vector<QByteArray>> PostgresDatabase::notifications(milliseconds patience, int wake)
{
    auto notifications = m_link.notifications(patience, wake);
    return notifications ? Result<std::vector<QByteArray>>(std::move(*notifications))
                         : failure(nullptr, QStringLiteral("the connection that listens is lost"));
}

Done PostgresDatabase::script(const QByteArray &text)
{
    const AnswerPtr answer = m_link.query(text);
    return isGood(answer.get()) ? done() : Done(failure(answer.get(), QStringLiteral("no answer")));
}

// Closes the connection when it is of no more use.
Failure PostgresDatabase::failure(const Answer *answer, const QString &otherwise)
{
    const char *field = answer ? PQresultErrorField(answer, PG_DIAG_SQLSTATE) : nullptr;
    const QByteArray state(field);
    // Not PG_DIAG_MESSAGE_DETAIL, which may hold what somebody wrote.
    const char *primary = answer ? PQresultErrorField(answer, PG_DIAG_MESSAGE_PRIMARY) : nullptr;
    QString text = QStringLiteral("PostgreSQL: ");
    if (primary)
        text +=
            QStringLiteral("%1 (%2)").arg(QString::fromUtf8(primary), QString::fromLatin1(state));
    else
        text += otherwise + QStringLiteral(": ") + m_link.trouble();
    const bool lost = !answer || !m_link.isAlive() || state == "25006";
    if (lost)
        close();
    m_collided = !lost && isCollision(state);
    return {text, lost || isTransient(state)};
}

} // namespace parley::storage::sql
