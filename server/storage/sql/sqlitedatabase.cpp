// SPDX-License-Identifier: MIT
#include "storage/sql/sqlitedatabase.h"

#include "storage/sql/connection.h"
#include "storage/sql/sqlitewalfile.h"

#include <QVariant>
#include <QFile>
#include <QUrl>

#include <fcntl.h>
#include <sqlite3.h>
#include <unistd.h>

namespace parley::storage::sql {

namespace {

// synchronous=FULL: in WAL mode the log is synced at every commit. A checkpoint every 16 MiB of
// log, so that pages that are written again and again are copied once. secure_delete=FAST clears
// what was deleted where that costs no extra page.
constexpr auto Settings = "PRAGMA journal_mode = WAL;"
                          "PRAGMA synchronous = FULL;"
                          "PRAGMA busy_timeout = 5000;"
                          "PRAGMA wal_autocheckpoint = 4000;"
                          "PRAGMA journal_size_limit = 67108864;"
                          "PRAGMA cache_size = -32768;"
                          "PRAGMA temp_store = MEMORY;"
                          "PRAGMA secure_delete = FAST";

int bind(sqlite3_stmt *statement, int index, const Value &value)
{
    if (const auto *number = std::get_if<qint64>(&value))
        return sqlite3_bind_int64(statement, index, *number);
    if (const auto *text = std::get_if<QByteArray>(&value))
        return sqlite3_bind_text64(statement, index, text->constData(),
            sqlite3_uint64(text->size()), SQLITE_STATIC, SQLITE_UTF8);
    return sqlite3_bind_null(statement, index);
}

Value columnValue(sqlite3_stmt *statement, int column)
{
    switch (sqlite3_column_type(statement, column)) {
    case SQLITE_NULL:
        return {};
    case SQLITE_INTEGER:
        return qint64(sqlite3_column_int64(statement, column));
    default:
        const auto *text = sqlite3_column_text(statement, column);
        return QByteArray(
            reinterpret_cast<const char *>(text), sqlite3_column_bytes(statement, column));
    }
}

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

SqliteDatabase::SqliteDatabase(const QString &path)
    : Database(QStringLiteral("sqlite"))
    , m_path(path)
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
    if (const Done created = createFile(); !created)
        return created;
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

// SQLite would give it the rights that the umask leaves, and its log the same ones. A file that is
// there must not be opened here: closing it would drop the locks of this process's other stores.
Done SqliteDatabase::createFile() const
{
    const int file = ::open(
        QFile::encodeName(m_path).constData(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (file >= 0)
        ::close(file);
    else if (errno != EEXIST)
        return Failure{QStringLiteral("%1: %2").arg(m_path, qt_error_string(errno)), true};
    return done();
}

Done SqliteDatabase::configure()
{
    sqlite3_extended_result_codes(m_sqlite, 1);
    return script(Settings);
}

void SqliteDatabase::close()
{
    m_open = false;
    if (!m_sqlite)
        return removeConnection(m_connection);
    // QtSql cannot close it while there are statements.
    for (sqlite3_stmt *&statement : m_statements) {
        sqlite3_finalize(statement);
        statement = nullptr;
    }
    m_sqlite = nullptr;
    removeConnection(m_connection);
}

Done SqliteDatabase::begin(Mode mode)
{
    m_collided = false;
    // Taking the write lock at once, a transaction cannot fail later because somebody else wrote.
    const bool writes = mode == Mode::Write || mode == Mode::Migrate;
    return script(writes ? "BEGIN IMMEDIATE" : "BEGIN");
}

Done SqliteDatabase::commit()
{
    return script("COMMIT");
}

void SqliteDatabase::rollback()
{
    // Some failures have already rolled it back.
    if (m_sqlite && !sqlite3_get_autocommit(m_sqlite) && !script("ROLLBACK"))
        close();
}

Result<Table> SqliteDatabase::exec(Statement statement, const Table &in)
{
    const auto found = prepared(statement);
    if (!found)
        return found.failure();
    sqlite3_stmt *const stmt = *found;
    Table out(sqlite3_column_count(stmt));
    const size_t runs = in.columns() == 0 ? 1 : in.rows();
    for (size_t row = 0; row < runs; ++row) {
        if (const Done ran = execRow(stmt, in, row, out); !ran)
            return ran.failure();
    }
    return out;
}

Done SqliteDatabase::execRow(sqlite3_stmt *stmt, const Table &in, size_t row, Table &out)
{
    Done result = done();
    for (size_t column = 0; column < in.columns(); ++column) {
        if (bind(stmt, int(column) + 1, in.at(row, column)) != SQLITE_OK)
            result = failure();
    }
    int step = SQLITE_DONE;
    while (result && (step = sqlite3_step(stmt)) == SQLITE_ROW) {
        for (int column = 0; column < int(out.columns()); ++column)
            out.push(columnValue(stmt, column));
    }
    if (result && step != SQLITE_DONE)
        result = failure();
    sqlite3_reset(stmt);
    return result;
}

Result<sqlite3_stmt *> SqliteDatabase::prepared(Statement statement)
{
    sqlite3_stmt *&stmt = m_statements[size_t(statement)];
    if (stmt)
        return stmt;
    const auto sql = text(statement, dialect);
    if (!sql)
        return sql.failure();
    if (sqlite3_prepare_v3(
            m_sqlite, sql->constData(), int(sql->size()), SQLITE_PREPARE_PERSISTENT, &stmt, nullptr)
        != SQLITE_OK)
        return failure();
    return stmt;
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
    const QString text = QStringLiteral("%1: %2 (SQLite %3)")
                             .arg(m_path, QString::fromUtf8(sqlite3_errmsg(m_sqlite)))
                             .arg(code);
    // The file was replaced under our hands: only opening the new one mends that.
    if (code == SQLITE_READONLY_DBMOVED)
        m_open = false;
    return {text, isTransient(code & 0xff)};
}

} // namespace parley::storage::sql
