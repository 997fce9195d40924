// SPDX-License-Identifier: MIT
#include "bench/window.h"

namespace parley::bench {

Window::Window(const std::vector<pid_t> &serverPids)
    : m_serverPids(serverPids)
    , m_before(usageOf(serverPids))
    , m_ownBefore(ownCpuSeconds())
{
}

void Window::end()
{
    m_seconds = seconds(Ticks::now() - m_start);
    m_ownSeconds = ownCpuSeconds() - m_ownBefore;
    const Usage after = usageOf(m_serverPids);
    m_serverSeconds = after.cpuSeconds - m_before.cpuSeconds;
    m_rssKib = after.rssKib;
}

void Window::addRate(Report &report, const std::string &prefix, qint64 messages) const
{
    const double divisor = double(std::max(messages, qint64(1)));
    report.add(prefix + "messages", messages);
    report.add(prefix + "messages_per_second", double(messages) / m_seconds);
    report.add(prefix + "bench_cpu_us_per_message", m_ownSeconds * 1e6 / divisor);
    addServerCost(report, prefix + "server_cpu_us_per_message", messages);
}

void Window::addServerCost(Report &report, const std::string &name, qint64 count) const
{
    if (!m_serverPids.empty())
        report.add(name, m_serverSeconds * 1e6 / double(std::max(count, qint64(1))));
}

void Window::addServerLoad(Report &report) const
{
    if (m_serverPids.empty())
        return;
    report.add("server_cpu_percent", 100 * m_serverSeconds / m_seconds);
    report.add("server_rss_kib", m_rssKib);
}

} // namespace parley::bench
