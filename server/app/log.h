// SPDX-License-Identifier: MIT
// The log: Qt's messages on standard error, one line for each.
#pragma once

#include "app/settings.h"
#include "core/clock.h"

namespace parley::app {

// From now on, everything that is logged goes to standard error in this form.
void installLog(LogFormat);

// What is less grave than this is no longer logged. May be called at any time, on any thread.
void setLogLevel(LogLevel);

// One line, without its end. Control characters of the message come out escaped.
QByteArray logLine(LogFormat, Time, QtMsgType, const QByteArray &category, const QString &message);

} // namespace parley::app
