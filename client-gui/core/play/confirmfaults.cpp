// SPDX-License-Identifier: MIT
#include "play/confirmfaults.h"

#include "frames/trail.h"
#include "play/players.h"

namespace parley::play {

using frames::Frame;
using frames::Kind;

ConfirmCheck::ConfirmCheck(
    Players &players, Player &player, const Patience &patience, ConfirmHabit habit)
    : FaultCheck(players, player, patience)
    , m_habit(habit)
{
}

void ConfirmCheck::begin()
{
    if (players().isElsewhere(player()))
        return notTried(tr("Another pane of this user may confirm it. Disconnect that one first."));
    player().setConfirmHabit(m_habit, patience().confirmDelay);
    m_clientId = newMark();
    connect(&player(), &Player::messageReceived, this, [this](const protocol::Message &message) {
        if (message.clientId != m_clientId || message.sendUserId != player().userId())
            return;
        m_seq = message.seq;
        // After the player itself has made up its mind about it.
        QMetaObject::invokeMethod(
            this,
            [this] {
                if (!isRunning() || std::exchange(m_isGiven, true))
                    return;
                if (!player().autoConfirm())
                    player().confirm({m_seq});
                given();
            },
            Qt::QueuedConnection);
    });
    expect(tr("Writes to itself"), patience().answer,
        tr("The message was not stored and delivered in time."));
    if (player().send(player().userId(), tr("To be confirmed badly"), m_clientId).isEmpty())
        notTried(tr("Too many messages are waiting to be sent."));
}

void ConfirmCheck::take(const Frame &frame)
{
    if (isEnd(frame))
        return notMet(
            tr("The connection ended with %1.").arg(QString::fromLatin1(frame.code)), frame.number);
    if (m_isGiven)
        return takeLater(frame);
    if (frame.kind != Kind::Received || frame.clientId != m_clientId)
        return;
    if (frame.cmd == "ERROR")
        notTried(tr("The message was refused: %1.").arg(QString::fromUtf8(frame.code)));
    else if (frame.cmd == "SENT")
        player().fetch(); // a connection that is behind is pushed nothing
}

void ConfirmCheck::track(QByteArray &ref)
{
    ref = newRef();
    player().sendRaw("{\"cmd\":\"TRACK\",\"clientId\":\"" + m_clientId + "\",\"ref\":" + ref + '}');
}

void ConfirmCheck::undo()
{
    player().setConfirmHabit(ConfirmHabit::Proper);
    if (m_habit != ConfirmHabit::Dropped)
        return;
    if (player().autoConfirm())
        player().confirmAll();
    else if (m_seq != Seq())
        player().confirm({m_seq});
}

void DropCheck::given()
{
    expect(tr("Received the message, does not confirm it, and fetches"), patience().answer,
        tr("FETCH was not answered in time."));
    // Not the player's own FETCH, which asks for what is behind this message.
    m_ref = newRef();
    player().sendRaw("{\"cmd\":\"FETCH\",\"limit\":1,\"after\":"
        + QByteArray::number(seq().value() - 1) + ",\"ref\":" + m_ref + '}');
}

void DropCheck::takeLater(const Frame &frame)
{
    if (frame.kind != Kind::Received || frame.ref != m_ref)
        return;
    if (frame.cmd == "ERROR")
        return notTried(tr("FETCH was refused: %1.").arg(QString::fromUtf8(frame.code)));
    if (frames::coversSeq(frame, seq()))
        return met(
            tr("Message #%1 stayed unread and came again.").arg(seq().value()), frame.number);
    notMet(tr("Message #%1 was not confirmed, but is gone.").arg(seq().value()), frame.number);
}

void DelayCheck::given()
{
    expect(tr("Received the message, and delays the CONFIRM"),
        patience().confirmDelay + patience().answer,
        tr("CONFIRM or TRACK was not answered in time."));
    track(m_before);
}

void DelayCheck::takeLater(const Frame &frame)
{
    if (frame.kind == Kind::Sent && m_after.isEmpty() && frames::coversSeq(frame, seq()))
        return track(m_after);
    if (frame.kind != Kind::Received || frame.cmd != "TRACK" || frame.ref.isEmpty())
        return;
    const auto reply = protocol::decodeReply(frame.payload);
    const auto *answer = reply ? std::get_if<protocol::Tracked>(&*reply) : nullptr;
    if (frame.ref == m_before) {
        if (!answer || answer->state != protocol::TrackState::Unread)
            return notMet(tr("Before its CONFIRM the message was not unread."), frame.number);
        m_wasUnread = true;
    } else if (frame.ref == m_after) {
        if (answer && answer->state == protocol::TrackState::Confirmed && m_wasUnread)
            return met(
                tr("Message #%1 was unread until its CONFIRM.").arg(seq().value()), frame.number);
        notMet(tr("After its CONFIRM the message is not confirmed."), frame.number);
    }
}

void DoubleCheck::given()
{
    expect(tr("Received the message, and confirms it twice"), patience().answer,
        tr("Two CONFIRMED did not come in time."));
}

void DoubleCheck::takeLater(const Frame &frame)
{
    if (frame.kind == Kind::Sent && frame.cmd == "CONFIRM" && frames::coversSeq(frame, seq())) {
        m_refs.push_back(frame.ref);
        return;
    }
    if (frame.kind != Kind::Received || frame.cmd != "CONFIRMED" || m_refs.empty())
        return;
    const auto reply = protocol::decodeReply(frame.payload);
    const auto *answer = reply ? std::get_if<protocol::Confirmed>(&*reply) : nullptr;
    if (!answer)
        return notMet(tr("CONFIRMED is malformed."), frame.number);
    if (!m_isFirstAnswered && frame.ref == m_refs[0]) {
        m_isFirstAnswered = true;
        if (answer->removed < 1)
            notMet(tr("The first CONFIRM removed nothing."), frame.number);
    } else if (m_isFirstAnswered && m_refs.size() > 1 && frame.ref == m_refs[1]) {
        if (answer->removed == 0)
            met(tr("The second CONFIRM removed nothing."), frame.number);
        else
            notMet(tr("The second CONFIRM removed %1 again.").arg(answer->removed), frame.number);
    }
}

} // namespace parley::play
