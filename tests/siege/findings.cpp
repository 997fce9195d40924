// SPDX-License-Identifier: MIT
#include "siege/findings.h"

#include <cstdio>
#include <fstream>

namespace parley::siege {

namespace {

constexpr int PrintedOfAKind = 10;

// A process that ended stays a zombie until it is waited for.
bool isAlive(pid_t pid)
{
    std::ifstream file("/proc/" + std::to_string(pid) + "/stat");
    std::string stat;
    std::getline(file, stat);
    const std::size_t end = stat.rfind(')');
    return end != stat.npos && end + 2 < stat.size() && stat[end + 2] != 'Z'
        && stat[end + 2] != 'X';
}

} // namespace

void Findings::watch(UnderWay underWay)
{
    const std::lock_guard lock(m_mutex);
    m_underWay = std::move(underWay);
}

void Findings::attend(pid_t server)
{
    const std::lock_guard lock(m_mutex);
    m_server = server;
}

void Findings::add(const std::string &kind, const std::string &what)
{
    const std::lock_guard lock(m_mutex);
    if (m_server == 0 || isAlive(m_server))
        tell(kind, what);
}

void Findings::died(const std::string &how)
{
    const std::lock_guard lock(m_mutex);
    tell("the server died", how);
}

void Findings::tell(const std::string &kind, const std::string &what)
{
    const int count = ++m_counts[kind];
    if (count > PrintedOfAKind)
        return;
    std::printf("FINDING after %.1f s: %s%s%s\n", bench::seconds(bench::Ticks::now() - m_start),
        kind.c_str(), what.empty() ? "" : ": ", what.c_str());
    if (count == 1 && m_underWay) {
        for (const std::string &line : m_underWay())
            std::printf("    under way: %s\n", line.c_str());
    }
    std::fflush(stdout);
}

std::map<std::string, int> Findings::counts() const
{
    const std::lock_guard lock(m_mutex);
    return m_counts;
}

} // namespace parley::siege
