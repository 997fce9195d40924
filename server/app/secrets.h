// SPDX-License-Identifier: MIT
#pragma once

#include "app/commandline.h"
#include "app/settings/settings.h"

namespace parley::app {

// A new key for time sessions, which a running server takes at once. Returns the exit status.
int run(const RotateSecret &, const Settings &);

} // namespace parley::app
