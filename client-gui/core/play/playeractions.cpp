// SPDX-License-Identifier: MIT
// The part of Player that does what it is told to.
#include "play/player.h"

#include "client/identity.h"
#include "protocol/codec.h"

namespace parley::play {

using client::State;

bool Player::connectToServer()
{
    say({.what = Action::What::Connect});
    if (const QString missing = whatIsMissing(m_account); !missing.isEmpty()) {
        m_reason = missing;
        Q_EMIT stateChanged(state());
        return false;
    }
    if (!m_client || m_clientsAccount != m_account)
        makeClient();
    m_client->setHeartbeat(m_heartbeat);
    m_client->connectToServer();
    if (m_watched != UserId())
        m_client->watch({m_watched});
    return true;
}

void Player::disconnectFromServer()
{
    say({.what = Action::What::Disconnect});
    if (m_client)
        m_client->disconnectFromServer();
}

QByteArray Player::send(UserId receiver, const QString &body, const QByteArray &clientId)
{
    say({.what = Action::What::Send, .receiver = receiver, .text = body, .clientId = clientId});
    if (!m_client)
        return {};
    const QByteArray id = clientId.isEmpty() ? client::newClientId() : clientId;
    m_conversation.noteSending(receiver, body, id);
    if (!m_client->send(receiver, body.toUtf8(), {id, {}}).isEmpty())
        return id;
    m_conversation.noteFailed(id, tr("Too many messages are waiting to be sent."));
    return {};
}

void Player::fetch()
{
    say({.what = Action::What::Fetch});
    if (m_client)
        m_client->fetch();
}

void Player::confirm(const std::vector<Seq> &seqs)
{
    say({.what = Action::What::Confirm, .seqs = seqs});
    doConfirm(seqs);
}

void Player::confirmAll()
{
    say({.what = Action::What::ConfirmAll});
    if (const auto seqs = m_conversation.unconfirmed(); !seqs.empty())
        doConfirm(seqs);
}

void Player::doConfirm(const std::vector<Seq> &seqs)
{
    if (!m_client || m_habit == ConfirmHabit::Dropped)
        return;
    if (m_habit == ConfirmHabit::Delayed) {
        QTimer::singleShot(
            m_confirmDelay, m_client, [chat = m_client, seqs] { chat->confirm(seqs); });
        return;
    }
    m_client->confirm(seqs);
}

// As soon as the proper one is on the wire, so that it is the second one that comes second.
void Player::confirmAgain(const QByteArray &ref)
{
    static const QByteArray Again = QByteArrayLiteral("\"again\"");
    if (const auto sent = m_confirming.constFind(ref); sent != m_confirming.cend() && ref != Again)
        m_client->sendRaw(protocol::encode(protocol::Request{*sent, Again}));
}

void Player::watch(UserId peer)
{
    say({.what = Action::What::Watch, .receiver = peer});
    m_watched = peer;
    if (m_client)
        m_client->watch(peer == UserId() ? std::vector<UserId>() : std::vector{peer});
}

void Player::setAutoConfirm(bool on)
{
    if (m_autoConfirm == on)
        return;
    say({.what = Action::What::SetAutoConfirm, .on = on});
    m_autoConfirm = on;
    Q_EMIT habitsChanged();
}

void Player::setHeartbeat(bool on)
{
    if (m_heartbeat == on)
        return;
    say({.what = Action::What::SetHeartbeat, .on = on});
    m_heartbeat = on;
    m_lastBeat = SystemClock().instant();
    if (m_client)
        m_client->setHeartbeat(on);
    Q_EMIT habitsChanged();
}

void Player::setConfirmHabit(ConfirmHabit habit, milliseconds delay)
{
    m_habit = habit;
    m_confirmDelay = delay;
    Q_EMIT habitsChanged();
}

void Player::setReading(bool on)
{
    if (m_isReading == on || !isOnline())
        return;
    say({.what = Action::What::SetReading, .on = on});
    m_isReading = on;
    m_client->setReading(on);
    Q_EMIT habitsChanged();
}

bool Player::sendRaw(const QByteArray &frame)
{
    say({.what = Action::What::Raw, .text = QString::fromUtf8(frame)});
    return m_client && m_client->sendRaw(frame);
}

bool Player::sendBinary(const QByteArray &bytes)
{
    say({.what = Action::What::Binary, .text = QString::fromLatin1(bytes.toHex())});
    if (!m_client || !m_client->sendBinary(bytes))
        return false;
    auto frame = frames::makeFrame(m_pane, frames::Kind::Sent, m_userId, {}, frames::nowUs());
    frame.payload = bytes;
    frame.isBinary = true;
    log(std::move(frame));
    return true;
}

bool Player::sendAgain()
{
    return !m_lastSend.isEmpty() && sendRaw(m_lastSend);
}

void Player::abortConnection()
{
    say({.what = Action::What::Abort});
    if (m_client)
        m_client->abortConnection();
}

} // namespace parley::play
