// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

namespace parley {

enum class Quoting { None, Json };

// Text from outside, such as a terminal or a log may show it, in one line: whatever moves a cursor,
// ends a line or turns the direction of writing comes out as \n or \uXXXX. With Quoting::Json also
// quotes and backslashes are escaped, so that it can stand between quotes as JSON has it.
QString printable(const QString &, Quoting = Quoting::None);

} // namespace parley
