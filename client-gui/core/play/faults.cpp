// SPDX-License-Identifier: MIT
#include "play/faults.h"

#include "play/confirmfaults.h"
#include "play/connectionfaults.h"
#include "play/framefaults.h"
#include "play/sessionfaults.h"

#include <QCoreApplication>

namespace parley::play {
namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("parley::play", text);
}

Fault confirmFault(FaultKind kind)
{
    if (kind == FaultKind::DropConfirms)
        return {kind, tr("Drop CONFIRMs"), tr("Gets a message and never confirms it."),
            tr("Keeps the message unread, and returns it again for FETCH.")};
    if (kind == FaultKind::DelayConfirms)
        return {kind, tr("Delay CONFIRMs"), tr("Confirms a message only after a while."),
            tr("Keeps the message unread until the CONFIRM, and then removes it.")};
    return {kind, tr("Double CONFIRMs"), tr("Confirms a message twice."),
        tr("Answers the second CONFIRM with CONFIRMED, too, and removes nothing for it.")};
}

Fault frameFault(FaultKind kind)
{
    if (kind == FaultKind::SameClientId)
        return {kind, tr("Send the same clientId again"), tr("Sends one message twice."),
            tr("Stores it once: the second SENT has the same seq and \"duplicate\":true.")};
    if (kind == FaultKind::Malformed)
        return {kind, tr("Send a malformed frame"), tr("Sends half a JSON object."),
            tr("Answers ERROR bad_json. The connection stays open.")};
    if (kind == FaultKind::Oversized)
        return {kind, tr("Send an oversized frame"),
            tr("Sends one byte more than a frame may have."), tr("Closes with 1009.")};
    if (kind == FaultKind::Binary)
        return {kind, tr("Send a binary frame"), tr("Sends a few bytes as a binary frame."),
            tr("Answers ERROR unsupported. The connection stays open.")};
    return {kind, tr("Flood"), tr("Sends more commands than the server allows at once."),
        tr("Answers ERROR rate_limited with retryAfter, and serves the client again after it.")};
}

Fault connectionFault(FaultKind kind)
{
    if (kind == FaultKind::StopHeartbeats)
        return {kind, tr("Stop heartbeats"),
            tr("Sends nothing until the server closes the connection."),
            tr("Closes with 4508 when no frame came within its timeout.")};
    if (kind == FaultKind::Abort)
        return {kind, tr("Abort the socket"), tr("Ends the connection without a Close frame."),
            tr("Notes at once that the user is offline, accepts the new connection, and reports "
               "them as online.")};
    return {kind, tr("Stop reading"), tr("Asks for more than it reads."),
        tr("Ends the connection, with 4513 or without a code. Others notice nothing.")};
}

Fault sessionFault(FaultKind kind)
{
    if (kind == FaultKind::WrongSession)
        return {kind, tr("Wrong session"), tr("Connects with an invented session."),
            tr("Refuses with HTTP 401.")};
    if (kind == FaultKind::ExpiredSession)
        return {kind, tr("Expired session"), tr("Connects with a session that was valid before."),
            tr("Refuses with HTTP 401.")};
    return {kind, tr("Another user's session"),
        tr("Connects as another user with its own session."), tr("Refuses with HTTP 401.")};
}

} // namespace

std::vector<Fault> faults()
{
    using enum FaultKind;
    return {connectionFault(StopHeartbeats), confirmFault(DropConfirms),
        confirmFault(DelayConfirms), confirmFault(DoubleConfirms), frameFault(SameClientId),
        frameFault(Malformed), frameFault(Oversized), frameFault(Binary), connectionFault(Abort),
        connectionFault(StopReading), sessionFault(WrongSession), sessionFault(ExpiredSession),
        sessionFault(OthersSession), frameFault(Flood)};
}

std::unique_ptr<FaultCheck> makeFaultCheck(
    FaultKind kind, Players &players, Player &player, const FaultCheck::Patience &patience)
{
    switch (kind) {
    case FaultKind::StopHeartbeats:
        return std::make_unique<SilenceCheck>(players, player, patience);
    case FaultKind::DropConfirms:
        return std::make_unique<DropCheck>(players, player, patience);
    case FaultKind::DelayConfirms:
        return std::make_unique<DelayCheck>(players, player, patience);
    case FaultKind::DoubleConfirms:
        return std::make_unique<DoubleCheck>(players, player, patience);
    case FaultKind::SameClientId:
        return std::make_unique<DuplicateCheck>(players, player, patience);
    case FaultKind::Malformed:
    case FaultKind::Binary:
        return std::make_unique<RefusedFrameCheck>(
            players, player, patience, kind == FaultKind::Binary);
    case FaultKind::Oversized:
        return std::make_unique<OversizedCheck>(players, player, patience);
    case FaultKind::Abort:
        return std::make_unique<AbortCheck>(players, player, patience);
    case FaultKind::StopReading:
        return std::make_unique<SlowReaderCheck>(players, player, patience);
    case FaultKind::WrongSession:
    case FaultKind::ExpiredSession:
    case FaultKind::OthersSession:
        return std::make_unique<SessionCheck>(players, player, patience, kind);
    case FaultKind::Flood:
        return std::make_unique<FloodCheck>(players, player, patience);
    }
    return nullptr;
}

} // namespace parley::play
