// SPDX-License-Identifier: MIT
// What parleyd says to the person, or the script, that started it. Nothing of it reaches a terminal
// raw.
#pragma once

#include "app/exitstatus.h"
#include "core/result.h"

#include <QByteArray>

namespace parley::app {

// No file that is opened later may be taken for standard output or error. Reading and writing fail
// on those that were closed.
void openStandardStreams();

// "parleyd: TEXT" on standard error, as one line.
void tell(const QString &text);
// Tells why, and hands the status on.
int giveUp(ExitStatus, const QString &why);

// The result of a command, on standard output: whole lines, and nothing in them from outside that
// is not printable(). What is written in part has failed, too.
Done answer(const QByteArray &lines);
// The same of one line, without waiting: a Failure, too, when nobody reads.
Done answerAtOnce(const QByteArray &line);

} // namespace parley::app
