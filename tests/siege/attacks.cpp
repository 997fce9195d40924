// SPDX-License-Identifier: MIT
#include "siege/attack.h"

namespace parley::siege {

// What may be open at once is bounded here, for the memory of the server is bounded by it.
const std::vector<Attack> &attacks()
{
    static const std::vector<Attack> All{
        {"vanish", 60, 40, 1, Cost::Frame, true, vanish},
        {"vanish in a crowd", 4, 2, 40, Cost::Frame, true, vanishInTheCrowd},
        {"slow head", 8, 20, 1, Cost::Request, true, slowHead},
        {"idle crowd", 1, 2, 150, Cost::Request, true, idleCrowd},
        {"handshake", 20, 20, 1, Cost::Request, true, handshake},
        {"absent reader", 6, 10, 2, Cost::Connection, false, absentReader},
        {"slow reader", 4, 6, 1, Cost::Connection, false, slowReader},
        {"absent receiver", 4, 5, 2, Cost::Connection, false, absentReceiver},
        {"trace watcher", 2, 8, 1, Cost::Connection, false, traceWatcher},
        {"flood", 6, 6, 1, Cost::Connection, false, flood},
        {"lists", 8, 6, 1, Cost::Connection, true, lists},
        {"dialect", 30, 10, 1, Cost::Request, true, dialect},
        {"wrong sessions", 6, 5, 1, Cost::Request, true, wrongSessions},
        {"logins", 3, 3, 1, Cost::Request, false, logins},
        {"logout meanwhile", 3, 3, 3, Cost::Connection, false, logoutMeanwhile},
        {"session elsewhere", 2, 2, 1, Cost::Request, false, sessionElsewhere},
        {"probe", 10, 1, 1, Cost::Request, true, probe},
    };
    return All;
}

} // namespace parley::siege
