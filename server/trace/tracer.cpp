// SPDX-License-Identifier: MIT
#include "trace/tracer.h"

#include <chrono>

namespace parley::trace {

qint64 Tracer::systemClock()
{
    using namespace std::chrono;
    return duration_cast<microseconds>(system_clock::now().time_since_epoch()).count();
}

Tracer::Tracer(QByteArray node, qint64 capacity, Clock clock)
    : m_node(std::move(node))
    , m_capacity(capacity)
    , m_clock(std::move(clock))
{
}

Tracer::~Tracer() = default;

qint64 Tracer::bytesOf(const protocol::TraceEvent &step)
{
    return qint64(sizeof step) + step.connectionId.size() + step.clientId.size() + step.cmd.size()
        + step.code.size();
}

void Tracer::record(protocol::TraceEvent step)
{
    const qint64 bytes = bytesOf(step);
    step.node = m_node;
    std::lock_guard lock(m_mutex);
    step.atUs = m_clock(); // under the lock, so that it rises with the order
    const auto event = std::make_shared<const protocol::TraceEvent>(std::move(step));
    for (Watcher *watcher : m_watchers) {
        if (watcher->m_bytes + bytes > m_capacity) {
            ++watcher->m_dropped;
            continue;
        }
        const bool wasEmpty = watcher->m_steps.empty();
        watcher->m_steps.push_back({event, std::exchange(watcher->m_dropped, 0)});
        watcher->m_bytes += bytes;
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
    std::vector<protocol::TraceEvent> steps;
    for (; !m_steps.empty() && steps.size() < most; m_steps.pop_front()) {
        protocol::TraceEvent &step = steps.emplace_back(*m_steps.front().event);
        step.dropped = m_steps.front().dropped;
        m_bytes -= Tracer::bytesOf(step);
    }
    return steps;
}

bool Watcher::isEmpty() const
{
    std::lock_guard lock(m_tracer.m_mutex);
    return m_steps.empty();
}

} // namespace parley::trace
