// SPDX-License-Identifier: MIT
#include "support/sqlitefile.h"

#include "support/why.h"

#include <QDir>
#include <QFile>

#include <sqlite3.h>

namespace parley::test {

using namespace storage;

std::unique_ptr<Store> sqliteStore(const QString &path, sql::Use use)
{
    return valueOf(sql::makeStore(QStringLiteral("sqlite:") + path, {}, use));
}

Result<QByteArray> querySqlite(const QString &path, const QByteArray &sql)
{
    sqlite3 *opened = nullptr;
    sqlite3_open(QFile::encodeName(path).constData(), &opened);
    const std::unique_ptr<sqlite3, int (*)(sqlite3 *)> database(opened, sqlite3_close);
    sqlite3_busy_timeout(opened, 5000);
    QByteArray value;
    const auto take = [](void *out, int columns, char **texts, char **) {
        auto &value = *static_cast<QByteArray *>(out);
        if (value.isNull() && columns > 0)
            value = texts[0];
        return 0;
    };
    if (sqlite3_exec(opened, sql.constData(), take, &value, nullptr) != SQLITE_OK)
        return Failure{QString::fromUtf8(sqlite3_errmsg(opened))};
    return value;
}

SqliteFile::SqliteFile(const QString &place)
    : m_path(pathOf(place))
{
    if (!QDir().mkpath(QFileInfo(m_path).path()))
        qFatal("no folder for %s", qPrintable(m_path));
}

std::unique_ptr<Store> SqliteFile::opened() const
{
    auto opened = store();
    valueOf(opened->open());
    return opened;
}

QByteArray SqliteFile::query(const QByteArray &sql) const
{
    return valueOf(querySqlite(m_path, sql));
}

} // namespace parley::test
