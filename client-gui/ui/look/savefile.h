// SPDX-License-Identifier: MIT
#pragma once

#include "core/result.h"

#include <QByteArray>
#include <QString>

namespace parley::ui {

// The whole file or, with the reason in words, nothing of it.
Done writeFile(const QString &path, const QByteArray &bytes);

} // namespace parley::ui
