// SPDX-License-Identifier: MIT
#pragma once

#include "scenario/format/values.h"
#include "scenario/run/participants.h"
#include "scenario/run/stepunderway.h"

namespace parley::scenario {

// Steps that connect a client, as whom, and how it behaves on its connection.
class ConnectionSteps {
public:
    ConnectionSteps(Participants &, const Target &, const Values &);

    StepUnderWay begin(const Connect &);
    StepUnderWay begin(const Refused &);
    StepUnderWay begin(const Disconnect &);
    StepUnderWay begin(const Closed &);
    StepUnderWay begin(const Session &);
    StepUnderWay begin(const Habit &);
    StepUnderWay begin(const Fault &);
    StepUnderWay begin(const Watch &);

private:
    // False: something is missing in its account.
    bool connectToServer(Participant &);

    Participants &m_participants;
    const Target &m_target;
    const Values &m_values;
};

} // namespace parley::scenario
