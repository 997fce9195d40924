// SPDX-License-Identifier: MIT
// Pictures of widgets, for people to look at: kept only where PARLEY_TEST_IMAGES names a folder.
#pragma once

#include <QDir>
#include <QPixmap>
#include <QWidget>

namespace parley::test {

inline void keepImage(QWidget *widget, const QString &name)
{
    const QString folder = qEnvironmentVariable("PARLEY_TEST_IMAGES");
    if (!folder.isEmpty())
        widget->grab().save(QDir(folder).filePath(name + QStringLiteral(".png")));
}

} // namespace parley::test
