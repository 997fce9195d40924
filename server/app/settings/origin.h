// SPDX-License-Identifier: MIT
#pragma once

#include "core/result.h"

namespace parley::app {

// A web site as its browsers' Origin header names it: scheme://host[:port], in lower case, without
// the port that is the scheme's own. Takes capitals and a slash at the end; a Failure says what
// else is wrong.
Result<QString> toOrigin(const QString &text);

} // namespace parley::app
