// SPDX-License-Identifier: MIT
#pragma once

#include "load/pair.h"
#include "load/plan.h"

#include <memory>

namespace parley::load {

// A run, on the thread that it lives in. Once.
class Worker : public QObject {
    Q_OBJECT

public:
    explicit Worker(Plan);

    void start();
    void stop();

Q_SIGNALS:
    void sampled(const parley::load::Sample &);
    void finished(const parley::load::Summary &);

private:
    enum class Phase { Idle, Running, Draining, Leaving, Over };
    void makePair(int number);
    void connectMore();
    void pairChanged();
    void look();
    void leave();
    void finish(const QString &failure = {});
    Sample sample();

    const Plan m_plan;
    Tally m_tally;
    std::vector<std::unique_ptr<Pair>> m_pairs;
    size_t m_begun = 0; // of m_pairs
    Phase m_phase = Phase::Idle;
    QTimer m_sampling;
    QTimer m_looking;
    QElapsedTimer m_phaseClock; // since the phase began
    QElapsedTimer m_sending; // since the first pair was ready
    QElapsedTimer m_sinceSample;
    qint64 m_sent = 0; // as of the last sample
    qint64 m_delivered = 0;
    qint64 m_confirmed = 0;
    double m_elapsed = 0;
};

} // namespace parley::load
