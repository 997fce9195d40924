// SPDX-License-Identifier: MIT
#pragma once

#include "scenario/format/values.h"
#include "scenario/run/participants.h"
#include "scenario/run/stepunderway.h"

namespace parley::scenario {

// Steps that only look: at what a client was sent, at presence, at whether anything was lost. What
// they must ask the server for, they ask beside what the client was sent (Participants::ask).
class CheckSteps {
public:
    CheckSteps(
        Participants &, const Target &, Values &, const std::vector<FinalCheck> &finalChecks);

    // `within`: for how long it may wait, if the step says so itself.
    StepUnderWay begin(const Expect &, std::optional<milliseconds> within);
    StepUnderWay begin(const Presence &);
    StepUnderWay begin(const WaitUntil &);
    StepUnderWay begin(const Audit &);
    StepUnderWay begin(const Check &);

private:
    StepUnderWay expectNone(
        Participant &, const QJsonObject &frame, std::optional<milliseconds> within);
    Outcome askFinalChecks() const;

    Participants &m_participants;
    const Target &m_target;
    Values &m_values;
    const std::vector<FinalCheck> &m_finalChecks;
};

} // namespace parley::scenario
