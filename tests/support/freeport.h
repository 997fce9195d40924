// SPDX-License-Identifier: MIT
#pragma once

#include <QtGlobal>

namespace parley::test {

// For a program that cannot be told to take any: one that is free now, from below the range that
// outgoing connections take theirs from, so that it is free at a restart, too.
quint16 freePort();

} // namespace parley::test
