// SPDX-License-Identifier: MIT
#include "play/faultcheck.h"

#include "client/identity.h"
#include "play/players.h"

namespace parley::play {

using frames::Frame;
using frames::Kind;

FaultCheck::FaultCheck(Players &players, Player &player, const Patience &patience)
    : m_players(players)
    , m_player(player)
    , m_patience(patience)
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, [this] { notMet(m_otherwise); });
}

FaultCheck::~FaultCheck() = default;

void FaultCheck::start()
{
    m_outcome.state = State::Running;
    if (needsConnection() && !m_player.isOnline())
        return notTried(tr("%1 is not connected.").arg(m_player.name()));
    // Not within the log's signal: what is done then may be the client's own call.
    connect(&m_players.log(), &frames::FrameLog::appended, this, [this](const Frame &frame) {
        if (frame.pane == m_player.pane())
            QMetaObject::invokeMethod(
                this, [this, frame] { see(frame); }, Qt::QueuedConnection);
    });
    begin();
}

void FaultCheck::stop()
{
    notTried(tr("Stopped."));
}

void FaultCheck::see(const Frame &frame)
{
    if (!isRunning())
        return;
    if (m_aliveRef.isEmpty())
        return take(frame);
    if (isEnd(frame) && maySoEnd(frame))
        met(m_unlessDead.text
                + tr(" Then %1: too many bad frames within a minute.")
                      .arg(QString::fromLatin1(frame.code)),
            frame.number);
    else if (isEnd(frame))
        notMet(tr("%1 But then the connection ended with %2.")
                   .arg(m_unlessDead.text, QString::fromLatin1(frame.code)),
            frame.number);
    else if (frame.kind == Kind::Received && frame.ref == m_aliveRef && frame.cmd == "HEARTBEAT")
        met(m_unlessDead.text + tr(" The connection stays open."), m_unlessDead.frame);
}

void FaultCheck::expect(const QString &what, milliseconds within, const QString &otherwise)
{
    if (!isRunning())
        return;
    m_outcome.text = what;
    m_otherwise = otherwise;
    m_timer.start(within);
    Q_EMIT progressed(what);
}

void FaultCheck::proveAlive(const QString &text, qint64 frame)
{
    m_unlessDead = {State::Met, text, frame};
    m_aliveRef = newRef();
    expect(tr("Asks whether the connection is still there"), m_patience.answer,
        tr("%1 But then the connection did not answer any more.").arg(text));
    m_player.sendRaw("{\"cmd\":\"HEARTBEAT\",\"ref\":" + m_aliveRef + '}');
}

void FaultCheck::met(const QString &text, qint64 frame)
{
    finish(State::Met, text, frame);
}
void FaultCheck::notMet(const QString &text, qint64 frame)
{
    finish(State::NotMet, text, frame);
}
void FaultCheck::notTried(const QString &text)
{
    finish(State::NotTried, text);
}

void FaultCheck::finish(State state, const QString &text, qint64 frame)
{
    if (!isRunning())
        return;
    m_timer.stop();
    m_players.log().disconnect(this);
    m_player.disconnect(this);
    m_outcome = {state, text, frame};
    undo();
    Q_EMIT finished(m_outcome);
}

QByteArray FaultCheck::newMark()
{
    return "fault-" + client::newClientId();
}
QByteArray FaultCheck::newRef()
{
    return '"' + newMark() + '"';
}

bool FaultCheck::isEnd(const Frame &frame)
{
    return frame.kind == Kind::Ended && frame.code.toInt() >= 1000;
}

} // namespace parley::play
