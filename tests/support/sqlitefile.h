// SPDX-License-Identifier: MIT
// A file of SQLite's, the stores that use it, and what somebody else does to it meanwhile.
#pragma once

#include "storage/sql/open.h"

#include <QTemporaryDir>

namespace parley::test {

std::unique_ptr<storage::Store> sqliteStore(
    const QString &path, storage::sql::Use = storage::sql::Use::Administer);

// Does it beside the stores; the first value that comes of it.
Result<QByteArray> querySqlite(const QString &path, const QByteArray &sql);

// At a place in a folder of the test's own. What fails here ends the test.
class SqliteFile {
public:
    explicit SqliteFile(const QString &place = QStringLiteral("parley.db"));
    Q_DISABLE_COPY_MOVE(SqliteFile)

    const QString &path() const { return m_path; }
    QString pathOf(const QString &place) const { return m_folder.filePath(place); }

    std::unique_ptr<storage::Store> store() const { return sqliteStore(m_path); }
    std::unique_ptr<storage::Store> opened() const;
    QByteArray query(const QByteArray &sql) const;

private:
    const QTemporaryDir m_folder;
    const QString m_path;
};

} // namespace parley::test
