// SPDX-License-Identifier: MIT
#include "play/connectionfaults.h"

#include "play/players.h"

#include <algorithm>

namespace parley::play {
namespace {

using frames::Frame;
using frames::Kind;

constexpr milliseconds LongestTimeout = 120s;
constexpr milliseconds Tolerance = 500ms; // of a time-out that is met too early
constexpr milliseconds AskAgainAfter = 300ms;
// What the player asks for without reading it: more than the server and all networks in between
// will hold for it.
constexpr int HeapMessages = 31;
constexpr int MostBodyBytes = 32 << 10; // of each, so that a FETCH brings nearly 1 MiB
constexpr int HeapFetches = 40;

qint64 toUs(milliseconds time)
{
    return std::chrono::microseconds(time).count();
}

} // namespace

void SilenceCheck::begin()
{
    const milliseconds timeout = player().serverLimits().heartbeatTimeout;
    m_hadHeartbeat = player().heartbeat();
    if (timeout > LongestTimeout)
        return notTried(tr("The server waits for %1 s.").arg(timeout / 1s));
    player().setHeartbeat(false);
    m_begunUs = m_lastSentUs = frames::nowUs();
    expect(tr("Is silent for %1 s").arg(timeout / 1s), timeout + patience().lateness,
        tr("The server did not close after %1 s of silence.")
            .arg((timeout + patience().lateness) / 1s));
    player().sendRaw("{\"cmd\":\"HEARTBEAT\"}"); // the last one
}

void SilenceCheck::take(const Frame &frame)
{
    const milliseconds timeout = player().serverLimits().heartbeatTimeout;
    if (frame.kind == Kind::Sent) {
        m_lastSentUs = frame.atUs;
        if (m_lastSentUs - m_begunUs > toUs(3 * timeout))
            return notTried(tr("%1 was not silent.").arg(player().name()));
        expect(outcome().text, timeout + patience().lateness,
            tr("The server did not close after %1 s of silence.")
                .arg((timeout + patience().lateness) / 1s));
    }
    if (!isEnd(frame))
        return;
    const double silence = double(frame.atUs - m_lastSentUs) / 1e6;
    const QString text = tr("The server closed with %1 after %2 s of silence.")
                             .arg(QString::fromLatin1(frame.code))
                             .arg(silence, 0, 'f', 1);
    const bool early = frame.atUs - m_lastSentUs < toUs(timeout - Tolerance);
    frame.code == "4508" && !early ? met(text, frame.number) : notMet(text, frame.number);
}

void SilenceCheck::undo()
{
    player().setHeartbeat(m_hadHeartbeat);
}

void AbortCheck::begin()
{
    expect(tr("Asks when the user was last seen"), patience().answer,
        tr("STATUS was not answered in time."));
    ask();
}

void AbortCheck::ask()
{
    if (!isRunning())
        return;
    m_ref = newRef();
    player().sendRaw("{\"cmd\":\"STATUS\",\"userIds\":["
        + QByteArray::number(player().userId().value()) + "],\"ref\":" + m_ref + '}');
}

void AbortCheck::take(const Frame &frame)
{
    if (frame.kind != Kind::Received)
        return;
    if (frame.cmd == "HELLO" && m_isCut && !m_isBack) {
        m_isBack = true;
        expect(tr("Is connected again, and asks when the user was last seen"), patience().answer,
            tr("The user is online again, but the server does not report that they were offline."));
        ask();
    } else if (frame.cmd == "STATUS" && frame.ref == m_ref) {
        takeStatus(frame);
    }
}

void AbortCheck::takeStatus(const Frame &frame)
{
    const auto reply = protocol::decodeReply(frame.payload);
    const auto *status = reply ? std::get_if<protocol::StatusReply>(&*reply) : nullptr;
    if (!status || status->users.empty())
        return notMet(tr("STATUS is malformed."), frame.number);
    const protocol::Presence &user = status->users.front();
    if (!m_isCut) {
        m_isCut = true;
        m_seenBefore = user.lastSeen;
        expect(tr("Is cut off, and connects again"), patience().comeBack,
            tr("The client did not connect again in time."));
        player().abortConnection();
        return;
    }
    const bool wasGone = user.lastSeen && (!m_seenBefore || *user.lastSeen > *m_seenBefore);
    const bool isTwice = players().isElsewhere(player());
    if (user.online && (wasGone || isTwice))
        return met(isTwice ? tr("Is connected again. Another pane kept the user online.")
                           : tr("Is connected again; the server noted that the user was offline."),
            frame.number);
    QTimer::singleShot(AskAgainAfter, this, &AbortCheck::ask);
}

void SlowReaderCheck::begin()
{
    const auto other = std::ranges::find_if(players().all(), [this](const auto &player) {
        return player.get() != &this->player() && player->isOnline();
    });
    m_other = other == players().all().end() ? nullptr : other->get();
    player().setConfirmHabit(ConfirmHabit::Dropped);
    expect(tr("Sends itself many messages"), 2 * patience().answer,
        tr("The messages were not stored in time."));
    const int bytes = std::clamp(player().serverLimits().bodyBytes, 1, MostBodyBytes);
    const QString body(bytes, QLatin1Char('x'));
    for (int i = 0; i < HeapMessages; ++i) {
        if (m_clientIds.insert(player().send(player().userId(), body, newMark())); !isRunning())
            return;
    }
}

void SlowReaderCheck::take(const Frame &frame)
{
    if (isEnd(frame)) {
        const QString code = QString::fromLatin1(frame.code);
        if (m_isSlow && (frame.code == "4513" || frame.code == "1006"))
            return judge(frame);
        return notMet(tr("The connection ended with %1.").arg(code), frame.number);
    }
    if (frame.kind != Kind::Received || !m_clientIds.contains(frame.clientId))
        return;
    if (frame.cmd == "ERROR")
        return notTried(tr("A message was refused: %1.").arg(QString::fromUtf8(frame.code)));
    if (frame.cmd != "SENT")
        return;
    m_seqs.push_back(frame.seq);
    if (m_seqs.size() == HeapMessages)
        stopReading();
}

void SlowReaderCheck::stopReading()
{
    expect(tr("Asks for %1 MiB and reads nothing").arg(HeapFetches),
        patience().slowReader + 2 * patience().answer,
        tr("The server did not end the connection, although nothing was read."));
    m_isSlow = true;
    player().setReading(false);
    const QByteArray fetch = "{\"cmd\":\"FETCH\",\"limit\":500,\"after\":"
        + QByteArray::number(m_seqs.front().value() - 1) + '}';
    for (int i = 0; i < HeapFetches; ++i)
        player().sendRaw(fetch);
    QTimer::singleShot(patience().slowReader / 2, this, &SlowReaderCheck::askOther);
    QTimer::singleShot(patience().slowReader, this, [this] {
        // Only who reads learns that their connection has ended.
        if (isRunning())
            player().setReading(true);
    });
}

void SlowReaderCheck::askOther()
{
    if (!isRunning() || !m_other)
        return;
    m_otherRef = newRef();
    connect(&players().log(), &frames::FrameLog::appended, this, [this](const Frame &frame) {
        m_otherAnswered =
            m_otherAnswered || (frame.kind == Kind::Received && frame.ref == m_otherRef);
    });
    m_other->sendRaw("{\"cmd\":\"HEARTBEAT\",\"ref\":" + m_otherRef + '}');
}

void SlowReaderCheck::judge(const Frame &end)
{
    const QString text = end.code == "1006"
        ? tr("The connection ended without a code.")
        : tr("The connection ended with %1.").arg(QString::fromLatin1(end.code));
    if (!m_other)
        met(text + tr(" (No other pane was online to notice.)"), end.number);
    else if (m_otherAnswered)
        met(text + tr(" %1 noticed nothing.").arg(m_other->name()), end.number);
    else
        notMet(text + tr(" But %1 was not answered meanwhile.").arg(m_other->name()), end.number);
}

void SlowReaderCheck::undo()
{
    player().setReading(true);
    player().setConfirmHabit(ConfirmHabit::Proper);
    if (!m_seqs.empty())
        player().confirm(m_seqs);
}

} // namespace parley::play
