// SPDX-License-Identifier: MIT
// Keys and tokens that are files: what an operator gave, and what the server makes for itself.
#pragma once

#include "app/settings/readfile.h"

#include <QByteArray>
#include <QStringList>

namespace parley::app {

// The secret that the file holds (core/secrettext.h); a Failure begins with the file's name. A file
// that others may write is refused, for anybody could have put it there; one that others may read
// is warned of.
Result<QByteArray> readSecret(const QString &file, QStringList &warnings, Accept = Accept::AnyFile);

// The same of a file of the server's own; where there is none it is made, of 32 random bytes in
// hexadecimal digits, and for its owner alone. Its folder must exist. Warnings go to the log.
Result<QByteArray> ownSecret(const QString &file);

} // namespace parley::app
