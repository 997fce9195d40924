// SPDX-License-Identifier: MIT
#include "storage/sql/open.h"

#include "storage/sql/connection.h"
#include "storage/sql/place.h"
#include "storage/sql/postgresbus.h"
#include "storage/sql/sqlitedatabase.h"
#include "storage/sql/store.h"

namespace parley::storage::sql {

Result<std::unique_ptr<Store>> makeStore(
    const QString &url, const Limits &limits, Use use, Schema schema)
{
    const auto place = placeOf(url);
    std::unique_ptr<Database> database;
    if (!place) {
        // Not the URL itself: somebody may have put a password into it.
        return Failure{QStringLiteral("a store is sqlite:PATH or postgresql://USER@HOST:PORT/NAME "
                                      "(its password comes from PGPASSWORD or ~/.pgpass)")};
    }
    if (const auto *file = std::get_if<SqlitePlace>(&*place))
        database = std::make_unique<SqliteDatabase>(file->path, use);
    else
        database = std::make_unique<PostgresDatabase>(std::get<PostgresAddress>(*place));
    return std::unique_ptr<Store>(std::make_unique<SqlStore>(std::move(database), limits, schema));
}

std::unique_ptr<Bus> makeBus(const QString &url)
{
    const auto place = placeOf(url);
    const auto *address = place ? std::get_if<PostgresAddress>(&*place) : nullptr;
    return address ? std::make_unique<PostgresBus>(*address) : nullptr;
}

void loadDrivers()
{
    setUpSqlite();
    for (const QString &driver : {QStringLiteral("QSQLITE"), QStringLiteral("QPSQL")}) {
        // Who has no PostgreSQL need not have what it takes.
        if (!QSqlDatabase::isDriverAvailable(driver))
            continue;
        const QString name = uniqueConnectionName();
        QSqlDatabase::addDatabase(driver, name);
        removeConnection(name);
    }
}

} // namespace parley::storage::sql
