// SPDX-License-Identifier: MIT
#pragma once

#include "core/ids.h"
#include "siege/chance.h"
#include "siege/script.h"

#include <string>
#include <vector>

namespace parley::siege {

class Horde;
struct Attack;

// One attack that is going on, as its script sees it.
struct Act {
    Horde &horde;
    const Attack &attack;
    Chance chance;
    std::string words; // what it has chosen, for who reads of a finding; by Horde::note()
    Script script;
};

// What its connections may make the server hold.
enum class Cost {
    Request, // they are not let in: what a request takes
    Frame, // they go before they are answered: what a frame takes
    Connection, // what a connection may hold at most
};

struct Attack {
    const char *name;
    int weight; // how often it is chosen
    int atOnce; // at most so many of them
    int connections; // each of them opens at most
    Cost cost;
    bool inNarrow; // also while the server has few descriptors
    Script (*run)(Act &);
};

// All that there are.
const std::vector<Attack> &attacks();

// One family each; a file each.
Script vanish(Act &);
Script vanishInTheCrowd(Act &);
Script slowHead(Act &);
Script idleCrowd(Act &);
Script handshake(Act &);
Script absentReader(Act &);
Script slowReader(Act &);
Script absentReceiver(Act &);
Script traceWatcher(Act &);
Script flood(Act &);
Script lists(Act &);
Script dialect(Act &);
Script wrongSessions(Act &);
Script logins(Act &);
Script logoutMeanwhile(Act &);
Script sessionElsewhere(Act &);
Script probe(Act &);

} // namespace parley::siege
