// SPDX-License-Identifier: MIT
// Frames as lines that may be pasted into any POSIX shell, whatever they hold.
#pragma once

#include "frames/frame.h"

#include <QUrl>

namespace parley::frames {

// One word that the shell takes as exactly this text. For printable text.
QString shellQuoted(const QString &);
// A command that writes exactly these bytes. Itself it is printable: what a terminal might obey is
// put down as octal numbers.
QString shellPrintf(const QByteArray &);

// A frame that was sent is sent again by websocat, which then shows the answers of a second; of one
// that was received, the connection is made on which the like is received; an attempt that was
// refused is repeated by curl. Session and password stay placeholders: a comment before the line
// says how to get one. `server` as in client::Options.
QString asShellCommand(const Frame &, const QUrl &server);
// What asShellCommand() calls: "websocat" or "curl".
QString shellProgram(const Frame &);

} // namespace parley::frames
