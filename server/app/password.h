// SPDX-License-Identifier: MIT
// A new password, from the person at the terminal or from a script.
#pragma once

#include "core/result.h"

#include <QByteArray>

namespace parley::app {

// From a script: the first line of standard input, without a byte order mark. Else asks twice at
// the terminal that is standard input, showing nothing; a Failure when it is none. Keeps to
// checkPassword().
Result<QByteArray> readPassword(bool fromStdin);

} // namespace parley::app
