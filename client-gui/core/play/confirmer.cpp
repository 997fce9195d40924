// SPDX-License-Identifier: MIT
#include "play/confirmer.h"

#include "protocol/codec.h"

#include <QTimer>

namespace parley::play {
namespace {

const QByteArray Again = QByteArrayLiteral("\"again\""); // the ref of a second one

} // namespace

void Confirmer::setHabit(ConfirmHabit habit, milliseconds delay)
{
    m_habit = habit;
    m_delay = delay;
}

void Confirmer::confirm(client::ChatClient &chat, const std::vector<Seq> &seqs)
{
    if (m_habit == ConfirmHabit::Delayed)
        QTimer::singleShot(m_delay, &chat, [&chat, seqs] { chat.confirm(seqs); });
    else if (m_habit != ConfirmHabit::Dropped)
        chat.confirm(seqs);
}

void Confirmer::noteSent(client::ChatClient &chat, const frames::Frame &frame)
{
    if (frame.cmd != "CONFIRM" || frame.ref.isEmpty())
        return;
    const auto command = protocol::decodeCommand(frame.payload);
    const auto *request = std::get_if<protocol::Request>(&command);
    const auto *confirm = request ? std::get_if<protocol::Confirm>(&request->command) : nullptr;
    if (!confirm)
        return;
    if (m_unanswered.size() < MostUnanswered)
        m_unanswered.insert(frame.ref, *confirm);
    // As soon as the proper one is on the wire, so that it is the second one that comes second.
    if (m_habit == ConfirmHabit::Doubled && frame.ref != Again)
        chat.sendRaw(protocol::encode(protocol::Request{*confirm, Again}));
}

} // namespace parley::play
