// SPDX-License-Identifier: MIT
#include "storage/sql/postgresbackup.h"

#include "storage/sql/newfile.h"
#include "storage/sql/open.h"
#include "storage/sql/postgresdatabase.h"
#include "storage/sql/store.h"

#include <QDateTime>
#include <QFileInfo>
#include <QProcess>
#include <QTemporaryDir>

namespace parley::storage::sql {

namespace {

constexpr qsizetype ComplaintBytes = 1000; // of a program's, as much as is told

// A value in a connection string.
QString quoted(QString value)
{
    value.replace(u'\\', QStringLiteral("\\\\")).replace(u'\'', QStringLiteral("\\'"));
    return u'\'' + value + u'\'';
}

// Without a password: that comes from PGPASSWORD or ~/.pgpass, as the server's does.
QString connection(const PostgresAddress &address)
{
    return QStringLiteral("host=%1 port=%2 user=%3 dbname=%4 connect_timeout=5")
        .arg(quoted(address.hosts))
        .arg(address.ports)
        .arg(quoted(address.user), quoted(address.name));
}

// Runs a program of PostgreSQL's to its end.
Done runTool(const QString &program, const QStringList &arguments)
{
    QProcess process;
    process.setStandardInputFile(QProcess::nullDevice());
    process.setStandardOutputFile(QProcess::nullDevice());
    process.start(program, arguments);
    if (!process.waitForStarted(-1))
        return Failure{QStringLiteral("%1 cannot be run (%2): install PostgreSQL's client programs"
                                      " (Debian: postgresql-client)")
                           .arg(program, process.errorString())};
    process.waitForFinished(-1);
    if (process.exitStatus() == QProcess::NormalExit && process.exitCode() == 0)
        return done();
    const QByteArray complaint = process.readAllStandardError().left(ComplaintBytes).simplified();
    return Failure{QStringLiteral("%1 failed: %2").arg(program, QString::fromUtf8(complaint))};
}

// Not `before` either, which earlier restorations have left.
const QStringList OurTables{QStringLiteral("--schema=public"), QStringLiteral("--no-owner"),
    QStringLiteral("--no-privileges")};

Result<std::unique_ptr<PostgresDatabase>> opened(const PostgresAddress &address)
{
    auto database = std::make_unique<PostgresDatabase>(address);
    if (const Done opened = database->open(); !opened)
        return opened.failure();
    return database;
}

Done refuseServers(PostgresDatabase &database)
{
    const auto servers = database.number(Statement::CountServers);
    if (!servers)
        return servers.failure();
    if (*servers > 0)
        return Failure{QStringLiteral("a server uses this store: stop it first")};
    return done();
}

Result<bool> hasStore(PostgresDatabase &database)
{
    const auto has = database.number(Statement::HasSchema);
    return has ? Result<bool>(*has > 0) : has.failure();
}

Done refuseMessages(PostgresDatabase &database)
{
    const auto messages = database.number(Statement::HasMessages);
    if (!messages)
        return messages.failure();
    if (*messages > 0)
        return Failure{QStringLiteral("the store has unread messages; --replace restores all the"
                                      " same, and keeps what is there beside it")};
    return done();
}

// Also brings it up to date.
Done check(const PostgresAddress &address)
{
    SqlStore store(std::make_unique<PostgresDatabase>(address), {}, Schema::BringUp);
    if (const Done opened = store.open(); !opened)
        return opened;
    return store.check();
}

// A backup of an older schema has no epoch: it gets one when it is brought up to date.
constexpr auto RenewEpoch =
    "DO $$ BEGIN IF to_regclass('public.store_epoch') IS NOT NULL THEN UPDATE public.store_epoch"
    " SET epoch = replace(gen_random_uuid()::TEXT, '-', ''); END IF; END $$";

} // namespace

Done backUpPostgres(const PostgresAddress &address, const QString &file)
{
    auto database = opened(address);
    if (!database)
        return database.failure();
    const auto has = hasStore(**database);
    if (!has)
        return has.failure();
    if (!*has)
        return Failure{QStringLiteral("there is no store in this database")};
    auto target = NewFile::beside(file, NewFile::Existing::Refuse);
    if (!target)
        return target.failure();
    QStringList dump{QStringLiteral("--format=custom"), QStringLiteral("--no-password"),
        QStringLiteral("--file=") + target->path(),
        QStringLiteral("--dbname=") + connection(address)};
    if (const Done dumped = runTool(QStringLiteral("pg_dump"), dump + OurTables); !dumped)
        return dumped;
    // All of it, not only its table of contents.
    const QStringList read{QStringLiteral("--file=/dev/null"), target->path()};
    if (const Done restored = runTool(QStringLiteral("pg_restore"), read); !restored)
        return restored;
    return target->giveName();
}

Result<QString> restorePostgres(const PostgresAddress &address, const QString &file, bool replaces)
{
    const QTemporaryDir folder; // as large as the store; in TMPDIR
    if (!folder.isValid())
        return Failure{folder.errorString()};
    const QString script = folder.filePath(QStringLiteral("restore.sql"));
    const QStringList extract{QStringLiteral("--file=") + script, file};
    // As a whole, before anything is touched: psql would take the end of a broken one for its end.
    if (const Done extracted = runTool(QStringLiteral("pg_restore"), OurTables + extract);
        !extracted)
        return extracted.failure();
    auto database = opened(address);
    if (!database)
        return database.failure();
    if (const Done free = refuseServers(**database); !free)
        return free.failure();
    const auto has = hasStore(**database);
    if (!has)
        return has.failure();
    if (*has && !replaces) {
        if (const Done empty = refuseMessages(**database); !empty)
            return empty.failure();
    }
    const QString kept = *has ? QStringLiteral("before_")
            + QDateTime::currentDateTimeUtc().toString(QStringLiteral("yyyyMMdd_hhmmss"))
                              : QString();
    database->reset(); // it is one that uses the store
    QStringList replace{QStringLiteral("--no-psqlrc"), QStringLiteral("--quiet"),
        QStringLiteral("--no-password"), QStringLiteral("--single-transaction"),
        QStringLiteral("--set=ON_ERROR_STOP=1"), QStringLiteral("--dbname=") + connection(address)};
    replace += QStringLiteral("--command=") + QString::fromLatin1(PostgresDatabase::refuseUsers());
    if (*has)
        replace +=
            QStringLiteral("--command=ALTER SCHEMA public RENAME TO %1; CREATE SCHEMA public")
                .arg(kept);
    replace += QStringLiteral("--file=") + script;
    replace += QStringLiteral("--command=") + QLatin1String(RenewEpoch);
    if (const Done replaced = runTool(QStringLiteral("psql"), replace); !replaced)
        return replaced.failure();
    if (const Done checked = check(address); !checked)
        return Failure{QStringLiteral("what was restored is not well: %1; the store of before is in"
                                      " the schema %2")
                           .arg(checked.failure().text, kept)};
    return *has ? QStringLiteral("the schema %1 of the database").arg(kept) : QString();
}

} // namespace parley::storage::sql
