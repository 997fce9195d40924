// SPDX-License-Identifier: MIT
// Text as editors save it, and the secret that it holds.
#pragma once

#include "core/result.h"

#include <QByteArray>

namespace parley {

// Without the byte order mark of UTF-8. A Failure for UTF-16, which nothing here reads.
Result<QByteArray> withoutMark(const QByteArray &text);

// The key or the token that a file or a variable holds: one line. A byte order mark and line ends
// behind it are no part of it. A Failure when it is empty, when there is another line, and when it
// has a control character, or white space at either end.
Result<QByteArray> secretOf(const QByteArray &text);

} // namespace parley
