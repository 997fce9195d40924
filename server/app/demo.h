// SPDX-License-Identifier: MIT
// What `serve --demo` makes before it serves.
#pragma once

#include "app/settings/settings.h"
#include "core/result.h"

namespace parley::app {

// The users alice (1) and bob (2), password demo, where they are not there yet. When no secret key
// is configured, the one of the data directory is used, and made where there is none.
Done prepareDemo(Settings &);

} // namespace parley::app
