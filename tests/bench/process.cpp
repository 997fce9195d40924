// SPDX-License-Identifier: MIT
#include "bench/process.h"

#include <sys/resource.h>
#include <unistd.h>

#include <fstream>
#include <sstream>
#include <string>

namespace parley::bench {

namespace {

double cpuSeconds(const std::string &folder)
{
    std::ifstream file(folder + "/stat");
    std::string stat;
    std::getline(file, stat);
    // The name in brackets may hold anything; utime and stime are the 12th and 13th behind it.
    std::istringstream fields(stat.substr(std::min(stat.rfind(')') + 1, stat.size())));
    std::string skipped;
    for (int i = 0; i < 11; ++i)
        fields >> skipped;
    double user = 0;
    double system = 0;
    fields >> user >> system;
    return (user + system) / double(sysconf(_SC_CLK_TCK));
}

// smaps_rollup counts exactly; the figures of stat and status lag behind by some pages a thread.
qint64 rssKib(const std::string &folder)
{
    std::ifstream file(folder + "/smaps_rollup");
    std::string word;
    qint64 kib = 0;
    while (file >> word) {
        if (word == "Rss:") {
            file >> kib;
            break;
        }
    }
    return kib;
}

} // namespace

Usage usageOf(const std::vector<pid_t> &pids)
{
    Usage sum;
    for (const pid_t pid : pids) {
        const std::string folder = "/proc/" + std::to_string(pid);
        sum.cpuSeconds += cpuSeconds(folder);
        sum.rssKib += rssKib(folder);
    }
    return sum;
}

double ownCpuSeconds()
{
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    const auto toSeconds = [](const timeval &t) {
        return double(t.tv_sec) + double(t.tv_usec) / 1e6;
    };
    return toSeconds(usage.ru_utime) + toSeconds(usage.ru_stime);
}

qint64 raiseDescriptorLimit()
{
    rlimit limit{};
    getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
    return qint64(limit.rlim_cur);
}

} // namespace parley::bench
