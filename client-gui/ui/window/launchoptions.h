// SPDX-License-Identifier: MIT
#pragma once

#include "core/result.h"
#include "ui/window/themeswitch.h"

#include <QStringList>
#include <QUrl>

namespace parley::ui {

// What the command line says.
struct LaunchOptions {
    bool isDemo = false; // ClientA and ClientB are the demo server's users, and connect at once
    QUrl server; // invalid: as it was last, or the usual one
    QByteArray secretKey; // empty: none
    QByteArray traceToken; // of the server's administrator; empty: not known
    bool isTraceTokenFound = false; // where a server on this machine keeps it: for those here only
    QString traceTokenProblem; // why it is not known, in words
    std::optional<ThemeChoice> theme; // nullopt: as it was last
    QString language; // "en", "vi", "system"; empty: as it was last

    // Instead of a window: to be printed.
    QString help;
    QString version;
};

// Whether there is a display or not; the first argument is the program. What --ca names is trusted
// by this process from now on.
Result<LaunchOptions> readCommandLine(const QStringList &arguments);
// Where a server on this machine keeps its administrator's token by default.
QString defaultTokenFile();

} // namespace parley::ui
