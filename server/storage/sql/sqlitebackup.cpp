// SPDX-License-Identifier: MIT
#include "storage/sql/sqlitebackup.h"

#include "storage/sql/migrations.h"
#include "storage/sql/newfile.h"
#include "storage/sql/open.h"
#include "storage/sql/sqlitedatabase.h"

#include <QDateTime>
#include <QFileInfo>

#include <sqlite3.h>

#include <cerrno>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace parley::storage::sql {

namespace {

// Copied at once, and written to disk at once: whatever else waits for the same disk meanwhile does
// not wait long.
constexpr int PagesAtOnce = 256;
constexpr int PiecesAtOnce = 16;
constexpr int Patience = 5000; // ms

Failure failureAt(const QString &path, const QString &why)
{
    return {QStringLiteral("%1: %2").arg(path, why)};
}

Failure failureAt(const QString &path)
{
    return failureAt(path, qt_error_string(errno));
}

// A connection without QtSql, which has no word for copying.
class Connection {
public:
    explicit Connection(const QString &path)
        : m_path(path)
    {
        sqlite3_open_v2(
            QFile::encodeName(path).constData(), &m_sqlite, SQLITE_OPEN_READWRITE, "unix");
        sqlite3_busy_timeout(m_sqlite, Patience);
    }
    ~Connection() { sqlite3_close(m_sqlite); }
    Q_DISABLE_COPY_MOVE(Connection)

    sqlite3 *get() const { return m_sqlite; }
    Done script(const char *text)
    {
        if (sqlite3_exec(m_sqlite, text, nullptr, nullptr, nullptr) != SQLITE_OK)
            return failure();
        return done();
    }
    Failure failure() const
    {
        return failureAt(m_path, QString::fromUtf8(sqlite3_errmsg(m_sqlite)));
    }

private:
    const QString m_path;
    sqlite3 *m_sqlite = nullptr;
};

// The transaction that reads holds the moment, so that all pages are of it; a log that others write
// meanwhile is read as far as it was then.
Done copyPages(const QString &path, NewFile &target, const std::function<void()> &between)
{
    Connection from(path);
    if (const Done begun = from.script("BEGIN; SELECT count(*) FROM sqlite_master"); !begun)
        return begun;
    Connection to(target.path());
    // When it fails, the whole file goes: it needs no journal.
    if (const Done set = to.script("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF"); !set)
        return set;
    sqlite3_backup *const copy = sqlite3_backup_init(to.get(), "main", from.get(), "main");
    if (!copy)
        return to.failure();
    int step = SQLITE_OK;
    Done synced = done();
    for (int pieces = 1; step == SQLITE_OK && synced; ++pieces) {
        step = sqlite3_backup_step(copy, PagesAtOnce);
        if (between)
            between();
        if (pieces % PiecesAtOnce == 0)
            synced = target.sync();
    }
    const int finished = sqlite3_backup_finish(copy);
    if (!synced)
        return synced;
    if (step != SQLITE_DONE || finished != SQLITE_OK)
        return failureAt(target.path(),
            QString::fromUtf8(sqlite3_errstr(finished == SQLITE_OK ? step : finished)));
    return done();
}

// Opening brings it up to date where the schema may be.
Done checkStore(const QString &path, Schema schema)
{
    const auto store = makeStore(QStringLiteral("sqlite:") + path, {}, Use::Administer, schema);
    if (!store)
        return store.failure();
    if (const Done opened = (*store)->open(); !opened)
        return opened;
    return (*store)->check();
}

Done renewEpoch(const QString &path)
{
    SqliteDatabase database(path);
    if (const Done opened = database.open(); !opened)
        return opened;
    Transaction transaction(database);
    if (const Done begun = transaction.begin(Mode::Write); !begun)
        return begun;
    if (const Done renewed = database.exec(Statement::RenewEpoch, Parameters(0), {}); !renewed)
        return renewed;
    return transaction.commit();
}

bool isThere(const QString &path)
{
    return QFileInfo::exists(path);
}

// What a server that uses the store holds. Nobody in this process may have the store open: letting
// go of the file ends their locks on it.
class ServersLock {
public:
    ServersLock() = default;
    ~ServersLock()
    {
        if (m_file >= 0)
            ::close(m_file);
    }
    Q_DISABLE_COPY_MOVE(ServersLock)

    Done take(const QString &path)
    {
        m_file = ::open(QFile::encodeName(path).constData(), O_RDONLY | O_CLOEXEC);
        if (m_file < 0)
            return failureAt(path);
        if (::flock(m_file, LOCK_EX | LOCK_NB) == 0)
            return done();
        return errno == EWOULDBLOCK
            ? failureAt(path, QStringLiteral("a server uses this store: stop it first"))
            : failureAt(path);
    }

private:
    int m_file = -1;
};

Done copyBytes(const QString &file, NewFile &target)
{
    if (const QFileInfo log(file + QStringLiteral("-wal")); log.exists() && log.size() > 0)
        return failureAt(file,
            QStringLiteral("a log (-wal) lies beside it, so it is a store in use and no backup;"
                           " make one with `parleyd backup`"));
    QFile source(file);
    if (!QFileInfo(file).isFile() || !source.open(QIODevice::ReadOnly))
        return failureAt(
            file, source.error() ? source.errorString() : QStringLiteral("not a regular file"));
    QFile to;
    if (!to.open(target.descriptor(), QIODevice::WriteOnly))
        return failureAt(target.path(), to.errorString());
    for (bool isFirst = true;; isFirst = false) {
        const QByteArray piece = source.read(1 << 20);
        if (isFirst && !piece.startsWith(QByteArrayView("SQLite format 3\0", 16)))
            return failureAt(file, QStringLiteral("this is no backup of an SQLite store"));
        if (source.error())
            return failureAt(file, source.errorString());
        if (piece.isEmpty())
            return to.flush() ? done() : Done(failureAt(target.path(), to.errorString()));
        if (to.write(piece) != piece.size())
            return failureAt(target.path(), to.errorString());
    }
}

// Root restores for the user whose store it is.
Done giveToOwner(const NewFile &target, const QString &path)
{
    struct stat owner { };
    const QString known = isThere(path) ? path : QFileInfo(path).absolutePath();
    if (::geteuid() != 0 || ::stat(QFile::encodeName(known).constData(), &owner) != 0)
        return done();
    return ::fchown(target.descriptor(), owner.st_uid, owner.st_gid) == 0 ? done()
                                                                          : failureAt(path);
}

Done refuseMessages(const QString &path)
{
    if (QFileInfo(path).size() == 0)
        return done();
    constexpr auto Ask = "; --replace restores all the same, and keeps what is there beside it";
    SqliteDatabase database(path);
    Done read = database.open();
    Result<qint64> messages = 0;
    if (read) {
        if (const auto has = database.number(Statement::HasSchema); !has || *has == 0)
            read = has ? done() : Done(has.failure());
        else
            messages = database.number(Statement::HasMessages);
    }
    if (!read || !messages)
        return Failure{(read ? messages.failure() : read.failure()).text + QLatin1String(Ask)};
    if (*messages > 0)
        return failureAt(
            path, QStringLiteral("the store has unread messages") + QLatin1String(Ask));
    return done();
}

// First a second name, with which no server takes it: whatever ends this here, the store of before
// is whole, and an empty one does not come in its place.
Result<QString> keep(const QString &path)
{
    (void)Connection(path).script(
        "PRAGMA wal_checkpoint(TRUNCATE)"); // a damaged one stays as it is
    const QByteArray from = QFile::encodeName(path);
    const QByteArray base = from + ".before-"
        + QDateTime::currentDateTimeUtc().toString(QStringLiteral("yyyyMMdd-hhmmss")).toLatin1();
    QByteArray kept = base;
    for (int number = 2; ::link(from.constData(), kept.constData()) != 0; ++number) {
        if (errno != EEXIST || number > 100)
            return failureAt(path);
        kept = base + '-' + QByteArray::number(number);
    }
    const QFileInfo log(path + QStringLiteral("-wal"));
    if (log.exists() && ::rename((from + "-wal").constData(), (kept + "-wal").constData()) != 0) {
        const Failure failure = failureAt(path);
        ::unlink(kept.constData());
        return failure;
    }
    ::unlink((from + "-shm").constData()); // is made anew of the log
    return QFile::decodeName(kept);
}

// The store of before has its one name again, and its log.
void unkeep(const QString &path, const QString &kept)
{
    const QByteArray from = QFile::encodeName(kept);
    const QByteArray to = QFile::encodeName(path);
    ::rename((from + "-wal").constData(), (to + "-wal").constData());
    ::unlink(from.constData());
}

// A log is of the file beside it, whichever that is: one that is left would be read into the new
// one.
Done refuseLog(const QString &path)
{
    for (const char *end : {"-wal", "-journal"}) {
        const QFileInfo log(path + QLatin1StringView(end));
        if (log.exists() && log.size() > 0)
            return failureAt(log.filePath(),
                QStringLiteral("it belongs to a store that is not there any more, and would be read"
                               " into the new one; move it away"));
    }
    return done();
}

} // namespace

Done backUpSqlite(const QString &path, const QString &file, const std::function<void()> &between)
{
    if (!isThere(path))
        return failureAt(path, QStringLiteral("there is no store there"));
    auto target = NewFile::beside(file, NewFile::Existing::Refuse);
    if (!target)
        return target.failure();
    if (const Done copied = copyPages(path, *target, between); !copied)
        return copied;
    if (const Done checked = checkStore(target->path(), Schema::Keep); !checked)
        return failureAt(path, checked.failure().text);
    return target->giveName();
}

Result<QString> restoreSqlite(const QString &named, const QString &file, bool replaces)
{
    const QFileInfo place(named);
    const bool exists = place.exists();
    const QString path = exists ? place.canonicalFilePath() : named; // SQLite follows links, too
    ServersLock lock;
    if (exists) {
        if (const Done taken = lock.take(path); !taken)
            return taken.failure();
    }
    auto made =
        NewFile::beside(path, exists ? NewFile::Existing::Replace : NewFile::Existing::Refuse);
    if (!made)
        return made.failure();
    NewFile &target = *made;
    for (const auto &step : std::initializer_list<std::function<Done()>>{
             [&] { return exists && !replaces ? refuseMessages(path) : done(); },
             [&] { return exists ? done() : refuseLog(path); },
             [&] { return copyBytes(file, target); },
             [&] { return checkStore(target.path(), Schema::BringUp); },
             [&] { return renewEpoch(target.path()); },
             [&] { return checkStore(target.path(), Schema::Keep); },
             [&] { return refuseLog(target.path()); }, // all is in the file itself
             [&] { return giveToOwner(target, path); }, [&] { return target.sync(); }}) {
        if (const Done did = step(); !did)
            return did.failure();
    }
    const auto kept = exists ? keep(path) : Result<QString>(QString());
    if (!kept)
        return kept;
    if (const Done given = target.giveName(); !given) {
        if (exists)
            unkeep(path, *kept);
        return given.failure();
    }
    return kept;
}

} // namespace parley::storage::sql
