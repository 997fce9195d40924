// SPDX-License-Identifier: MIT
#pragma once

#include "client/chatclient.h"
#include "frames/frame.h"

#include <QHash>

namespace parley::play {

// How a player confirms what it was asked to confirm.
enum class ConfirmHabit { Proper, Dropped, Delayed, Doubled };

// Confirms for a player as its habit is, and remembers each CONFIRM until it is answered.
class Confirmer {
public:
    static constexpr qsizetype MostUnanswered = 10'000; // more are forgotten

    ConfirmHabit habit() const { return m_habit; }
    void setHabit(ConfirmHabit, milliseconds delay);
    void confirm(client::ChatClient &, const std::vector<Seq> &);
    // The client has sent this frame, whatever it is.
    void noteSent(client::ChatClient &, const frames::Frame &);
    // What the CONFIRM with this ref, which is answered now, had named; nothing: it is not known.
    protocol::Confirm take(const QByteArray &ref) { return m_unanswered.take(ref); }
    // What was sent is answered no more.
    void clear() { m_unanswered.clear(); }

private:
    ConfirmHabit m_habit = ConfirmHabit::Proper;
    milliseconds m_delay{};
    QHash<QByteArray, protocol::Confirm> m_unanswered; // by ref
};

} // namespace parley::play
