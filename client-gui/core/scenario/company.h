// SPDX-License-Identifier: MIT
#pragma once

#include "scenario/exhibit.h"
#include "scenario/trial.h"

namespace parley::scenario {

// Runs scenarios one after the other, each on a stage of its own, and keeps what is shown of them.
class Company : public QObject {
    Q_OBJECT

public:
    Company(ServerChoice, QString serverName, QObject *parent = nullptr);
    ~Company() override;

    void start(std::vector<Scenario>);
    const std::vector<Exhibit> &exhibits() const { return m_exhibits; }

Q_SIGNALS:
    void scenarioStarted(const parley::scenario::Scenario &);
    void stepFinished(const parley::scenario::Scenario &, int step, qint64 tookUs,
        const parley::scenario::Outcome &);
    void scenarioFinished(const parley::scenario::Exhibit &);
    void finished();

private:
    struct Play;

    void next();
    void keep(const Verdict &);

    const ServerChoice m_choice;
    const QString m_serverName;
    std::vector<Scenario> m_scenarios;
    std::vector<Exhibit> m_exhibits;
    std::unique_ptr<Play> m_play;
};

} // namespace parley::scenario
