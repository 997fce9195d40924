// SPDX-License-Identifier: MIT
#include "app/storeplace.h"

#include <QFileInfo>

#include <cerrno>
#include <fcntl.h>
#include <pwd.h>
#include <sys/stat.h>
#include <unistd.h>

namespace parley::app {

namespace {

const QLatin1StringView FileScheme("sqlite:");

// 0, or why not.
int statusOf(const QString &path, struct stat &status)
{
    return ::stat(QFile::encodeName(path).constData(), &status) == 0 ? 0 : errno;
}

QString nameOf(uid_t user)
{
    const passwd *entry = ::getpwuid(user);
    return entry ? QString::fromLocal8Bit(entry->pw_name) : QString::number(user);
}

Done mayUse(const QString &path, int access)
{
    if (::faccessat(AT_FDCWD, QFile::encodeName(path).constData(), access, AT_EACCESS) == 0)
        return done();
    const int why = errno;
    struct stat status { };
    if (why != EACCES || statusOf(path, status) != 0)
        return Failure{QStringLiteral("%1: %2").arg(path, qt_error_string(why))};
    return Failure{
        QStringLiteral("%1 belongs to the user %2, and the user %3, who runs this, may not use it")
            .arg(path, nameOf(status.st_uid), nameOf(::geteuid()))};
}

QString folderOf(const QString &path)
{
    return QFileInfo(path).path();
}

// What is in the way, or would have to hold what is not there yet.
QString nearestSeen(QString path)
{
    struct stat status { };
    while (statusOf(path, status) != 0 && path != folderOf(path))
        path = folderOf(path);
    return path;
}

} // namespace

Result<bool> lookAtStore(const Settings &settings, storage::sql::Schema schema)
{
    if (!settings.store.startsWith(FileScheme))
        return false;
    const QFileInfo named(settings.store.sliced(FileScheme.size()));
    // SQLite follows links, and makes its files beside what they lead to.
    const QString target = named.canonicalFilePath();
    const QString path = target.isEmpty() ? named.absoluteFilePath() : target;
    struct stat status { };
    const int why = statusOf(path, status);
    const bool isThere = why == 0;
    if (!isThere && why != ENOENT && why != EACCES)
        return Failure{QStringLiteral("%1: %2").arg(path, qt_error_string(why))};
    if (isThere) {
        if (const Done usable = mayUse(path, R_OK | W_OK); !usable)
            return usable.failure();
    }
    const bool isEmpty = isThere && S_ISREG(status.st_mode) && status.st_size == 0;
    if ((why == ENOENT || isEmpty) && schema == storage::sql::Schema::Keep)
        return Failure{QStringLiteral("%1: there is no store there").arg(path)};
    // SQLite makes files beside the store.
    const QString folder = nearestSeen(folderOf(path));
    if (const Done usable = mayUse(folder, W_OK | X_OK); !usable)
        return usable.failure();
    return !isThere || isEmpty;
}

Done giveToFolderOwner(const Settings &settings)
{
    if (::geteuid() != 0 || !settings.store.startsWith(FileScheme))
        return done();
    const QString path = settings.store.sliced(FileScheme.size());
    struct stat folder { };
    if (statusOf(folderOf(path), folder) != 0 || folder.st_uid == 0)
        return done();
    // What is there already, be it a link, belongs to somebody.
    const int file = ::open(QFile::encodeName(path).constData(),
        O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR);
    if (file < 0 && errno == EEXIST)
        return done();
    const bool isGiven = file >= 0 && ::fchown(file, folder.st_uid, folder.st_gid) == 0;
    const int why = errno;
    if (file >= 0)
        ::close(file);
    return isGiven ? done() : Failure{QStringLiteral("%1: %2").arg(path, qt_error_string(why))};
}

} // namespace parley::app
