// SPDX-License-Identifier: MIT
#include "storage/sql/sqlitefile.h"

#include <QFile>

#include <cerrno>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace parley::storage::sql {

SqliteFile::~SqliteFile()
{
    if (m_held >= 0)
        ::close(m_held);
}

Failure SqliteFile::failure(const QString &why, bool transient) const
{
    return {QStringLiteral("%1: %2").arg(m_path, why), transient};
}

Done SqliteFile::prepare()
{
    const bool isFirst = m_watched.empty();
    if (isFirst) {
        if (const Done made = make(); !made)
            return made;
    }
    const QByteArray path = QFile::encodeName(m_path);
    struct stat facts { };
    if (::stat(path.constData(), &facts) != 0)
        return failure(isFirst ? qt_error_string(errno)
                               : QStringLiteral("the database was moved or removed; put it back"),
            true);
    const Identity identity{facts.st_dev, facts.st_ino};
    if (!isFirst && identity != m_watched[0].identity)
        return failure(QStringLiteral("this is not the file that was in use; put the old one back,"
                                      " or restart the server"),
            true);
    // The log has the name of the file, so each name would have a log of its own.
    if (S_ISREG(facts.st_mode) && facts.st_nlink > 1)
        return failure(
            QStringLiteral("the file has %1 hard links, and messages would be lost if two"
                           " of them were used; remove all but one")
                .arg(facts.st_nlink),
            !isFirst);
    if (m_use == Use::Serve && m_held < 0) {
        if (const Done taken = take(); !taken)
            return taken;
    }
    m_watched = {{path, identity}};
    return done();
}

// SQLite would give it the rights that the umask leaves, and its log the same ones. A file that is
// there must not be opened here: closing it would drop the locks of this process's other stores.
Done SqliteFile::make() const
{
    const int file = ::open(
        QFile::encodeName(m_path).constData(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (file >= 0)
        ::close(file);
    else if (errno != EEXIST)
        return failure(qt_error_string(errno), true);
    return done();
}

// The lock lies on the file, not on its name, and SQLite's own locks know nothing of it. It ends
// with the process, however that ends. When another server has it, the descriptor stays open, for
// that server may be in this process (see make()).
Done SqliteFile::take()
{
    const int file =
        ::open(QFile::encodeName(m_path).constData(), O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    if (file < 0)
        return failure(qt_error_string(errno), true);
    if (::flock(file, LOCK_EX | LOCK_NB) != 0)
        return failure(errno == EWOULDBLOCK ? QStringLiteral("another server uses this store")
                                            : qt_error_string(errno),
            false);
    m_held = file;
    return done();
}

void SqliteFile::watch(const QList<QByteArray> &besides)
{
    for (const QByteArray &path : besides) {
        struct stat facts { };
        if (::stat(path.constData(), &facts) == 0)
            m_watched.push_back({path, {facts.st_dev, facts.st_ino}});
    }
}

Done SqliteFile::isThere() const
{
    for (const auto &[path, identity] : m_watched) {
        struct stat facts { };
        if (::stat(path.constData(), &facts) != 0
            || Identity{facts.st_dev, facts.st_ino} != identity)
            return Failure{QStringLiteral("%1 was moved or removed while it was in use")
                               .arg(QFile::decodeName(path)),
                true};
    }
    return done();
}

} // namespace parley::storage::sql
