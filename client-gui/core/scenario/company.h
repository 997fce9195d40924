// SPDX-License-Identifier: MIT
#pragma once

#include "audit/auditor.h"
#include "diagram/diagram.h"
#include "scenario/exhibit.h"
#include "scenario/trial.h"

namespace parley::scenario {

// A trace with a hole, as a server leaves that is killed, proves nothing to an auditor.
bool tracesWholly(const Scenario &);

// What a scenario was played on, and who watched.
struct Scene {
    play::Stage &stage;
    const diagram::Diagram &diagram;
    const audit::Auditor &auditor;
    const Trial &trial;
    QString server; // what it was, for people
};
// All that is shown of a scenario that has just been played there.
Exhibit exhibitOf(const Scenario &, const Verdict &, const Scene &);

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
