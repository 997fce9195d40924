// SPDX-License-Identifier: MIT
#include "scenario/run/runner.h"

using namespace std::chrono_literals;

namespace parley::scenario {
namespace {

// For connections to end before a scenario begins, and after it.
constexpr auto Farewell = 5s;

QString durationText(milliseconds time)
{
    return time % 1000ms == 0ms ? Runner::tr("%1 s").arg(time.count() / 1000)
                                : Runner::tr("%1 ms").arg(time.count());
}

} // namespace

Runner::Runner(play::Players &players, QObject *parent)
    : QObject(parent)
    , m_players(players)
{
    for (QTimer *timer : {&m_soon, &m_late})
        timer->setSingleShot(true);
    connect(&m_soon, &QTimer::timeout, this, &Runner::advance);
    connect(&m_poll, &QTimer::timeout, this, &Runner::advance);
    connect(&m_late, &QTimer::timeout, this, [this] {
        if (m_phase == Phase::Leaving) {
            finish();
        } else if (m_phase == Phase::Clearing) {
            leave(Verdict::Status::Failed, tr("earlier connections did not end in time"));
        } else {
            lookAtStep();
            if (m_phase != Phase::Stepping || !m_isBegun)
                return; // at the last moment
            Outcome outcome =
                m_underWay.late ? m_underWay.late() : Outcome{false, tr("too late"), 0};
            if (!outcome.passed)
                outcome.text += tr(" (waited %1)").arg(durationText(patience()));
            endStep(outcome);
        }
    });
}

Runner::~Runner() = default;

void Runner::start(const Scenario &scenario, const Target &target)
{
    if (m_isRunning)
        return;
    m_isRunning = true;
    m_scenario = scenario;
    m_target = target;
    m_verdict = {};
    m_verdict.steps.resize(scenario.steps.size());
    m_verdict.startedAtUs = frames::nowUs();
    m_step = 0;
    m_isBegun = false;
    m_stepRunner.reset();
    m_participants = std::make_unique<Participants>(m_players);
    for (const auto &player : m_players.all()) {
        player->disconnectFromServer();
        connect(player.get(), &play::Player::stateChanged, m_participants.get(),
            &Participants::happened);
    }
    connect(m_participants.get(), &Participants::happened, this, &Runner::advanceLater);
    m_phase = Phase::Clearing;
    m_late.start(Farewell);
    advanceLater();
}

void Runner::stop()
{
    if (m_isRunning && m_phase != Phase::Leaving)
        leave(Verdict::Status::Stopped, QStringLiteral("stopped"));
}

void Runner::advanceLater()
{
    if (!m_soon.isActive())
        m_soon.start(0ms);
}

void Runner::advance()
{
    const auto isOffline = [](const auto &player) {
        return player->state() == client::State::Offline;
    };
    switch (m_phase) {
    case Phase::Idle:
        break;
    case Phase::Clearing:
        if (!std::ranges::all_of(m_players.all(), isOffline))
            return;
        m_players.clear();
        for (const FinalCheck &finalCheck : m_finalChecks)
            finalCheck.begin();
        if (!m_participants->prepare(m_scenario, m_target)) {
            leave(Verdict::Status::Failed, tr("there are not enough panes"));
            return;
        }
        m_stepRunner = std::make_unique<StepRunner>(*m_participants, m_target, m_finalChecks);
        connect(m_stepRunner.get(), &StepRunner::happened, this, &Runner::advanceLater);
        m_phase = Phase::Stepping;
        beginStep();
        break;
    case Phase::Stepping:
        m_isBegun ? lookAtStep() : beginStep();
        break;
    case Phase::Leaving:
        if (m_participants->areAllOffline())
            finish();
        break;
    }
}

milliseconds Runner::patience() const
{
    return m_scenario.steps[m_step].within.value_or(m_scenario.within) + m_underWay.more;
}

void Runner::beginStep()
{
    if (m_step >= m_scenario.steps.size()) {
        leave(Verdict::Status::Passed);
        return;
    }
    m_isBegun = true;
    m_verdict.steps[m_step].startedAtUs = frames::nowUs();
    m_since.start();
    Q_EMIT stepStarted(int(m_step));
    if (m_phase != Phase::Stepping)
        return; // stopped by who was told
    m_underWay = m_stepRunner->begin(m_scenario.steps[m_step]);
    m_late.start(patience());
    if (m_underWay.poll > 0ms)
        m_poll.start(m_underWay.poll);
    lookAtStep();
}

void Runner::lookAtStep()
{
    if (!m_isBegun || m_phase != Phase::Stepping)
        return;
    if (const auto outcome = m_underWay.look())
        endStep(*outcome);
}

void Runner::endStep(const Outcome &outcome)
{
    m_late.stop();
    m_poll.stop();
    m_isBegun = false;
    StepResult &result = m_verdict.steps[m_step];
    result.tookUs = m_since.nsecsElapsed() / 1000;
    result.status = outcome.passed ? StepResult::Status::Passed : StepResult::Status::Failed;
    result.outcome = outcome;
    const int step = int(m_step++);
    Q_EMIT stepFinished(step, outcome);
    if (m_phase != Phase::Stepping)
        return;
    if (outcome.passed) {
        advanceLater();
        return;
    }
    const Step &failed = m_scenario.steps[size_t(step)];
    leave(Verdict::Status::Failed,
        QStringLiteral("%1:%2: %3: %4")
            .arg(m_scenario.file)
            .arg(failed.line)
            .arg(describe(failed), outcome.text));
}

void Runner::leave(Verdict::Status status, const QString &failure)
{
    m_late.stop();
    m_poll.stop();
    m_isBegun = false;
    m_verdict.status = status;
    m_verdict.failure = failure;
    m_phase = Phase::Leaving;
    // Before the farewell, in which connections may end in the middle of something.
    for (const FinalCheck &finalCheck : m_finalChecks) {
        const Outcome outcome = finalCheck.verdict();
        if (!outcome.text.isEmpty())
            m_verdict.audit = outcome.text;
        m_verdict.auditPassed = m_verdict.auditPassed && outcome.passed;
        if (outcome.passed || m_verdict.status != Verdict::Status::Passed)
            continue;
        m_verdict.status = Verdict::Status::Failed;
        m_verdict.failure = QStringLiteral("%1: %2").arg(m_scenario.file, outcome.text);
    }
    m_participants->leave();
    m_late.start(Farewell);
    advanceLater();
}

void Runner::finish()
{
    m_late.stop();
    m_phase = Phase::Idle;
    m_isRunning = false;
    m_verdict.tookUs = frames::nowUs() - m_verdict.startedAtUs;
    m_underWay = {};
    m_participants->restore();
    Q_EMIT finished(m_verdict);
}

} // namespace parley::scenario
