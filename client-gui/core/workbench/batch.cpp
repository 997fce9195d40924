// SPDX-License-Identifier: MIT
#include "workbench/batch.h"

#include "diagram/export.h"
#include "scenario/run/finalcheck.h"

namespace parley::workbench {

using scenario::Outcome;
using scenario::Scenario;
using scenario::ScenarioResult;
using scenario::Verdict;

namespace {

constexpr qsizetype MostVersion = 200; // of a line that a program prints
// More is no picture that anybody looks at; the first and the last are drawn.
constexpr qsizetype MostDrawn = 400;

// What a browser shows on its own background, light or dark: the report has these names.
diagram::Palette reportColours()
{
    const auto variable = [](const char *name) {
        return QStringLiteral("var(--%1)").arg(QLatin1String(name));
    };
    return {.surface = variable("surface"),
        .box = variable("window"),
        .text = variable("text"),
        .muted = variable("muted"),
        .line = variable("line"),
        .command = variable("command"),
        .store = variable("store"),
        .deliver = variable("deliver"),
        .confirm = variable("confirm"),
        .presence = variable("presence"),
        .error = variable("bad"),
        .connection = variable("connection")};
}

// A trace with a hole, as a server leaves that is killed, proves nothing to an auditor.
bool tracesWholly(const Scenario &scenario)
{
    return std::ranges::none_of(scenario.steps, [](const scenario::Step &step) {
        return std::holds_alternative<scenario::Server>(step.action);
    });
}

} // namespace

struct Batch::Habits {
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

Batch::Batch(play::Players &players, Observers &observers, QObject *parent)
    : QObject(parent)
    , m_players(players)
    , m_observers(observers)
    , m_finalCheck(scenario::finalCheckOf(observers.auditor(), players))
{
    connect(&m_version, &QProcess::finished, this, [this](int code, QProcess::ExitStatus status) {
        if (status == QProcess::NormalExit && code == 0)
            m_server = QString::fromUtf8(m_version.readLine(MostVersion)).trimmed();
    });
}

Batch::~Batch()
{
    m_version.disconnect(this);
    m_version.kill();
    m_version.waitForFinished();
    if (!m_isRunning)
        return;
    m_run.reset();
    m_observers.endVisit();
    for (const auto &player : m_players.all())
        player->disconnectFromServer();
    giveBack();
}

const Verdict &Batch::verdict() const
{
    static const Verdict None;
    return m_run ? m_run->runner().verdict() : None;
}

void Batch::start(std::vector<Scenario> scenarios, const scenario::ServerChoice &choice)
{
    if (m_isRunning)
        return;
    m_isRunning = true;
    m_isStopping = false;
    m_scenarios = std::move(scenarios);
    m_choice = choice;
    m_results.clear();
    m_habits.clear();
    for (const auto &player : m_players.all())
        m_habits.push_back(Habits::of(*player));
    askVersion();
    QTimer::singleShot(0, this, &Batch::next);
}

// Known long before the first scenario has ended.
void Batch::askVersion()
{
    m_server = m_choice.url.toString(QUrl::RemoveUserInfo | QUrl::RemoveQuery);
    if (m_choice.url.isEmpty() && m_version.state() == QProcess::NotRunning)
        m_version.start(m_choice.parleyd, {QStringLiteral("--version")});
}

void Batch::stop()
{
    if (!m_isRunning)
        return;
    m_isStopping = true;
    if (m_run)
        m_run->stop();
}

void Batch::next()
{
    m_run.reset();
    if (m_isStopping || m_results.size() >= m_scenarios.size()) {
        // Who has something to show stays.
        removePlayersAbove(m_habits.size(),
            [](play::Player &player) { return player.conversation().rowCount() == 0; });
        giveBack();
        m_isRunning = false;
        Q_EMIT finished();
        return;
    }
    const size_t index = m_results.size();
    const Scenario &scenario = m_scenarios[index];
    removePlayersAbove(
        std::max(m_habits.size(), scenario.clients.size()), [](play::Player &) { return true; });
    m_run = std::make_unique<scenario::ScenarioRun>(m_players, m_choice);
    watch(scenario);
    Q_EMIT scenarioStarted(int(index));
    if (!m_isStopping) {
        m_run->start(scenario);
    } else {
        m_observers.endVisit();
        QTimer::singleShot(0, this, &Batch::next);
    }
}

void Batch::watch(const Scenario &scenario)
{
    scenario::Runner &runner = m_run->runner();
    runner.addFinalCheck(m_finalCheck);
    runner.addFinalCheck({[this] { m_observers.diagram().clear(); }, [] { return Outcome(); }});
    connect(&runner, &scenario::Runner::stepStarted, this, [this](int step) {
        m_step = step;
        Q_EMIT stepStarted(step);
    });
    connect(&runner, &scenario::Runner::stepFinished, this, [this, &runner](int step) {
        m_step = -1;
        Q_EMIT stepFinished(step, runner.verdict().steps[size_t(step)]);
    });
    if (m_choice.url.isEmpty()) {
        m_observers.visit(tracesWholly(scenario));
        connect(m_run.get(), &scenario::ScenarioRun::traceChanged, &m_observers,
            &Observers::tellVisited);
    }
    connect(m_run.get(), &scenario::ScenarioRun::finished, this, &Batch::keep);
}

void Batch::keep(const Verdict &verdict)
{
    m_step = -1;
    m_observers.endVisit();
    const size_t index = m_results.size();
    m_results.push_back(result(m_scenarios[index], verdict));
    Q_EMIT scenarioFinished(int(index), m_results.back());
    // This is called from within what is to go.
    QTimer::singleShot(0, this, &Batch::next);
}

ScenarioResult Batch::result(const Scenario &scenario, const Verdict &verdict) const
{
    ScenarioResult result;
    result.scenario = scenario;
    result.verdict = verdict;
    const frames::FrameLog &log = m_players.log();
    for (qint64 number = log.firstNumber(); number <= log.lastNumber(); ++number)
        result.frames.push_back(*log.frame(number));
    for (const auto &player : m_players.all())
        result.panes.append(player->name());
    draw(result);
    // The trace may have told of something since.
    for (const audit::Finding &finding : m_observers.auditor().findings())
        result.findings.append(finding.text);
    if (verdict.passed() && !result.findings.isEmpty()) {
        result.verdict.status = Verdict::Status::Failed;
        result.verdict.auditPassed = false;
        result.verdict.audit = result.findings.front();
        result.verdict.failure = scenario.file + QStringLiteral(": ") + result.findings.front();
    }
    result.server = m_server;
    if (const scenario::ServerProcess *process = m_run->process()) {
        result.serverLog = process->log();
        result.store = process->storeKind();
    }
    return result;
}

void Batch::draw(ScenarioResult &result) const
{
    const diagram::Diagram &diagram = m_observers.diagram();
    if (diagram.size() == 0)
        return;
    if (diagram.size() <= MostDrawn) {
        result.diagram = diagram::toSvg(diagram, reportColours());
        return;
    }
    diagram::Diagram excerpt;
    for (qsizetype pane = 0; pane < result.panes.size(); ++pane)
        excerpt.setPane(int(pane), result.panes[pane]);
    for (qsizetype i = 0; i < diagram.size(); ++i) {
        if (i < MostDrawn / 2 || i >= diagram.size() - MostDrawn / 2)
            excerpt.add(diagram.at(i));
    }
    result.diagram = diagram::toSvg(excerpt, reportColours());
    result.diagramNote =
        tr("The first %1 and the last %1 of %2 steps.").arg(MostDrawn / 2).arg(diagram.size());
}

// Of those who came while they ran, the last ones for which the condition holds.
template <class Condition> void Batch::removePlayersAbove(size_t most, Condition isToGo)
{
    while (m_players.all().size() > most && isToGo(*m_players.all().back()))
        m_players.removeLastPlayer();
}

// Who came while they ran is nobody yet, but knows where the others connect to.
void Batch::giveBack()
{
    for (const auto &player : m_players.all()) {
        Habits habits;
        if (size_t(player->pane()) < m_habits.size())
            habits = m_habits[size_t(player->pane())];
        else if (!m_habits.empty())
            habits.account.server = m_habits.front().account.server;
        habits.give(*player);
    }
}

} // namespace parley::workbench
