// SPDX-License-Identifier: MIT
// Writes lines for a reader that may be slow, or not read at all.
#pragma once

#include <QByteArray>

#include <chrono>
#include <functional>
#include <memory>

namespace parley::app {

// Writes lines to a descriptor on a thread of its own, the only one that a reader who does not read
// can block. What waits is bounded; over it lines are dropped, and a line says how many when there
// is room again. All functions: any thread.
class LineWriter {
public:
    // What is written in place of dropped lines: a line, with its end.
    using TellDropped = std::function<QByteArray(quint64 dropped)>;

    // The descriptor must stay open for as long as the process runs.
    LineWriter(int descriptor, qint64 mostBytes, TellDropped);
    // Does not wait for what is still to be written: flush() before.
    ~LineWriter();
    Q_DISABLE_COPY_MOVE(LineWriter)

    // A line with its end. Never waits.
    void add(const QByteArray &line);
    // Waits until all is written, at most for so long; whether it was.
    bool flush(std::chrono::milliseconds);

    // How many lines were, so far.
    quint64 dropped() const;

private:
    struct State;
    // Shared with the thread, which may outlive this in a write that never returns.
    const std::shared_ptr<State> m_state;
};

} // namespace parley::app
