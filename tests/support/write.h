// SPDX-License-Identifier: MIT
#pragma once

#include <QFile>

namespace parley::test {

// Makes the file, or replaces it; its path. A test that cannot do that ends.
inline QString write(const QString &path, const QByteArray &content)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
        qFatal("%s: %s", qPrintable(path), qPrintable(file.errorString()));
    return path;
}

} // namespace parley::test
