// SPDX-License-Identifier: MIT
#include "ui/savefile.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QSaveFile>

namespace parley::ui {

Done writeFile(const QString &path, const QByteArray &bytes)
{
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size() || !file.commit())
        return Failure{
            QCoreApplication::translate("parley::ui::Files", "%1 could not be written: %2.")
                .arg(QFileInfo(path).fileName(), file.errorString())};
    return done();
}

} // namespace parley::ui
