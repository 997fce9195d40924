// SPDX-License-Identifier: MIT
#include "ui/look/savefile.h"

#include "frames/outputfile.h"

#include <QCoreApplication>
#include <QFileInfo>

namespace parley::ui {

Done writeFile(const QString &path, const QByteArray &bytes)
{
    const Done written = frames::writeFile(path, bytes);
    if (!written)
        return Failure{
            QCoreApplication::translate("parley::ui::Files", "%1 could not be written: %2.")
                .arg(QFileInfo(path).fileName(), written.failure().text)};
    return done();
}

} // namespace parley::ui
