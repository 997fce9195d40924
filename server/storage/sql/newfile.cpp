// SPDX-License-Identifier: MIT
#include "storage/sql/newfile.h"

#include <QFile>
#include <QFileInfo>

#include <cerrno>
#include <cstdio>
#include <fcntl.h>
#include <unistd.h>
#include <utility>

namespace parley::storage::sql {

Done syncFolder(const QByteArray &ofFile)
{
    const QString folder = QFileInfo(QFile::decodeName(ofFile)).absolutePath();
    const int descriptor =
        ::open(QFile::encodeName(folder).constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    const bool synced = descriptor >= 0 && ::fsync(descriptor) == 0;
    const int why = errno;
    if (descriptor >= 0)
        ::close(descriptor);
    return synced ? done()
                  : Done(Failure{QStringLiteral("%1: %2").arg(folder, qt_error_string(why))});
}

Result<NewFile> NewFile::beside(const QString &name, Existing existing)
{
    NewFile file(QFile::encodeName(name), existing);
    if (existing == Existing::Refuse
        && ::faccessat(AT_FDCWD, file.m_name.constData(), F_OK, AT_SYMLINK_NOFOLLOW) == 0)
        return Failure{QStringLiteral("%1 exists already").arg(name)};
    QByteArray path = file.m_name + ".XXXXXX";
    file.m_descriptor = ::mkostemp(path.data(), O_CLOEXEC); // for its owner alone
    if (file.m_descriptor < 0)
        return file.failure();
    file.m_path = path;
    return file;
}

NewFile::NewFile(NewFile &&other) noexcept
    : m_name(std::exchange(other.m_name, {}))
    , m_existing(other.m_existing)
    , m_path(std::exchange(other.m_path, {}))
    , m_descriptor(std::exchange(other.m_descriptor, -1))
{
}

NewFile::~NewFile()
{
    if (!m_path.isEmpty()) {
        for (const char *more : {"", "-wal", "-shm", "-journal"})
            ::unlink((m_path + more).constData());
    }
    if (m_descriptor >= 0)
        ::close(m_descriptor);
}

QString NewFile::path() const
{
    return QFile::decodeName(m_path);
}

Failure NewFile::failure() const
{
    return {QStringLiteral("%1: %2").arg(QFile::decodeName(m_name), qt_error_string(errno))};
}

Done NewFile::sync()
{
    return ::fsync(m_descriptor) == 0 ? done() : Done(failure());
}

Done NewFile::giveName()
{
    if (const Done synced = sync(); !synced)
        return synced;
    const unsigned flags = m_existing == Existing::Refuse ? RENAME_NOREPLACE : 0;
    if (::renameat2(AT_FDCWD, m_path.constData(), AT_FDCWD, m_name.constData(), flags) != 0) {
        // NFS and others do not know the flag; there a second name does not replace either.
        const bool isUnknown = errno == EINVAL || errno == ENOSYS;
        if (!isUnknown || ::link(m_path.constData(), m_name.constData()) != 0)
            return failure();
        ::unlink(m_path.constData());
    }
    m_path.clear();
    return syncFolder(m_name);
}

} // namespace parley::storage::sql
