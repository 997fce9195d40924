// SPDX-License-Identifier: MIT
#include "app/settings/readfile.h"

#include <algorithm>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace parley::app {

Done openFile(QFile &file, Accept accept)
{
    const QString name = file.fileName();
    if (accept == Accept::AnyFile) {
        if (!file.open(QIODevice::ReadOnly))
            return Failure{QStringLiteral("%1: %2").arg(name, file.errorString())};
        return done();
    }
    // Not even opening it may wait, for a writer that never comes.
    const int descriptor = ::open(QFile::encodeName(name), O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    struct stat status { };
    const bool isThere = descriptor >= 0 && ::fstat(descriptor, &status) == 0;
    if (isThere && S_ISREG(status.st_mode)
        && file.open(descriptor, QIODevice::ReadOnly, QFile::AutoCloseHandle))
        return done();
    const QString why = isThere ? QStringLiteral("not a regular file") : qt_error_string();
    if (descriptor >= 0)
        ::close(descriptor);
    return Failure{QStringLiteral("%1: %2").arg(name, why)};
}

Result<QByteArray> readFile(QFile &file, const QString &name, qint64 most)
{
    QByteArray text;
    while (text.size() < most && file.error() == QFile::NoError) {
        const QByteArray piece = file.read(std::min<qint64>(most - text.size(), 1 << 16));
        if (piece.isEmpty())
            break;
        text += piece;
    }
    if (file.error() != QFile::NoError)
        return Failure{QStringLiteral("%1: %2").arg(name, file.errorString())};
    return text;
}

} // namespace parley::app
