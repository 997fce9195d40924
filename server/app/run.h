// SPDX-License-Identifier: MIT
#pragma once

namespace parley::app {

// The whole program: reads the command line, does what it says, returns the exit status
// (0 well, 1 failed while running, 2 wrong usage or configuration).
int run(int argc, char **argv);

} // namespace parley::app
