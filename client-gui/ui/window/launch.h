// SPDX-License-Identifier: MIT
#pragma once

namespace parley::ui {

// The whole program with its window; returns its exit status. 2: wrong usage.
int runWorkbench(int argc, char **argv);

} // namespace parley::ui
