// SPDX-License-Identifier: MIT
#pragma once

#include <QStringList>

namespace parley::workbench {

// `parley-client --headless run FILE...`: runs scenarios one after the other and says how it went.
// `arguments` begin with the program's name. Needs a QCoreApplication, whose event loop it runs.
// 0: all passed, 1: one did not, 2: wrong usage, or a file that is no scenario.
int runHeadless(const QStringList &arguments);

} // namespace parley::workbench
