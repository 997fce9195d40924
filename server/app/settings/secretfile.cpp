// SPDX-License-Identifier: MIT
#include "app/settings/secretfile.h"

#include "core/limits.h"
#include "core/log.h"
#include "core/secrettext.h"

#include <QRandomGenerator>
#include <QSaveFile>

#include <array>
#include <sys/stat.h>

namespace parley::app {

namespace {

Failure at(const QString &file, const QString &why)
{
    return {QStringLiteral("%1: %2").arg(file, why)};
}

Done makeSecret(const QString &file)
{
    std::array<quint32, 8> random;
    QRandomGenerator::system()->generate(random.begin(), random.end());
    const QByteArray text =
        QByteArray(reinterpret_cast<const char *>(random.data()), sizeof random).toHex() + '\n';
    QSaveFile target(file);
    if (!target.open(QIODevice::WriteOnly)
        || !target.setPermissions(QFile::ReadOwner | QFile::WriteOwner)
        || target.write(text) != text.size() || !target.commit())
        return at(file, target.errorString());
    return done();
}

} // namespace

Result<QByteArray> readSecret(const QString &file, QStringList &warnings, Accept accept)
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
    const auto text = readFile(source, file, limits::SecretBytes + 1);
    if (!text)
        return text;
    const auto secret = secretOf(*text);
    return secret ? secret : at(file, secret.failure().text);
}

Result<QByteArray> ownSecret(const QString &file)
{
    if (!QFile::exists(file)) {
        if (const Done made = makeSecret(file); !made)
            return made.failure();
    }
    QStringList warnings;
    const auto secret = readSecret(file, warnings);
    for (const QString &warning : warnings)
        qCWarning(lcApp).noquote() << warning;
    return secret;
}

} // namespace parley::app
