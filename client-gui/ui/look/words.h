// SPDX-License-Identifier: MIT
// What happened, in words, and the way out.
#pragma once

#include "client/end.h"
#include "client/state.h"
#include "play/account.h"
#include "play/conversation.h"

namespace parley::ui {

// "127.0.0.1:2345", with the scheme where it is not plain ws.
QString serverInWords(const QUrl &);
QString stateInWords(client::State);
QString endInWords(const client::End &, const play::Account &);
QString errorInWords(const protocol::Error &);
QString lifeInWords(const play::Bubble &);
// The name of its icon.
QString lifeIcon(play::Life);
// The times of each step, and what lies between them; a line each.
QString timesInWords(const play::Bubble &);
// "12:03:05.123", in local time.
QString clockTime(qint64 atUs);
// A tool tip in which no text is taken for HTML.
QString plainToolTip(const QString &text);

} // namespace parley::ui
