// SPDX-License-Identifier: MIT
#include "app/readfile.h"

#include <algorithm>

namespace parley::app {

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
