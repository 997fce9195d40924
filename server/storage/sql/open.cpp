// SPDX-License-Identifier: MIT
#include "storage/sql/open.h"

#include "storage/sql/connection.h"
#include "storage/sql/postgresdatabase.h"
#include "storage/sql/sqlitedatabase.h"
#include "storage/sql/store.h"

#include <QFileInfo>
#include <QRegularExpression>

namespace parley::storage::sql {

namespace {

const QString SqliteScheme = QStringLiteral("sqlite:");

// None when it is no such URL.
std::optional<PostgresAddress> toAddress(const QString &url)
{
    static const QRegularExpression form(
        QStringLiteral("\\Apostgresql://([^/?#:@\\s]+)@(\\[[0-9a-fA-F:.]+\\]|[^/?#:@\\[\\]\\s]+)"
                       "(?::([0-9]{1,5}))?/([^/?#:@\\s]+)\\z"));
    const auto match = form.match(url);
    if (!match.hasMatch())
        return {};
    const auto decoded = [&](int group) {
        return QString::fromUtf8(QByteArray::fromPercentEncoding(match.captured(group).toUtf8()));
    };
    PostgresAddress address{decoded(1), decoded(2), 5432, decoded(4)};
    if (address.host.startsWith(u'['))
        address.host = address.host.mid(1, address.host.size() - 2);
    if (match.hasCaptured(3))
        address.port = match.captured(3).toInt();
    if (address.port < 1 || address.port > 65535)
        return {};
    return address;
}

} // namespace

Result<std::unique_ptr<Store>> makeStore(
    const QString &url, const Limits &limits, Use use, Schema schema)
{
    std::unique_ptr<Database> database;
    if (url.startsWith(SqliteScheme) && url.size() > SqliteScheme.size()) {
        // Absolute, so that no name is one that SQLite gives a meaning to.
        const QFileInfo file(url.mid(SqliteScheme.size()));
        database = std::make_unique<SqliteDatabase>(file.absoluteFilePath(), use);
    } else if (const auto address = toAddress(url)) {
        database = std::make_unique<PostgresDatabase>(*address);
    } else {
        // Not the URL itself: somebody may have put a password into it.
        return Failure{QStringLiteral("a store is sqlite:PATH or postgresql://USER@HOST:PORT/NAME "
                                      "(its password comes from PGPASSWORD or ~/.pgpass)")};
    }
    return std::unique_ptr<Store>(std::make_unique<SqlStore>(std::move(database), limits, schema));
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
