// SPDX-License-Identifier: MIT
#include "scenario/run/steprunner.h"

#include <QElapsedTimer>

namespace parley::scenario {
namespace {

StepUnderWay wait(milliseconds time)
{
    QElapsedTimer since;
    since.start();
    const auto look = [since, time]() -> std::optional<Outcome> {
        return milliseconds(since.elapsed()) >= time ? std::optional(Outcome()) : std::nullopt;
    };
    return {look, {}, time, time};
}

} // namespace

StepRunner::StepRunner(
    Participants &participants, const Target &target, const std::vector<FinalCheck> &finalChecks)
    : m_connections(participants, target, m_values)
    , m_messages(participants, target, m_values)
    , m_checks(participants, target, m_values, finalChecks)
    , m_server(target, m_values)
{
    QJsonObject names;
    for (auto user = target.users.begin(); user != target.users.end(); ++user) {
        m_values.set(user.key(), user->id.value());
        names.insert(user.key(), user->loginName);
    }
    m_values.set(QStringLiteral("names"), names);
    connect(&m_server, &ServerSteps::happened, this, &StepRunner::happened);
}

StepUnderWay StepRunner::begin(const Step &step)
{
    if (step.round > 0)
        m_values.set(QStringLiteral("round"), step.round);
    const auto begin = [&]<class Kind>(const Kind &action) {
        if constexpr (std::is_same_v<Kind, Pause>)
            return wait(action.time);
        else if constexpr (std::is_same_v<Kind, Expect>)
            return m_checks.begin(action, step.within);
        else if constexpr (requires { m_connections.begin(action); })
            return m_connections.begin(action);
        else if constexpr (requires { m_messages.begin(action); })
            return m_messages.begin(action);
        else if constexpr (requires { m_checks.begin(action); })
            return m_checks.begin(action);
        else
            return m_server.begin(action);
    };
    return std::visit(begin, step.action);
}

} // namespace parley::scenario
