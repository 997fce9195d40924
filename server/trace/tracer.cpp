// SPDX-License-Identifier: MIT
#include "trace/tracer.h"

#include <chrono>

namespace parley::trace {

qint64 Tracer::systemClock()
{
    using namespace std::chrono;
    return duration_cast<microseconds>(system_clock::now().time_since_epoch()).count();
}

Tracer::Tracer(QByteArray node, size_t capacity, Clock clock)
    : m_node(std::move(node))
    , m_capacity(capacity)
    , m_clock(std::move(clock))
{
}

Tracer::~Tracer() = default;

void Tracer::record(protocol::TraceEvent step)
{
    step.node = m_node;
    std::lock_guard lock(m_mutex);
    step.atUs = m_clock(); // under the lock, so that it rises with the order
    for (Watcher *watcher : m_watchers) {
        if (watcher->m_steps.size() >= m_capacity) {
            ++watcher->m_dropped;
            continue;
        }
        const bool wasEmpty = watcher->m_steps.empty();
        watcher->m_steps.push_back(step);
        watcher->m_steps.back().dropped = std::exchange(watcher->m_dropped, 0);
        if (wasEmpty)
            watcher->m_wake();
    }
}

std::unique_ptr<Watcher> Tracer::watch(std::function<void()> wake)
{
    std::lock_guard lock(m_mutex);
    if (m_watchers.size() >= limits::TraceWatchers)
        return nullptr;
    std::unique_ptr<Watcher> watcher(new Watcher(*this, std::move(wake)));
    m_watchers.push_back(watcher.get());
    m_isOn = true;
    return watcher;
}

Watcher::Watcher(Tracer &tracer, std::function<void()> wake)
    : m_tracer(tracer)
    , m_wake(std::move(wake))
{
}

Watcher::~Watcher()
{
    std::lock_guard lock(m_tracer.m_mutex);
    std::erase(m_tracer.m_watchers, this);
    m_tracer.m_isOn = !m_tracer.m_watchers.empty();
}

std::vector<protocol::TraceEvent> Watcher::take(size_t most)
{
    std::lock_guard lock(m_tracer.m_mutex);
    const auto end = m_steps.begin() + qsizetype(std::min(most, m_steps.size()));
    std::vector<protocol::TraceEvent> steps(
        std::make_move_iterator(m_steps.begin()), std::make_move_iterator(end));
    m_steps.erase(m_steps.begin(), end);
    return steps;
}

bool Watcher::isEmpty() const
{
    std::lock_guard lock(m_tracer.m_mutex);
    return m_steps.empty();
}

} // namespace parley::trace
