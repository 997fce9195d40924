// SPDX-License-Identifier: MIT
#include "app/settings/secretfile.h"

#include "core/limits.h"
#include "core/log.h"
#include "core/secrettext.h"

#include <QDateTime>
#include <QFileInfo>
#include <QRandomGenerator>
#include <QSaveFile>

#include <array>
#include <sys/stat.h>
#include <unistd.h>

namespace parley::app {

namespace {

Failure at(const QString &file, const QString &why)
{
    return {QStringLiteral("%1: %2").arg(file, why)};
}

QByteArray newSecret()
{
    std::array<quint32, 8> random;
    QRandomGenerator::system()->generate(random.begin(), random.end());
    return QByteArray(reinterpret_cast<const char *>(random.data()), sizeof random).toHex();
}

// One line, atomically; for its owner alone, or with the rights and the owner of another file.
Done write(const QString &file, const QByteArray &line, const struct stat *like = nullptr)
{
    QSaveFile target(file);
    if (!target.open(QIODevice::WriteOnly))
        return at(file, target.errorString());
    if (like ? ::fchown(target.handle(), like->st_uid, like->st_gid) != 0
                || ::fchmod(target.handle(), like->st_mode & 07777) != 0
             : ::fchmod(target.handle(), S_IRUSR | S_IWUSR) != 0)
        return at(file, qt_error_string());
    if (target.write(line + '\n') != line.size() + 1 || !target.commit())
        return at(file, target.errorString());
    return done();
}

QString previousOf(const QString &file)
{
    return file + QStringLiteral(".before");
}

constexpr qint64 MomentBytes = 32; // before the key in that file

} // namespace

namespace {

// A file that nobody but its owner may have written.
Result<QByteArray> readTrusted(
    const QString &file, qint64 most, QStringList &warnings, Accept accept)
{
    QFile source(file);
    if (const Done opened = openFile(source, accept); !opened)
        return opened.failure();
    struct stat status { };
    if (::fstat(source.handle(), &status) != 0)
        return at(file, qt_error_string());
    if (status.st_mode & (S_IWGRP | S_IWOTH))
        return at(file,
            QStringLiteral("other users may write it, so it cannot be trusted; make it its owner's"
                           " alone (chmod 600)"));
    if (status.st_mode & (S_IRGRP | S_IROTH))
        warnings += file + QStringLiteral(" holds a secret, but other users may read it");
    return readFile(source, file, most + 1);
}

} // namespace

Result<QByteArray> readSecret(const QString &file, QStringList &warnings, Accept accept)
{
    const auto text = readTrusted(file, limits::SecretBytes, warnings, accept);
    if (!text)
        return text;
    const auto secret = secretOf(*text);
    return secret ? secret : at(file, secret.failure().text);
}

Result<QByteArray> ownSecret(const QString &file)
{
    if (!QFile::exists(file)) {
        if (const Done made = write(file, newSecret()); !made)
            return made.failure();
    }
    QStringList warnings;
    const auto secret = readSecret(file, warnings);
    for (const QString &warning : warnings)
        qCWarning(lcApp).noquote() << warning;
    return secret;
}

Result<std::optional<PreviousSecret>> readPreviousSecret(
    const QString &file, QStringList &warnings, Accept accept)
{
    const QString previous = previousOf(file);
    if (!QFile::exists(previous))
        return std::optional<PreviousSecret>();
    const auto line = readTrusted(previous, limits::SecretBytes + MomentBytes, warnings, accept);
    if (!line)
        return line.failure();
    const qsizetype blank = line->indexOf(' ');
    const auto end = QDateTime::fromString(QString::fromLatin1(line->left(blank)), Qt::ISODate);
    const auto secret = secretOf(line->mid(blank + 1));
    if (blank < 0 || !end.isValid() || !secret)
        return at(previous,
            QStringLiteral("it is not the end of a key in ISO 8601, a blank, and the key; remove it"
                           " if no old key is needed"));
    return std::optional(PreviousSecret{*secret, fromMs(end.toMSecsSinceEpoch())});
}

Done rotateSecret(const QString &file, Time now, Time end)
{
    // Whoever may write there could have it point elsewhere, to where only root may write.
    for (const QString &name : {file, previousOf(file)}) {
        if (QFileInfo(name).isSymbolicLink())
            return at(name, QStringLiteral("it is a symbolic link; name the file itself"));
    }
    QStringList warnings;
    const auto before = readPreviousSecret(file, warnings);
    if (!before)
        return before.failure();
    if (*before && (*before)->end > now)
        return at(previousOf(file),
            QStringLiteral("the key before the present one is still valid, and a third would end it"
                           " at once; remove this file if that is what you want"));
    const auto old = readSecret(file, warnings);
    if (!old)
        return old.failure();
    struct stat status { };
    if (::stat(QFile::encodeName(file).constData(), &status) != 0)
        return at(file, qt_error_string());
    const QByteArray until =
        QDateTime::fromMSecsSinceEpoch(toMs(end), Qt::UTC).toString(Qt::ISODate).toLatin1();
    // First the old one: at no moment is it nowhere.
    if (const Done kept = write(previousOf(file), until + ' ' + *old, &status); !kept)
        return kept;
    return write(file, newSecret(), &status);
}

} // namespace parley::app
