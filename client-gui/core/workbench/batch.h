// SPDX-License-Identifier: MIT
#pragma once

#include "scenario/report/scenarioresult.h"
#include "scenario/run/scenariorun.h"
#include "workbench/observers.h"

namespace parley::workbench {

// Runs scenarios one after the other on the panes, before their observers. Clears all of them for
// each, and disconnects whoever is connected; afterwards nobody is, and the players that were there
// have the accounts and the habits again that they had. UI thread; nothing blocks.
class Batch : public QObject {
    Q_OBJECT

public:
    // Both must outlive it.
    Batch(play::Players &, Observers &, QObject *parent = nullptr);
    ~Batch() override;

    void start(std::vector<scenario::Scenario>, const scenario::ServerChoice &);
    // finished() tells when nothing runs any more.
    void stop();
    bool isRunning() const { return m_isRunning; }
    // Of the last start(), in their order.
    const std::vector<scenario::Scenario> &scenarios() const { return m_scenarios; }
    const std::vector<scenario::ScenarioResult> &results() const { return m_results; }
    // Of the scenario that runs, up to now.
    const scenario::Verdict &verdict() const;
    // The step under way; -1: none.
    int step() const { return m_step; }

Q_SIGNALS:
    void scenarioStarted(int index);
    void stepStarted(int step);
    void stepFinished(int step, const parley::scenario::StepResult &);
    void scenarioFinished(int index, const parley::scenario::ScenarioResult &);
    void finished();

private:
    struct Habits;

    void next();
    void watch(const scenario::Scenario &);
    void keep(const scenario::Verdict &);
    scenario::ScenarioResult result(const scenario::Scenario &, const scenario::Verdict &) const;
    void draw(scenario::ScenarioResult &) const;
    void askVersion();
    template <class Condition> void removePlayersAbove(size_t most, Condition);
    void giveBack();

    play::Players &m_players;
    Observers &m_observers;
    const scenario::FinalCheck m_finalCheck;
    scenario::ServerChoice m_choice;
    std::vector<scenario::Scenario> m_scenarios;
    std::vector<scenario::ScenarioResult> m_results;
    std::vector<Habits> m_habits; // by pane, of those that were there
    std::unique_ptr<scenario::ScenarioRun> m_run;
    QProcess m_version; // of parleyd
    QString m_server; // for the report
    int m_step = -1;
    bool m_isRunning = false;
    bool m_isStopping = false;
};

} // namespace parley::workbench
