// SPDX-License-Identifier: MIT
#pragma once

#include "scenario/run/checksteps.h"
#include "scenario/run/connectionsteps.h"
#include "scenario/run/messagesteps.h"
#include "scenario/run/serversteps.h"

namespace parley::scenario {

// Does what steps say, with the participants: gives each to those who know it, and keeps what was
// saved under a name. UI thread; nothing blocks.
class StepRunner : public QObject {
    Q_OBJECT

public:
    // All must outlive it.
    StepRunner(Participants &, const Target &, const std::vector<FinalCheck> &);

    StepUnderWay begin(const Step &);

Q_SIGNALS:
    void happened(); // something that a step may wait for, and no participant did

private:
    Values m_values;
    ConnectionSteps m_connections;
    MessageSteps m_messages;
    CheckSteps m_checks;
    ServerSteps m_server;
};

} // namespace parley::scenario
