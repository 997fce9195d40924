// SPDX-License-Identifier: MIT
#include "app/secretfile.h"

#include "app/configuration.h"

#include <QFile>
#include <QRandomGenerator>
#include <QSaveFile>

#include <array>

namespace parley::app {

namespace {

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
        return Failure{QStringLiteral("%1: %2").arg(file, target.errorString())};
    return done();
}

} // namespace

Result<QByteArray> ownSecret(const QString &file)
{
    if (!QFile::exists(file)) {
        if (const Done made = makeSecret(file); !made)
            return made.failure();
    }
    return readSecret(file);
}

} // namespace parley::app
