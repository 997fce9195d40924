// SPDX-License-Identifier: MIT
#pragma once

#include "storage/sql/database.h"

#include <array>

struct sqlite3;
struct sqlite3_stmt;

namespace parley::storage::sql {

// A file. QtSql opens it; statements go through SQLite's own interface, which spares each text two
// conversions and each value a QVariant.
class SqliteDatabase final : public Database {
public:
    explicit SqliteDatabase(const QString &path);
    ~SqliteDatabase() override;

    Done open() override;
    void close() override;
    Done begin(Mode) override;
    Done commit() override;
    void rollback() override;
    Result<Table> exec(Statement, const Table &in) override;
    using Database::exec;
    Done script(const QByteArray &text) override;

private:
    Done createFile() const;
    Done configure();
    Result<sqlite3_stmt *> prepared(Statement);
    Done execRow(sqlite3_stmt *, const Table &in, size_t row, Table &out);
    Failure failure();

    const QString m_path;
    const QString m_connection; // its name in QtSql
    sqlite3 *m_sqlite = nullptr;
    std::array<sqlite3_stmt *, size_t(Statement::Count)> m_statements{};
};

} // namespace parley::storage::sql
