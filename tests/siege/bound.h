// SPDX-License-Identifier: MIT
#pragma once

#include "core/limits.h"
#include "siege/attack.h"

namespace parley::siege {

// What of the server's memory the siege may use up, computed before it begins.
struct Load {
    qint64 programBytes = 0; // resident when nobody is connected yet
    int gateways = 0; // threads; as many check passwords
    int connections = 0; // that may cost what a connection may
    int frames = 0; // that cost a frame at most
    int requests = 0; // that cost a request at most
    bool isTls = false;
};

// Of the attackers at their most, and of the pairs.
Load loadOf(const std::vector<const Attack *> &, int pairConnections);
// The most that the server may ever be resident with.
qint64 memoryBound(const Load &);

} // namespace parley::siege
