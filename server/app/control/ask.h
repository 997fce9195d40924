// SPDX-License-Identifier: MIT
// How another process asks a running server.
#pragma once

#include "core/result.h"

#include <QJsonObject>
#include <QList>

namespace parley::app::control {

// The lines of the answer but for the last; waits for them. `transient`: no server answers there.
Result<QList<QJsonObject>> ask(const QString &data, const QJsonObject &question);

} // namespace parley::app::control
