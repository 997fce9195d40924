// SPDX-License-Identifier: MIT
#pragma once

#include "scenario/format/values.h"
#include "scenario/run/participants.h"
#include "scenario/run/stepunderway.h"

namespace parley::scenario {

// Steps in which a client says something to the server, and those of them that wait for its answer.
class MessageSteps {
public:
    MessageSteps(Participants &, const Target &, Values &);

    StepUnderWay begin(const Send &);
    StepUnderWay begin(const Raw &);
    StepUnderWay begin(const Binary &);
    StepUnderWay begin(const Fetch &);
    StepUnderWay begin(const Confirm &);

private:
    StepUnderWay confirmUpTo(Participant &, const QJsonValue &upTo);
    // Waits for a frame of this kind among those since `from`.
    StepUnderWay await(Participant &, size_t from, std::function<bool(const frames::Frame &)>,
        const QString &what);
    StepUnderWay awaitAnswer(Participant &, size_t from, const QByteArray &ref, const QString &);
    Result<UserId> userId(const QJsonValue &) const;
    Result<Seq> seq(const QJsonValue &) const;

    Participants &m_participants;
    const Target &m_target;
    Values &m_values;
    quint64 m_lastRef = 0; // of a FETCH or CONFIRM
};

} // namespace parley::scenario
