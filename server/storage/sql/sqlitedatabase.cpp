// SPDX-License-Identifier: MIT
#include "storage/sql/sqlitedatabase.h"

#include "storage/sql/connection.h"
#include "storage/sql/sqlitewalfile.h"

#include <QScopeGuard>
#include <QUrl>
#include <QVariant>

#include <sqlite3.h>

namespace parley::storage::sql {

namespace {

// synchronous=FULL: in WAL mode the log is synced at every commit. A small cache, for the kernel
// has the file in its own, and SQLite looks through all of it whenever a commit has brought pages
// into order; but a transaction may dirty 32 MiB before it must write them early.
// secure_delete=FAST clears what was deleted where that costs no extra page.
constexpr auto Settings = "PRAGMA journal_mode = WAL;"
                          "PRAGMA synchronous = FULL;"
                          "PRAGMA journal_size_limit = 67108864;"
                          "PRAGMA cache_size = -4096;"
                          "PRAGMA cache_spill = 8192;"
                          "PRAGMA temp_store = MEMORY;"
                          "PRAGMA secure_delete = FAST";

// A checkpoint every 32 MiB of log, so that pages that are written again and again are copied once.
constexpr int CheckpointPages = 8000;
constexpr qint64 LogHeaderBytes = 32;
constexpr qint64 LogFrameBytes = 24; // before each page

// How long to wait for who else writes, in ms: programs beside a server for their turn, a server as
// little as its users like to wait, for behind what it writes their questions stand, too.
constexpr int Patience = 5000;
constexpr int PatienceOfAServer = 1000;

int bind(sqlite3_stmt *statement, int index, const ValueView &value)
{
    if (const auto *number = std::get_if<qint64>(&value))
        return sqlite3_bind_int64(statement, index, *number);
    if (const auto *text = std::get_if<QByteArrayView>(&value))
        return sqlite3_bind_text64(statement, index, text->isNull() ? "" : text->data(),
            sqlite3_uint64(text->size()), SQLITE_STATIC, SQLITE_UTF8);
    return sqlite3_bind_null(statement, index);
}

class SqliteRow final : public Row {
public:
    explicit SqliteRow(sqlite3_stmt *statement)
        : m_statement(statement)
    {
    }

    bool isNull(int column) const override
    {
        return sqlite3_column_type(m_statement, column) == SQLITE_NULL;
    }
    qint64 integer(int column) const override { return sqlite3_column_int64(m_statement, column); }
    QByteArrayView text(int column) const override
    {
        // The bytes as they are. A text would be copied to put a zero behind it.
        const void *bytes = sqlite3_column_blob(m_statement, column);
        const int size = sqlite3_column_bytes(m_statement, column);
        if (!bytes && !isNull(column))
            return QByteArrayView("", 0);
        return QByteArrayView(static_cast<const char *>(bytes), size);
    }
    Value value(int column) const override
    {
        switch (sqlite3_column_type(m_statement, column)) {
        case SQLITE_NULL:
            return {};
        case SQLITE_INTEGER:
            return integer(column);
        default:
            return text(column).toByteArray();
        }
    }
    int columns() const override { return sqlite3_column_count(m_statement); }

private:
    sqlite3_stmt *const m_statement;
};

// Goes away by itself, or when somebody frees space, gives rights, or ends another process.
bool isTransient(int code)
{
    switch (code) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_FULL:
    case SQLITE_READONLY:
    case SQLITE_IOERR:
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
    case SQLITE_AUTH:
    case SQLITE_PROTOCOL:
    case SQLITE_NOMEM:
        return true;
    default:
        return false;
    }
}

} // namespace

void setUpSqlite()
{
    // It would lock a mutex at each allocation to count bytes that nobody asks for. Refused when
    // SQLite is in use already: then it just counts.
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}

SqliteDatabase::SqliteDatabase(const QString &path, Use use)
    : Database(QStringLiteral("sqlite"), true)
    , m_path(path)
    , m_patience(use == Use::Serve ? PatienceOfAServer : Patience)
    , m_file(path, use)
    , m_connection(uniqueConnectionName())
{
}

SqliteDatabase::~SqliteDatabase()
{
    close();
}

Done SqliteDatabase::open()
{
    close();
    if (const Done prepared = m_file.prepare(); !prepared)
        return prepared;
    QSqlDatabase database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), m_connection);
    QUrl url = QUrl::fromLocalFile(m_path);
    url.setQuery(QStringLiteral("vfs=") + QLatin1String(gatheringFileSystem()));
    database.setDatabaseName(url.toString(QUrl::FullyEncoded));
    database.setConnectOptions(QStringLiteral("QSQLITE_OPEN_URI"));
    if (!database.open()) {
        const Failure failure{
            QStringLiteral("%1: %2").arg(m_path, database.lastError().text()), true};
        database = {};
        close();
        return failure;
    }
    m_sqlite = *static_cast<sqlite3 **>(database.driver()->handle().data());
    database = {};
    if (const Done configured = configure(); !configured) {
        close();
        return configured;
    }
    m_open = true;
    return done();
}

Done SqliteDatabase::configure()
{
    sqlite3_extended_result_codes(m_sqlite, 1);
    sqlite3_busy_timeout(m_sqlite, m_patience);
    if (addInputTable(m_sqlite, m_input) != SQLITE_OK)
        return failure();
    // Reading makes its log and the index of that, which are then watched, too.
    if (const Done set = script(QByteArray(Settings) + "; SELECT count(*) FROM sqlite_master");
        !set)
        return set;
    const auto pageBytes = number(Statement::PageSize);
    if (!pageBytes)
        return pageBytes.failure();
    m_logPageBytes = LogFrameBytes + *pageBytes;
    sqlite3_wal_hook(m_sqlite, afterCommit, this);
    const char *const name = sqlite3_db_filename(m_sqlite, "main");
    m_file.watch({QByteArray(name) + "-wal", QByteArray(name) + "-shm"});
    return done();
}

// As SQLite does by itself, but counted. What was committed is committed, whatever comes of this.
int SqliteDatabase::afterCommit(void *self, sqlite3 *sqlite, const char *schema, int pages)
{
    auto &[bytes, checkpoints, checkpointing] = static_cast<SqliteDatabase *>(self)->m_log;
    bytes = LogHeaderBytes + pages * static_cast<SqliteDatabase *>(self)->m_logPageBytes;
    if (pages < CheckpointPages)
        return SQLITE_OK;
    using std::chrono::steady_clock;
    const auto begun = steady_clock::now();
    int copied = 0; // of the log, not more than who still reads in it lets
    sqlite3_wal_checkpoint_v2(sqlite, schema, SQLITE_CHECKPOINT_PASSIVE, nullptr, &copied);
    checkpoints += copied == pages ? 1 : 0;
    checkpointing +=
        std::chrono::duration_cast<std::chrono::microseconds>(steady_clock::now() - begun);
    return SQLITE_OK;
}

void SqliteDatabase::close()
{
    m_open = false;
    m_version = -1;
    if (!m_sqlite)
        return removeConnection(m_connection);
    // QtSql cannot close it while there are statements.
    for (Parts &parts : m_statements) {
        for (sqlite3_stmt *const part : parts)
            sqlite3_finalize(part);
        parts.clear();
    }
    m_sqlite = nullptr;
    removeConnection(m_connection);
}

Done SqliteDatabase::begin(Mode mode)
{
    m_collided = false;
    // Before anything is done, so that nothing is said to be stored that went with the file. What
    // is in a log without a name, closing saves.
    if (const Done there = m_file.isThere(); !there) {
        close();
        return there;
    }
    const bool writes = mode == Mode::Write || mode == Mode::Migrate;
    const Statement beginning = writes ? Statement::BeginWriting : Statement::BeginReading;
    if (const Done begun = exec(beginning, Parameters(0), {}); !begun)
        return begun;
    if (mode != Mode::Write && mode != Mode::Read)
        return done();
    // It changes with whatever others commit, but not with our own commits.
    qint64 version = 0;
    const Done read = exec(Statement::DataVersion, Parameters(0), [&](const Row &row) {
        version = row.integer(0);
        return true;
    });
    if (!read) {
        rollback();
        return read;
    }
    m_othersWrote = std::exchange(m_version, version) != version;
    return done();
}

Done SqliteDatabase::commit()
{
    return exec(Statement::Commit, Parameters(0), {});
}

void SqliteDatabase::rollback()
{
    if (m_sqlite)
        dropGathered(m_sqlite);
    // Some failures have already rolled it back.
    if (m_sqlite && !sqlite3_get_autocommit(m_sqlite) && !script("ROLLBACK"))
        close();
}

Done SqliteDatabase::exec(Statement statement, const Parameters &in, const Sink &sink)
{
    if (in.columns() > 0 && in.rows() == 0)
        return done();
    const auto parts = prepared(statement);
    if (!parts)
        return parts.failure();
    m_input.rows = &in;
    const auto emptied = qScopeGuard([this] { m_input.rows = nullptr; });
    for (sqlite3_stmt *const part : **parts) {
        const bool oncePerRow = sqlite3_bind_parameter_count(part) > 0;
        for (size_t row = 0; row < (oncePerRow ? in.rows() : 1); ++row) {
            if (const Done ran = execPart(part, in, row, sink); !ran)
                return ran;
        }
    }
    return done();
}

Done SqliteDatabase::execPart(
    sqlite3_stmt *stmt, const Parameters &in, size_t row, const Sink &sink)
{
    Done result = done();
    const int parameters = sqlite3_bind_parameter_count(stmt);
    for (int column = 0; column < std::min(parameters, int(in.columns())); ++column) {
        if (bind(stmt, column + 1, in.at(row, size_t(column))) != SQLITE_OK)
            result = failure();
    }
    int step = SQLITE_DONE;
    while (result && (step = sqlite3_step(stmt)) == SQLITE_ROW) {
        if (sink && !sink(SqliteRow(stmt)) && parameters > 0)
            break; // else there may be those of other parameters behind it
    }
    if (result && step != SQLITE_DONE && step != SQLITE_ROW)
        result = failure();
    sqlite3_reset(stmt);
    return result;
}

Result<const SqliteDatabase::Parts *> SqliteDatabase::prepared(Statement statement)
{
    Parts &parts = m_statements[size_t(statement)];
    if (!parts.empty())
        return &parts;
    const auto sql = text(statement, dialect);
    if (!sql)
        return sql.failure();
    Parts made;
    const char *rest = sql->constData();
    const char *const end = rest + sql->size();
    while (rest < end) {
        sqlite3_stmt *part = nullptr;
        if (sqlite3_prepare_v3(
                m_sqlite, rest, int(end - rest), SQLITE_PREPARE_PERSISTENT, &part, &rest)
            != SQLITE_OK) {
            for (sqlite3_stmt *const other : made)
                sqlite3_finalize(other);
            return failure();
        }
        if (part) // there is none in white space
            made.push_back(part);
    }
    parts = std::move(made);
    return &parts;
}

Done SqliteDatabase::script(const QByteArray &text)
{
    if (sqlite3_exec(m_sqlite, text.constData(), nullptr, nullptr, nullptr) != SQLITE_OK)
        return failure();
    return done();
}

Failure SqliteDatabase::failure()
{
    const int code = sqlite3_extended_errcode(m_sqlite);
    QString text = QStringLiteral("%1: %2 (SQLite %3)")
                       .arg(m_path, QString::fromUtf8(sqlite3_errmsg(m_sqlite)))
                       .arg(code);
    if ((code & 0xff) == SQLITE_CORRUPT || (code & 0xff) == SQLITE_NOTADB)
        text += QStringLiteral("; restore a backup (`parleyd restore FILE --replace`)");
    // The file was replaced under our hands: it has to come back, and be opened again.
    if (code == SQLITE_READONLY_DBMOVED)
        m_open = false;
    return {text, isTransient(code & 0xff)};
}

} // namespace parley::storage::sql
