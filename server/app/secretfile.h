// SPDX-License-Identifier: MIT
// Secrets that the server makes for itself.
#pragma once

#include "core/result.h"

#include <QByteArray>

namespace parley::app {

// What the file holds; where there is none it is made, of 32 random bytes in hexadecimal digits,
// and for its owner alone. Its folder must exist.
Result<QByteArray> ownSecret(const QString &file);

} // namespace parley::app
