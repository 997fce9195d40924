// SPDX-License-Identifier: MIT
#include "storage/sql/backup.h"

#include "storage/sql/open.h"
#include "storage/sql/place.h"
#include "storage/sql/postgresbackup.h"
#include "storage/sql/sqlitebackup.h"

namespace parley::storage::sql {

namespace {

// What makeStore() says of a URL that is none.
Failure noPlace(const QString &url)
{
    return makeStore(url, {}).failure();
}

} // namespace

Done backUp(const QString &url, const QString &file)
{
    const auto place = placeOf(url);
    if (!place)
        return noPlace(url);
    if (const auto *address = std::get_if<PostgresAddress>(&*place))
        return backUpPostgres(*address, file);
    return backUpSqlite(std::get<SqlitePlace>(*place).path, file);
}

Result<QString> restore(const QString &url, const QString &file, bool replaces)
{
    const auto place = placeOf(url);
    if (!place)
        return noPlace(url);
    if (const auto *address = std::get_if<PostgresAddress>(&*place))
        return restorePostgres(*address, file, replaces);
    return restoreSqlite(std::get<SqlitePlace>(*place).path, file, replaces);
}

} // namespace parley::storage::sql
