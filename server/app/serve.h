// SPDX-License-Identifier: MIT
// Around the server: descriptors, signals, the line that says it is ready, the end.
#pragma once

#include "app/settings/sources.h"

namespace parley::app {

// Serves until a signal ends it, and returns the exit status. SIGHUP reads `sources` again. Needs
// a QCoreApplication.
int serve(const Sources &sources, Settings, bool isDemo);

} // namespace parley::app
