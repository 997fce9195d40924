// SPDX-License-Identifier: MIT
#include "play/framefaults.h"

#include "play/players.h"

#include <algorithm>

namespace parley::play {
namespace {

using frames::Frame;
using frames::Kind;

constexpr int MostFrameBytes = 64 << 20; // that we are ready to send
constexpr int MostFlood = 60'000; // commands
constexpr int FloodAtOnce = 500;
constexpr milliseconds LongestPause = 60s;

template <class T> std::optional<T> replyAs(const Frame &frame)
{
    auto reply = protocol::decodeReply(frame.payload);
    auto *wanted = reply ? std::get_if<T>(&*reply) : nullptr;
    return wanted ? std::optional(std::move(*wanted)) : std::nullopt;
}

} // namespace

void DuplicateCheck::begin()
{
    m_clientId = newMark();
    expect(tr("Writes to itself"), patience().answer, tr("SEND was not answered in time."));
    if (player().send(player().userId(), tr("Once and for all"), m_clientId).isEmpty())
        notTried(tr("Too many messages are waiting to be sent."));
}

void DuplicateCheck::take(const Frame &frame)
{
    if (isEnd(frame))
        return notMet(
            tr("The connection ended with %1.").arg(QString::fromLatin1(frame.code)), frame.number);
    if (frame.clientId != m_clientId)
        return;
    if (frame.kind == Kind::Sent && frame.cmd == "SEND")
        m_send = frame.payload;
    else if (frame.kind == Kind::Received && frame.cmd == "SENT")
        takeStored(frame);
    else if (frame.kind == Kind::Received && frame.cmd == "ERROR")
        takeRefusal(frame);
}

void DuplicateCheck::takeRefusal(const Frame &frame)
{
    const QString code = QString::fromUtf8(frame.code);
    if (m_seq == Seq())
        notTried(tr("The message was refused: %1.").arg(code));
    else
        notMet(tr("The second SEND was refused: %1.").arg(code), frame.number);
}

void DuplicateCheck::takeStored(const Frame &frame)
{
    const auto sent = replyAs<protocol::Sent>(frame);
    if (m_seq == Seq()) {
        if (!sent || sent->duplicate)
            return notMet(tr("The first SENT says that it is a duplicate."), frame.number);
        m_seq = sent->seq;
        expect(tr("Sends it again"), patience().answer,
            tr("The second SEND was not answered in time."));
        player().sendRaw(m_send);
    } else if (sent && sent->duplicate && sent->seq == m_seq) {
        met(tr("The server says that #%1 is a duplicate.").arg(m_seq.value()), frame.number);
    } else if (sent && sent->seq != m_seq) {
        notMet(tr("It was stored twice, as #%1 and #%2.").arg(m_seq.value()).arg(sent->seq.value()),
            frame.number);
    } else {
        notMet(tr("The second SENT does not say that it is a duplicate."), frame.number);
    }
}

void RefusedFrameCheck::begin()
{
    expect(tr("Waits for the ERROR"), patience().answer, tr("No ERROR came in time."));
    if (m_isBinary)
        player().sendBinary(QByteArray::fromHex("00ff5041524c4559"));
    else
        player().sendRaw("{\"cmd\":\"SEND\",\"receiveUserId\":");
}

void RefusedFrameCheck::take(const Frame &frame)
{
    if (isEnd(frame))
        return notMet(
            tr("The connection ended with %1.").arg(QString::fromLatin1(frame.code)), frame.number);
    // What has a ref or a clientId answers another frame.
    if (frame.kind != Kind::Received || frame.cmd != "ERROR" || !frame.ref.isEmpty()
        || !frame.clientId.isEmpty())
        return;
    const QString code = QString::fromUtf8(frame.code);
    if (frame.code == (m_isBinary ? "unsupported" : "bad_json"))
        proveAlive(tr("The server answered ERROR %1.").arg(code), frame.number);
    else
        notMet(tr("The server answered ERROR %1.").arg(code), frame.number);
}

// The tenth bad frame within a minute ends the connection.
bool RefusedFrameCheck::maySoEnd(const Frame &end)
{
    static const QByteArrayView Bad[] = {
        "bad_json", "bad_field", "missing_field", "unknown_cmd", "unsupported"};
    const frames::FrameLog &log = players().log();
    int errors = 0;
    for (qint64 number = end.number - 1; number >= log.firstNumber(); --number) {
        const Frame &frame = *log.frame(number);
        if (end.atUs - frame.atUs > std::chrono::microseconds(limits::BadFrameWindow).count())
            break;
        errors += frame.pane == end.pane && frame.cmd == "ERROR"
            && std::ranges::find(Bad, QByteArrayView(frame.code)) != std::end(Bad);
    }
    return end.code == "4400" && errors >= limits::BadFrames;
}

void OversizedCheck::begin()
{
    const int most = player().serverLimits().frameBytes;
    if (most > MostFrameBytes)
        return notTried(tr("The server allows frames of %1 bytes.").arg(most));
    QByteArray frame = "{\"cmd\":\"SEND\",\"receiveUserId\":"
        + QByteArray::number(player().userId().value()) + ",\"body\":\"";
    frame = frame.leftJustified(most - 1, 'x') + "\"}";
    expect(tr("Sends %1 bytes").arg(frame.size()), patience().answer,
        tr("The connection did not end in time."));
    player().sendRaw(frame);
}

void OversizedCheck::take(const Frame &frame)
{
    if (!isEnd(frame))
        return;
    m_ended = true;
    if (frame.code == "1009")
        met(tr("The server closed with 1009."), frame.number);
    else
        notMet(
            tr("The connection ended with %1.").arg(QString::fromLatin1(frame.code)), frame.number);
}

// Nobody comes back from 1009 unasked.
void OversizedCheck::undo()
{
    if (m_ended && player().state() == client::State::Refused)
        player().connectToServer();
}

void FloodCheck::begin()
{
    const Limits &limits = player().serverLimits();
    const qint64 count = limits.burst + 2 * qint64(limits.commandsPerSecond) + 100;
    if (limits.commandsPerSecond == 0 || count > MostFlood)
        return notTried(tr("The server's rate limit is too high to test, or there is none."));
    m_left = int(count);
    m_quiet.setSingleShot(true);
    connect(&m_quiet, &QTimer::timeout, this, [this] {
        if (isRunning())
            proveAlive(tr("The server answered ERROR rate_limited with retryAfter."), m_refusal);
    });
    expect(tr("Sends %1 commands").arg(m_left), patience().answer,
        tr("The server accepted %1 commands at once.").arg(m_left));
    sendSome();
}

void FloodCheck::sendSome()
{
    for (int i = 0; i < FloodAtOnce && m_left > 0 && isRunning() && m_refusal == 0; ++i, --m_left)
        player().sendRaw("{\"cmd\":\"HEARTBEAT\"}");
    if (m_left > 0 && isRunning() && m_refusal == 0)
        QTimer::singleShot(0, this, &FloodCheck::sendSome);
}

void FloodCheck::take(const Frame &frame)
{
    if (isEnd(frame))
        return notMet(
            tr("The connection ended with %1.").arg(QString::fromLatin1(frame.code)), frame.number);
    if (frame.kind != Kind::Received || frame.code != "rate_limited")
        return;
    const auto error = replyAs<protocol::Error>(frame);
    if (!error || !error->retryAfter)
        return notMet(tr("ERROR rate_limited does not say retryAfter."), frame.number);
    const milliseconds pause = std::clamp(*error->retryAfter, milliseconds(0), LongestPause);
    if (m_refusal == 0) {
        m_refusal = frame.number;
        expect(tr("Was asked to wait"), pause + patience().answer, tr("The refusals did not end."));
    }
    // Since the last of them: what was sent already counts, too.
    m_quiet.start(pause + 200ms);
}

} // namespace parley::play
