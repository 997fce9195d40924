// SPDX-License-Identifier: MIT
// Everything that parleyd does but serve: users, sessions, the store. Works beside a running
// server.
#pragma once

#include "app/commandline.h"
#include "app/settings/settings.h"

namespace parley::app {

// Does the command, which is not Serve, and returns the exit status. Results go to standard output,
// reasons to standard error.
int administer(const Command &, const Settings &);

} // namespace parley::app
