// SPDX-License-Identifier: MIT
#pragma once

#include "core/result.h"

#include <QFile>

#include <limits>

namespace parley::app {

// Reading a pipe or a device may wait for ever: a thread with others to serve accepts none.
enum class Accept { AnyFile, RegularFiles };

// Opens the file, which has its name, for reading. A Failure begins with that.
Done openFile(QFile &, Accept);

// What an open file holds, and no more than `most` bytes of it. A Failure begins with the name:
// what cannot be read must not pass for what is empty.
Result<QByteArray> readFile(
    QFile &, const QString &name, qint64 most = std::numeric_limits<int>::max());

} // namespace parley::app
