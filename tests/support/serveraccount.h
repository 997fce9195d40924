// SPDX-License-Identifier: MIT
// Servers that refuse to run as root run as the user postgres when the test does.
#pragma once

#include "core/result.h"

#include <QProcess>

namespace parley::test {

// Before it is started: it then runs as such a user, and ends with the thread that starts it.
void runAsServer(QProcess &);
// So that what runs as such a user may write to the folder.
Done giveToServers(const QString &folder);

} // namespace parley::test
