// SPDX-License-Identifier: MIT
// What processes use, from /proc.
#pragma once

#include <QtGlobal>

#include <vector>

#include <sys/types.h>

namespace parley::bench {

struct Usage {
    double cpuSeconds = 0; // user and system
    qint64 rssKib = 0;
};

// Of the processes with these ids, all together; those that are not there use nothing.
Usage usageOf(const std::vector<pid_t> &);
// CPU of this process, in seconds.
double ownCpuSeconds();
// Raises the limit of open files as far as it goes, and returns it.
qint64 raiseDescriptorLimit();

} // namespace parley::bench
