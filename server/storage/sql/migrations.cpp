// SPDX-License-Identifier: MIT
#include "storage/sql/migrations.h"

#include "core/log.h"

#include <QDir>
#include <QFile>

namespace parley::storage::sql {

namespace {

QDir folder(const Database &database)
{
    return QDir(QStringLiteral(":/sql/%1/migrations").arg(database.dialect));
}

// 0: the database is empty.
Result<qint64> currentSchema(Database &database)
{
    const auto has = database.number(Statement::HasSchema);
    if (!has || *has == 0)
        return has;
    return database.number(Statement::ReadSchemaVersion);
}

// Whether there is nothing to do; a Failure when there is, but may not be done.
Result<bool> isUpToDate(Database &database, Schema schema)
{
    const auto current = currentSchema(database);
    if (!current)
        return current.failure();
    const int newest = newestSchema(database);
    if (*current == newest)
        return true;
    if (*current > newest)
        return Failure{
            QStringLiteral("the database has schema %1, but this program knows only schemas up "
                           "to %2: use a newer version of it")
                .arg(*current)
                .arg(newest)};
    if (*current == 0 && schema == Schema::Keep)
        return Failure{QStringLiteral("there is no store in this database"), true};
    if (*current > 0 && schema != Schema::BringUp)
        return Failure{QStringLiteral("the database has schema %1, and this program needs %2: run "
                                      "`parleyd migrate` when no older server uses it")
                           .arg(*current)
                           .arg(newest)};
    return false;
}

Done runMigrations(Database &database)
{
    const auto current = currentSchema(database);
    if (!current)
        return current.failure();
    if (*current == 0) {
        const auto created = database.script(
            QByteArrayLiteral("CREATE TABLE schema_version (number BIGINT NOT NULL);"
                              "INSERT INTO schema_version VALUES (0)"));
        if (!created)
            return created.failure();
    }
    // Sorted by name, and so by number.
    const QFileInfoList files = folder(database).entryInfoList(QDir::Files, QDir::Name);
    for (const QFileInfo &info : files) {
        if (info.fileName().left(4).toInt() <= *current)
            continue;
        QFile file(info.filePath());
        if (!file.open(QFile::ReadOnly))
            return Failure{info.filePath() + QStringLiteral(" cannot be read")};
        if (const Done ran = database.script(file.readAll()); !ran)
            return Failure{info.fileName() + QStringLiteral(": ") + ran.failure().text,
                ran.failure().transient};
        qCInfo(lcStorage).noquote() << "schema brought up to" << info.fileName();
    }
    Parameters version(1);
    version.add(newestSchema(database));
    return database.exec(Statement::WriteSchemaVersion, version);
}

} // namespace

int newestSchema(const Database &database)
{
    const QStringList names = folder(database).entryList(QDir::Files, QDir::Name);
    return names.isEmpty() ? 0 : names.last().left(4).toInt();
}

Done migrate(Database &database, Schema schema)
{
    // First a look that writes nothing: it succeeds on a full disk and beside a writer.
    {
        Transaction look(database);
        if (const Done begun = look.begin(Mode::Read); !begun)
            return begun;
        const auto upToDate = isUpToDate(database, schema);
        if (!upToDate)
            return upToDate.failure();
        if (*upToDate)
            return done();
    }
    Transaction transaction(database);
    if (const Done begun = transaction.begin(Mode::Migrate); !begun)
        return begun;
    const auto upToDate = isUpToDate(database, schema);
    if (!upToDate)
        return upToDate.failure();
    if (*upToDate)
        return done();
    if (const Done ran = runMigrations(database); !ran)
        return ran;
    return transaction.commit();
}

} // namespace parley::storage::sql
