// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

namespace parley {

enum class Quoting { None, Json };

// Text from outside in a form that is safe for a terminal or a log, in one line: characters that
// move the cursor, end a line or change the direction of writing become \n or \uXXXX. With
// Quoting::Json also quotes and backslashes are escaped, so that it can stand between quotes as
// JSON has it.
QString printable(const QString &, Quoting = Quoting::None);

} // namespace parley
