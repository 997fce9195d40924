// SPDX-License-Identifier: MIT
// Every command of parleyd but serve: users, sessions, the store. Works while a server runs, too.
#pragma once

#include "app/commandline.h"
#include "app/settings/settings.h"

namespace parley::app {

// Does the command, which is not Serve, and returns the exit status. Results go to standard output,
// reasons to standard error.
int administer(const Command &, const Settings &);

} // namespace parley::app
