// SPDX-License-Identifier: MIT
#pragma once

#include "load/plan.h"

#include <QObject>
#include <QThread>

namespace parley::load {

class Worker;

// Pairs of users that send to each other as fast as their windows let them, in a thread of their
// own. One run at a time; may be started again.
class LoadRun : public QObject {
    Q_OBJECT

public:
    explicit LoadRun(QObject *parent = nullptr);
    // Ends a run at once, without its finished().
    ~LoadRun() override;

    // False: one is running. What is wrong with the plan is told by finished().
    bool start(const Plan &);
    // Sends no more, waits (at most 2 s) for what is under way, and disconnects; finished()
    // follows within 3 s. Nothing when none is running.
    void stop();
    bool isRunning() const { return m_worker != nullptr; }

Q_SIGNALS:
    // Four times a second.
    void sampled(const parley::load::Sample &);
    void finished(const parley::load::Summary &);

private:
    void end();

    QThread m_thread;
    Worker *m_worker = nullptr; // lives in the thread
};

} // namespace parley::load
