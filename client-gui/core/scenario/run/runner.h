// SPDX-License-Identifier: MIT
#pragma once

#include "scenario/run/steprunner.h"

#include <QElapsedTimer>
#include <QTimer>

#include <memory>

namespace parley::scenario {

// Runs one scenario with the players, step by step, until one fails. A step waits as long
// as it, or its scenario, says and no longer. When all is done, and when not, all clients of the
// scenario are disconnected, and their panes are again what they were. UI thread; nothing blocks
// and no event loop is run.
class Runner : public QObject {
    Q_OBJECT

public:
    // The players must outlive it. Without final checks nobody audits.
    explicit Runner(play::Players &, QObject *parent = nullptr);
    ~Runner() override;

    void addFinalCheck(FinalCheck finalCheck) { m_finalChecks.push_back(std::move(finalCheck)); }
    bool isRunning() const { return m_isRunning; }
    // Clears them, and disconnects whoever is connected.
    void start(const Scenario &, const Target &);
    // At any time; finished() tells of it with Verdict::Status::Stopped.
    void stop();

    // Of the scenario at hand, or the last one.
    const Scenario &scenario() const { return m_scenario; }
    const Verdict &verdict() const { return m_verdict; }

Q_SIGNALS:
    void stepStarted(int step);
    void stepFinished(int step, const parley::scenario::Outcome &);
    void finished(const parley::scenario::Verdict &);

private:
    enum class Phase { Idle, Clearing, Stepping, Leaving };

    void advance();
    void advanceLater();
    void beginStep();
    void endStep(const Outcome &);
    void lookAtStep();
    void leave(Verdict::Status, const QString &failure = {});
    void finish();
    milliseconds patience() const;

    play::Players &m_players;
    std::vector<FinalCheck> m_finalChecks;
    Scenario m_scenario;
    Target m_target;
    Verdict m_verdict;
    std::unique_ptr<Participants> m_participants;
    std::unique_ptr<StepRunner> m_stepRunner;
    StepUnderWay m_underWay;
    Phase m_phase = Phase::Idle;
    size_t m_step = 0;
    QTimer m_soon; // several things that happen at once are looked at once
    QTimer m_late;
    QTimer m_poll;
    QElapsedTimer m_since; // the step's
    bool m_isRunning = false;
    bool m_isBegun = false; // the step
};

} // namespace parley::scenario
