// SPDX-License-Identifier: MIT
#pragma once

#include "storage/sql/database.h"
#include "storage/sql/sqlitefile.h"
#include "storage/sql/sqliteinput.h"

#include <array>

struct sqlite3;
struct sqlite3_stmt;

namespace parley::storage::sql {

// Before anything else is done with SQLite.
void setUpSqlite();

// A file. QtSql opens it; statements go through SQLite's own interface, which spares each text two
// conversions and each value a QVariant.
class SqliteDatabase final : public Database {
public:
    explicit SqliteDatabase(const QString &path, Use = Use::Administer);
    ~SqliteDatabase() override;

    Done open() override;
    void close() override;
    Done begin(Mode) override;
    Done commit() override;
    void rollback() override;
    Done exec(Statement, const Parameters &in, const Sink &) override;
    Done script(const QByteArray &text) override;
    std::optional<LogFigures> log() const override { return m_log; }

private:
    Done configure();
    // A file may hold several statements, which are done one after another: each for every row of
    // parameters, or, when it has no ?1 …, once, with all of them in the table `input`.
    using Parts = std::vector<sqlite3_stmt *>;

    Result<const Parts *> prepared(Statement);
    Done execPart(sqlite3_stmt *, const Parameters &in, size_t row, const Sink &);
    Failure failure();
    static int afterCommit(void *self, sqlite3 *, const char *schema, int pages);

    const QString m_path;
    const int m_patience; // ms
    SqliteFile m_file;
    const QString m_connection; // its name in QtSql
    sqlite3 *m_sqlite = nullptr;
    Input m_input;
    LogFigures m_log;
    qint64 m_logPageBytes = 0; // of a page in the log
    qint64 m_version = -1; // of the data, as the last transaction saw them
    std::array<Parts, size_t(Statement::Count)> m_statements;
};

} // namespace parley::storage::sql
