// SPDX-License-Identifier: MIT
#include "session/failurewindow.h"

#include "core/limits.h"

namespace parley::session {

FailureWindow::FailureWindow(int limit, size_t capacity)
    : m_limit(size_t(limit))
    , m_capacity(capacity)
{
    Q_ASSERT(capacity > 0);
}

std::optional<milliseconds> FailureWindow::blocked(quint64 key, Instant now) const
{
    const auto found = m_newest.find(key);
    if (found == m_newest.end() || found->second.size() <= m_limit)
        return {};
    const Instant end = found->second.front() + limits::ThrottleWindow;
    if (end <= now)
        return {};
    return end - now;
}

void FailureWindow::add(quint64 key, Instant now)
{
    while (!m_failures.empty()
        && (m_failures.size() >= m_capacity
            || m_failures.front().at + limits::ThrottleWindow <= now))
        forgetOldest();
    std::vector<Instant> &newest = m_newest[key];
    if (newest.size() > m_limit)
        newest.erase(newest.begin());
    newest.push_back(now);
    m_failures.push_back({key, now});
}

void FailureWindow::forgetOldest()
{
    const Failure oldest = m_failures.front();
    m_failures.pop_front();
    const auto found = m_newest.find(oldest.key);
    // Not there, or only later ones: it made room for newer ones of its key already.
    if (found == m_newest.end() || found->second.front() > oldest.at)
        return;
    found->second.erase(found->second.begin());
    if (found->second.empty())
        m_newest.erase(found);
}

} // namespace parley::session
