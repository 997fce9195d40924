// SPDX-License-Identifier: MIT
#include "ui/scenarioruns.h"

#include "scenario/auditwitness.h"

namespace parley::ui {

using scenario::Outcome;
using scenario::Verdict;

namespace {

constexpr qsizetype MostVersion = 200; // of a line that a program prints

} // namespace

struct ScenarioRuns::Habits {
    play::Account account;
    UserId watched;
    bool autoConfirm = true;
    bool heartbeat = true;
    play::ConfirmHabit confirms = play::ConfirmHabit::Proper;

    static Habits of(const play::Player &player)
    {
        return {player.account(), player.watched(), player.autoConfirm(), player.heartbeat(),
            player.confirmHabit()};
    }
    void give(play::Player &player) const
    {
        player.setAccount(account);
        player.setAutoConfirm(autoConfirm);
        player.setHeartbeat(heartbeat);
        if (player.confirmHabit() != confirms)
            player.setConfirmHabit(confirms);
        player.watch(watched);
    }
};

ScenarioRuns::ScenarioRuns(play::Stage &stage, Observers &observers, QObject *parent)
    : QObject(parent)
    , m_stage(stage)
    , m_observers(observers)
    , m_witness(scenario::witnessOf(observers.auditor(), stage))
{
    connect(&m_version, &QProcess::finished, this, [this](int code, QProcess::ExitStatus status) {
        if (status == QProcess::NormalExit && code == 0)
            m_server = QString::fromUtf8(m_version.readLine(MostVersion)).trimmed();
    });
}

ScenarioRuns::~ScenarioRuns()
{
    m_version.disconnect(this);
    m_version.kill();
    m_version.waitForFinished();
    if (!m_isRunning)
        return;
    m_trial.reset();
    m_observers.endVisit();
    for (const auto &player : m_stage.players())
        player->disconnectFromServer();
    giveBack();
}

const Verdict &ScenarioRuns::verdict() const
{
    static const Verdict None;
    return m_trial ? m_trial->runner().verdict() : None;
}

void ScenarioRuns::start(
    std::vector<scenario::Scenario> scenarios, const scenario::ServerChoice &choice)
{
    if (m_isRunning)
        return;
    m_isRunning = true;
    m_isStopping = false;
    m_scenarios = std::move(scenarios);
    m_choice = choice;
    m_exhibits.clear();
    m_habits.clear();
    for (const auto &player : m_stage.players())
        m_habits.push_back(Habits::of(*player));
    askVersion();
    QTimer::singleShot(0, this, &ScenarioRuns::next);
}

// Known long before the first scenario has ended.
void ScenarioRuns::askVersion()
{
    m_server = m_choice.url.toString(QUrl::RemoveUserInfo | QUrl::RemoveQuery);
    if (m_choice.url.isEmpty() && m_version.state() == QProcess::NotRunning)
        m_version.start(m_choice.parleyd, {QStringLiteral("--version")});
}

void ScenarioRuns::stop()
{
    if (!m_isRunning)
        return;
    m_isStopping = true;
    if (m_trial)
        m_trial->stop();
}

void ScenarioRuns::next()
{
    m_trial.reset();
    if (m_isStopping || m_exhibits.size() >= m_scenarios.size()) {
        removeIdlePlayers();
        giveBack();
        m_isRunning = false;
        Q_EMIT finished();
        return;
    }
    const size_t index = m_exhibits.size();
    m_trial = std::make_unique<scenario::Trial>(m_stage, m_choice);
    scenario::Runner &runner = m_trial->runner();
    runner.addWitness(m_witness);
    runner.addWitness({[this] { m_observers.diagram().clear(); }, [] { return Outcome(); }});
    connect(&runner, &scenario::Runner::stepStarted, this, [this](int step) {
        m_step = step;
        Q_EMIT stepStarted(step);
    });
    connect(&runner, &scenario::Runner::stepFinished, this, [this, &runner](int step) {
        m_step = -1;
        Q_EMIT stepFinished(step, runner.verdict().steps[size_t(step)]);
    });
    if (m_choice.url.isEmpty()) {
        m_observers.visit(scenario::tracesWholly(m_scenarios[index]));
        connect(
            m_trial.get(), &scenario::Trial::traceChanged, &m_observers, &Observers::tellVisited);
    }
    connect(m_trial.get(), &scenario::Trial::finished, this, &ScenarioRuns::keep);
    Q_EMIT scenarioStarted(int(index));
    if (!m_isStopping) {
        m_trial->start(m_scenarios[index]);
    } else {
        m_observers.endVisit();
        QTimer::singleShot(0, this, &ScenarioRuns::next);
    }
}

void ScenarioRuns::keep(const Verdict &verdict)
{
    m_step = -1;
    m_observers.endVisit();
    const size_t index = m_exhibits.size();
    m_exhibits.push_back(scenario::exhibitOf(m_scenarios[index], verdict,
        {m_stage, m_observers.diagram(), m_observers.auditor(), *m_trial, m_server}));
    Q_EMIT scenarioFinished(int(index), m_exhibits.back());
    // This is called from within what is to go.
    QTimer::singleShot(0, this, &ScenarioRuns::next);
}

// Of those who came while they ran, who has something to show stays.
void ScenarioRuns::removeIdlePlayers()
{
    while (m_stage.players().size() > m_habits.size()
        && m_stage.players().back()->conversation().rowCount() == 0)
        m_stage.removeLastPlayer();
}

// Who came while they ran is nobody yet, but knows where the others connect to.
void ScenarioRuns::giveBack()
{
    for (const auto &player : m_stage.players()) {
        Habits habits;
        if (size_t(player->pane()) < m_habits.size())
            habits = m_habits[size_t(player->pane())];
        else if (!m_habits.empty())
            habits.account.server = m_habits.front().account.server;
        habits.give(*player);
    }
}

} // namespace parley::ui
