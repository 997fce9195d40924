// SPDX-License-Identifier: MIT
#pragma once

namespace parley::app {

enum ExitStatus { Well = 0, Failed = 1, WrongUsage = 2 };

} // namespace parley::app
