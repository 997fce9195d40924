// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

#include <cstdio>

namespace parley::app {

enum ExitStatus { Well = 0, Failed = 1, WrongUsage = 2 };

// Tells the person at the terminal why, and hands the status on.
inline int giveUp(ExitStatus status, const QString &why)
{
    std::fprintf(stderr, "parleyd: %s\n", qUtf8Printable(why));
    return status;
}

} // namespace parley::app
