// SPDX-License-Identifier: MIT
// Frames and steps of a trace, put as arrows. Labels are one line of printable text, whatever the
// wire holds.
#pragma once

#include "diagram/arrow.h"
#include "frames/frame.h"
#include "protocol/trace.h"

#include <vector>

namespace parley::diagram {

// One line of at most so many characters; what cannot be printed is a blank.
QString plainText(QByteArrayView utf8, qsizetype most = 40);
// "#9", "#7…#9".
QString seqText(Seq first, Seq last);

// Of a frame that was sent or received. A CONFIRM `upTo` has no firstSeq.
Arrow describe(const frames::Frame &);
// Of a connection that opened or ended; one that was refused is two arrows.
std::vector<Arrow> describeConnection(const frames::Frame &, bool wasOpen);

// What the database did. `user` is whose connection asked for it.
Arrow insertArrow(qint64 atUs, UserId sender, UserId receiver, Seq, const QByteArray &clientId);
Arrow selectArrow(qint64 atUs, UserId receiver, Seq first, Seq last);
Arrow deleteArrow(qint64 atUs, UserId receiver, Seq first, Seq last);
Arrow onlineArrow(qint64 atUs, UserId, bool isOnline);
Arrow beatArrow(qint64 atUs, UserId);
Arrow queryArrow(qint64 atUs, UserId asker);

// What a user did whom no pane plays; the step is one that is between them and the server.
Arrow describeOther(const protocol::TraceEvent &);
// So many steps of the trace are missing here.
Arrow droppedArrow(qint64 atUs, qint64 count);

} // namespace parley::diagram
