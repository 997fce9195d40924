// SPDX-License-Identifier: MIT
#pragma once

#include "bench/moment.h"
#include "bench/process.h"
#include "bench/report.h"

namespace parley::bench {

// A stretch of a run that is measured: what happened in it, and what it cost.
class Window {
public:
    explicit Window(const std::vector<pid_t> &serverPids);
    void end();

    double length() const { return m_seconds; }
    // PREFIXmessages, …_per_second, and the CPU of each of them.
    void addRate(Report &, const std::string &prefix, qint64 messages) const;
    // The server's CPU for each of so many.
    void addServerCost(Report &, const std::string &name, qint64 count) const;
    // What the server used all in all.
    void addServerLoad(Report &) const;

private:
    const std::vector<pid_t> m_serverPids;
    const Usage m_before;
    const double m_ownBefore;
    const Moment m_start = Ticks::now();
    double m_seconds = 0;
    double m_ownSeconds = 0;
    double m_serverSeconds = 0;
    qint64 m_rssKib = 0;
};

} // namespace parley::bench
