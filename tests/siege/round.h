// SPDX-License-Identifier: MIT
#pragma once

#include "core/ids.h"
#include "core/limits.h"
#include "siege/chance.h"
#include "siege/findings.h"
#include "siege/serverunder.h"

namespace parley::siege {

// What the siege does to the whole server while the attacks go on.
struct Disturbance {
    enum class Kind { Stop, DatabaseAway };
    Kind kind;
    milliseconds at; // since the attacks began
    milliseconds length;
};

// One life of the server.
struct Round {
    std::string name;
    bool isNarrow = false; // few descriptors
    Footing footing;
    milliseconds length; // of the attacks
    std::vector<Disturbance> disturbances; // one after the other
};

// All rounds of a siege of so many minutes.
std::vector<Round> plan(double minutes, Chance &);

// What is kept from round to round.
struct Siege {
    QString program;
    QString folder;
    QStringList only; // attacks of these names; empty: all
    Findings findings;
    std::vector<Seq> lastSeqs; // of the pairs' mailboxes
};

// Runs it and prints its table.
void run(Siege &, const Round &, Chance);

} // namespace parley::siege
