// SPDX-License-Identifier: MIT
// What can be done to a server through one pane, and what it should do then.
#pragma once

#include "play/faultcheck.h"

#include <memory>
#include <vector>

namespace parley::play {

enum class FaultKind {
    StopHeartbeats,
    DropConfirms,
    DelayConfirms,
    DoubleConfirms,
    SameClientId,
    Malformed,
    Oversized,
    Binary,
    Abort,
    StopReading,
    WrongSession,
    ExpiredSession,
    OthersSession,
    Flood,
};

struct Fault {
    FaultKind kind;
    QString title;
    QString whatItDoes;
    QString whatTheServerShouldDo; // as the protocol has it
};

// All of them, in the order of FaultKind.
std::vector<Fault> faults();
// Not started yet. All players must outlive it.
std::unique_ptr<FaultCheck> makeFaultCheck(
    FaultKind, Players &, Player &, const FaultCheck::Patience & = {});

} // namespace parley::play
