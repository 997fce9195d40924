// SPDX-License-Identifier: MIT
#include "app/storeaccess.h"

#include "app/configuration.h"
#include "storage/sql/open.h"

#include <QDir>
#include <QFileInfo>

#include <cerrno>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

namespace parley::app {

namespace {

Done makePlace(const Settings &settings)
{
    return settings.store == defaultStore(settings.data) ? makeDirectory(settings.data) : done();
}

} // namespace

Result<std::unique_ptr<storage::Store>> makeStore(const Settings &settings)
{
    if (const Done made = makePlace(settings); !made)
        return made.failure();
    return storage::sql::makeStore(settings.store, settings.limits);
}

// The lock goes with the process, however that ends, so its descriptor is never closed.
Done claimStore(const Settings &settings)
{
    const QLatin1String file("sqlite:");
    if (!settings.store.startsWith(file))
        return done();
    if (const Done made = makePlace(settings); !made)
        return made;
    const QString path = settings.store.mid(file.size()) + QStringLiteral(".lock");
    const int lock = ::open(QFile::encodeName(path), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (lock >= 0 && ::flock(lock, LOCK_EX | LOCK_NB) == 0)
        return done();
    const int why = errno;
    if (lock >= 0)
        ::close(lock);
    return Failure{why == EWOULDBLOCK
            ? QStringLiteral("%1: another server has this store").arg(settings.store)
            : QStringLiteral("%1: %2").arg(path, qt_error_string(why))};
}

Result<std::unique_ptr<storage::Store>> openStore(const Settings &settings)
{
    auto store = makeStore(settings);
    if (store) {
        if (const Done opened = (*store)->open(); !opened)
            return opened.failure();
    }
    return store;
}

Done makeDirectory(const QString &path)
{
    if (QFileInfo(path).isDir())
        return done();
    const QString parent = QFileInfo(path).absolutePath();
    const auto mine = QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner;
    if (!QDir().mkpath(parent) || !QDir().mkdir(path, mine))
        return Failure{QStringLiteral("%1: the directory cannot be made").arg(path)};
    return done();
}

Failure failureOf(const storage::Outcome &outcome)
{
    const auto refused = std::get_if<storage::Refused>(&outcome);
    if (!refused)
        return {QStringLiteral("the store gave an answer to something else")};
    QString why = QString::fromUtf8(text(refused->code));
    if (!refused->incident.isEmpty())
        why += QStringLiteral(" (incident %1)").arg(QString::fromUtf8(refused->incident));
    return {why};
}

} // namespace parley::app
