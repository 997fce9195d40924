// SPDX-License-Identifier: MIT
// What the benchmark can do to a server. Each returns the report of one run, and its faults.
#pragma once

#include "bench/report.h"
#include "bench/target.h"

#include <vector>

namespace parley::bench {

struct Outcome {
    Report report;
    Faults faults;
    std::string firstTrouble; // the first refusal or lost connection, in words; empty if none
};

struct Setting {
    const Target &target;
    UserId firstUser;
    std::vector<pid_t> serverPids; // on this machine; none: nothing is said of what the server uses
};

// Messages between pairs who are there, each sender with `window` of them outstanding.
struct PairsOptions {
    int pairs = 100;
    int window = 1;
    int seconds = 10;
    int warmupSeconds = 1;
    int idle = 0; // connections beside them
    int bodyBytes = 200;
};
Outcome runPairs(const Setting &, const PairsOptions &);

// Messages to users who are away; then these come and take them.
struct OfflineOptions {
    int senders = 100;
    int messages = 1000; // each
    int window = 16;
    int bodyBytes = 200;
};
Outcome runOffline(const Setting &, const OfflineOptions &);

// Connections that do nothing but stay.
struct IdleOptions {
    int connections = 1000;
    int seconds = 20;
};
Outcome runIdle(const Setting &, const IdleOptions &);

} // namespace parley::bench
