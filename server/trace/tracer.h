// SPDX-License-Identifier: MIT
// Reports to watchers, step by step, what happens to each message and connection
// (docs/protocol.md 6).
#pragma once

#include "core/limits.h"
#include "protocol/trace.h"

#include <atomic>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <vector>

namespace parley::trace {

class Watcher;

// Any thread. record() never waits for a watcher: one that is too slow misses steps, and is told
// how many.
class Tracer {
public:
    using Clock = std::function<qint64()>; // microseconds since 1970 UTC
    static qint64 systemClock();

    // `node` names this process. Steps of at most `capacity` bytes are kept for each watcher.
    explicit Tracer(
        QByteArray node, qint64 capacity = limits::TraceQueueBytes, Clock clock = systemClock);
    ~Tracer();
    Q_DISABLE_COPY_MOVE(Tracer)

    // Whether somebody watches. A step is made only then: `if (tracer.isOn()) tracer.record(…)`.
    bool isOn() const { return m_isOn.load(std::memory_order_relaxed); }
    // All watchers get their steps in one and the same order, that of these calls. What the tracer
    // knows itself (the moment, the node, what was dropped) it puts down itself.
    void record(protocol::TraceEvent);

    // What a step takes of the capacity.
    static qint64 bytesOf(const protocol::TraceEvent &);

    // Watches from now on. `wake` is called on whatever thread records, when there is something to
    // take after there was nothing; it may not call back. Null: there are too many watchers. The
    // tracer must outlive it.
    std::unique_ptr<Watcher> watch(std::function<void()> wake);

private:
    friend class Watcher;
    const QByteArray m_node;
    const qint64 m_capacity;
    const Clock m_clock;
    std::atomic<bool> m_isOn = false;
    std::mutex m_mutex; // guards what follows, and the watchers' own
    std::vector<Watcher *> m_watchers;
};

// One who watches, until it is destroyed; then `wake` is called no more.
class Watcher {
public:
    ~Watcher();
    Q_DISABLE_COPY_MOVE(Watcher)

    // The next steps, the oldest first. After less than all of them there is no wake: ask again.
    std::vector<protocol::TraceEvent> take(size_t most);
    bool isEmpty() const;

private:
    friend class Tracer;
    Watcher(Tracer &, std::function<void()> wake);

    Tracer &m_tracer;
    const std::function<void()> m_wake;
    struct Step {
        std::shared_ptr<const protocol::TraceEvent> event; // one for all watchers
        qint64 dropped = 0; // before it
    };
    std::deque<Step> m_steps;
    qint64 m_bytes = 0; // of all of them
    qint64 m_dropped = 0; // since the last of them
};

} // namespace parley::trace
