// SPDX-License-Identifier: MIT
// What the system says of this process.
#pragma once

#include <QtGlobal>

#include <optional>

namespace parley::gateway {

struct ProcessFigures {
    double cpuSeconds = 0; // of all threads, in user and system mode
    double startSeconds = 0; // since 1970 UTC
    qint64 residentBytes = 0;
    qint64 virtualBytes = 0;
    qint64 threads = 0;
    qint64 openDescriptors = 0;
    std::optional<qint64> mostDescriptors; // unset: no limit
    // What it may use of memory: the machine's, or less where a control group says so.
    qint64 memoryLimitBytes = 0;
};

// At most a second old, because it takes some 100 µs to read, and with a kernel before 6.2 more
// when there are many descriptors, which have to be counted one by one. Any thread.
ProcessFigures processFigures();

} // namespace parley::gateway
