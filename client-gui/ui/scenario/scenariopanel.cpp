// SPDX-License-Identifier: MIT
#include "ui/scenario/scenariopanel.h"

#include "ui/look/messagebar.h"
#include "ui/look/statuslight.h"
#include "ui/look/words.h"
#include "ui/scenario/markdelegate.h"
#include "ui/scenario/markview.h"

#include <QAction>
#include <QComboBox>
#include <QFileInfo>
#include <QLabel>
#include <QResizeEvent>
#include <QSplitter>
#include <QToolBar>
#include <QVBoxLayout>

namespace parley::ui {

using scenario::Scenario;
using scenario::Verdict;

namespace {

constexpr int SideBySide = 640; // pixels, from which on the lists are
constexpr int MostChars = 600; // of what is said of a scenario

bool mintsSessions(const Scenario &scenario)
{
    return std::ranges::any_of(
        scenario.clients, [](const scenario::Client &client) { return !client.login; });
}

StatusLight::Shows lightOf(const Verdict &verdict)
{
    switch (markOf(verdict)) {
    case Mark::Passed:
        return StatusLight::Shows::Good;
    case Mark::Failed:
        return StatusLight::Shows::Bad;
    default:
        return StatusLight::Shows::Warning;
    }
}

QString inWords(const Verdict &verdict, const Scenario &scenario)
{
    const QString took = scenario::durationText(verdict.tookUs);
    // The step itself says why.
    if (const int step = verdict.failedStep(); step >= 0)
        return ScenarioPanel::tr("Failed after %1 at step %2, which is %3:%4.")
            .arg(took)
            .arg(step + 1)
            .arg(QFileInfo(scenario.file).fileName())
            .arg(scenario.steps[size_t(step)].line);
    if (verdict.status == Verdict::Status::Stopped)
        return ScenarioPanel::tr("Stopped.");
    if (!verdict.passed())
        return scenario::presentable(verdict.failure);
    return verdict.audit.isEmpty()
        ? ScenarioPanel::tr("Passed in %1.").arg(took)
        : ScenarioPanel::tr("Passed in %1. Audit: %2.").arg(took, verdict.audit);
}

} // namespace

ScenarioPanel::ScenarioPanel(
    play::Players &players, workbench::Observers &observers, QWidget *parent)
    : QWidget(parent)
    , m_players(players)
    , m_runs(players, observers)
    , m_recorder(players)
    , m_parleyd(scenario::defaultParleyd())
    , m_tools(new QToolBar(this))
    , m_where(new QComboBox)
    , m_problem(new MessageBar)
    , m_note(wrappingLabel())
    , m_splitter(new QSplitter)
    , m_listView(new MarkView(m_list, tr("Scenarios")))
{
    makeActions();
    m_note->setContentsMargins(12, 0, 12, 8);
    m_note->hide();
    m_splitter->addWidget(m_listView);
    m_splitter->addWidget(makeSteps());
    m_splitter->setStretchFactor(0, 2);
    m_splitter->setStretchFactor(1, 3);
    m_splitter->setChildrenCollapsible(false);
    m_splitter->setHandleWidth(1);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(0);
    column->addWidget(m_tools);
    column->addWidget(m_problem);
    column->addWidget(m_note);
    column->addWidget(m_splitter, 1);
    setFocusProxy(m_listView);

    connect(m_listView->selectionModel(), &QItemSelectionModel::currentChanged, this,
        &ScenarioPanel::showCurrent);
    connect(m_listView, &QListView::activated, this, &ScenarioPanel::run);
    const auto follow = [this](const play::Player *player) {
        connect(player, &play::Player::accountChanged, this, &ScenarioPanel::tell);
    };
    connect(&players, &play::Players::playerAdded, this, follow);
    for (const auto &player : players.all())
        follow(player.get());
    followRuns();
    setCurrent(0);
}

ScenarioPanel::~ScenarioPanel()
{
    m_runs.disconnect(this);
    m_recorder.disconnect(this);
    for (const auto &player : m_players.all())
        player->disconnect(this);
}

void ScenarioPanel::followRuns()
{
    connect(&m_runs, &workbench::Batch::scenarioStarted, this, [this](int index) {
        m_index = index;
        m_list.setRunning(m_rows[size_t(index)]);
        setCurrent(m_rows[size_t(index)]);
        showCurrent();
    });
    connect(&m_runs, &workbench::Batch::stepStarted, this, [this](int step) {
        if (current() != runningRow())
            return;
        m_steps.begin(step);
        m_stepView->scrollTo(m_steps.index(step));
        tell();
    });
    connect(&m_runs, &workbench::Batch::stepFinished, this,
        [this](int step, const scenario::StepResult &result) {
            if (current() == runningRow())
                m_steps.end(step, result);
            if (current() == runningRow() && !result.outcome.passed)
                pointAt(step);
        });
    connect(&m_runs, &workbench::Batch::scenarioFinished, this,
        [this](int index, const scenario::ScenarioResult &result) {
            const int row = m_rows[size_t(index)];
            m_index = -1;
            m_list.setVerdict(row, result.verdict);
            if (current() == row && result.verdict.failedStep() < 0)
                showCurrent();
            tell();
        });
    connect(&m_runs, &workbench::Batch::finished, this, [this] {
        m_isStopping = false;
        tell();
        const auto passed = std::ranges::count_if(m_runs.results(),
            [](const scenario::ScenarioResult &result) { return result.verdict.passed(); });
        if (m_rows.size() > 1)
            note(tr("%1 of %2 scenarios passed.").arg(passed).arg(m_rows.size()));
        Q_EMIT finished();
    });
    connect(&m_recorder, &scenario::Recorder::entryAdded, this, &ScenarioPanel::tell);
    connect(&m_recorder, &scenario::Recorder::recordingChanged, this, [this](bool isRecording) {
        tell();
        if (!isRecording)
            showRecorded();
    });
}

int ScenarioPanel::current() const
{
    return m_listView->currentIndex().row();
}

void ScenarioPanel::setCurrent(int row)
{
    m_listView->setCurrentIndex(m_list.index(row));
}

ScenarioPanel::Where ScenarioPanel::where() const
{
    return Where(m_where->currentIndex());
}

void ScenarioPanel::setWhere(Where where)
{
    m_where->setCurrentIndex(int(where));
}

void ScenarioPanel::setParleyd(const QString &program)
{
    m_parleyd = program;
    tell();
}

QString ScenarioPanel::state() const
{
    return m_state->text();
}

int ScenarioPanel::runningRow() const
{
    return m_index < 0 ? -1 : m_rows[size_t(m_index)];
}

scenario::ServerChoice ScenarioPanel::choice() const
{
    if (where() == Where::OwnServer)
        return {.parleyd = m_parleyd};
    const play::Account &account = m_players.all().front()->account();
    return {.parleyd = {}, .url = account.server, .secretKey = account.secretKey};
}

QString ScenarioPanel::whyNotThere(bool mints) const
{
    if (where() == Where::OwnServer) {
        return QFileInfo(m_parleyd).isExecutable()
            ? QString()
            : tr("There is no server at %1. Install parleyd next to this program, or choose the "
                 "server of the panes.")
                  .arg(m_parleyd);
    }
    if (m_players.all().empty())
        return tr("There is no pane. Add one, and enter its server.");
    const play::Player &first = *m_players.all().front();
    if (first.account().server.host().isEmpty())
        return tr("%1 has no server. Enter its address.").arg(first.name());
    if (mints && first.account().secretKey.isEmpty())
        return tr("%1 has no secret key, which is needed to make sessions. Choose “User id and "
                  "secret key” there, or “A server of its own” here.")
            .arg(first.name());
    return {};
}

QString ScenarioPanel::whyNot(const Scenario &scenario) const
{
    if (where() == Where::PanesServer && scenario.needsOwnServer())
        return tr("It configures, stops or kills its server, so it needs one of its own.");
    return whyNotThere(mintsSessions(scenario));
}

void ScenarioPanel::run()
{
    const int row = current();
    if (row < 0 || isRunning())
        return;
    m_list.reread(row);
    showCurrent();
    if (m_run->isEnabled())
        start({row});
}

void ScenarioPanel::runAll()
{
    if (!m_runAll->isEnabled())
        return;
    std::vector<int> rows;
    for (int row = 0; row < m_list.rowCount(); ++row) {
        m_list.reread(row);
        if (m_list.entry(row).problem.isEmpty())
            rows.push_back(row);
    }
    start(std::move(rows));
}

void ScenarioPanel::start(std::vector<int> rows)
{
    std::vector<Scenario> scenarios;
    for (const int row : rows)
        scenarios.push_back(m_list.entry(row).scenario);
    m_rows = std::move(rows);
    m_problem->dismiss();
    note({});
    Q_EMIT aboutToRun();
    m_runs.start(std::move(scenarios), choice());
    tell();
}

void ScenarioPanel::stop()
{
    m_isStopping = isRunning();
    m_runs.stop();
    tell();
}

void ScenarioPanel::showCurrent()
{
    const int row = current();
    if (row < 0)
        return;
    const auto &entry = m_list.entry(row);
    const bool hasSteps = entry.problem.isEmpty();
    m_title->setText(m_list.index(row).data().toString());
    m_about->setText(scenario::presentable(entry.scenario.about));
    m_about->setVisible(!m_about->text().isEmpty());
    if (!hasSteps)
        m_steps.clear();
    else if (row == runningRow())
        m_steps.show(entry.scenario, m_runs.verdict(), m_runs.step());
    else
        m_steps.show(entry.scenario, entry.verdict.value_or(Verdict()));
    tell();
}

// What is said of the current scenario, and what can be done.
void ScenarioPanel::tell()
{
    const int row = current();
    if (row < 0)
        return;
    const auto &entry = m_list.entry(row);
    const QString why = entry.problem.isEmpty() ? whyNot(entry.scenario) : entry.problem;
    auto light = StatusLight::Shows::Off;
    QString text;
    if (row == runningRow()) {
        light = StatusLight::Shows::Working;
        text = m_isStopping ? tr("Stopping…")
            : m_runs.step() < 0
            ? tr("Running…")
            : tr("Running: step %1 of %2").arg(m_runs.step() + 1).arg(entry.scenario.steps.size());
    } else if (!entry.problem.isEmpty()) {
        light = StatusLight::Shows::Bad;
        text = entry.problem;
    } else if (entry.verdict) {
        light = lightOf(*entry.verdict);
        text = inWords(*entry.verdict, entry.scenario);
    } else if (!why.isEmpty()) {
        light = StatusLight::Shows::Warning;
        text = why;
    } else {
        text = tr("Not run yet. A run clears the panes and disconnects them.");
    }
    m_light->setShows(light);
    m_state->setText(text.left(MostChars));
    if (std::exchange(m_wasBusy, isBusy()) != isBusy())
        Q_EMIT busyChanged(isBusy());
    const bool isIdle = !isBusy();
    m_run->setEnabled(isIdle && why.isEmpty());
    m_run->setToolTip(
        why.isEmpty() ? tr("Run the chosen scenario in the panes (F9)") : plainToolTip(why));
    m_runAll->setEnabled(isIdle && whyNotThere(false).isEmpty());
    m_stop->setEnabled(isRunning() && !m_isStopping);
    m_record->setEnabled(!isRunning());
    m_record->setChecked(isRecording());
    m_record->setIconText(isRecording() ? tr("Stop recor&ding") : tr("Recor&d"));
    m_where->setEnabled(isIdle);
    m_open->setEnabled(!isRunning()); // it may read one again that is still to run
    m_report->setEnabled(!isRunning() && !m_runs.results().empty());
    if (isRecording())
        note(tr("Recording, %n event(s) so far. Do in the panes what the scenario should do, then "
                "stop.",
            nullptr, int(m_recorder.entries())));
}

void ScenarioPanel::note(const QString &text)
{
    m_note->setText(text);
    m_note->setVisible(!text.isEmpty());
}

// Of the current scenario, which may have run before others.
void ScenarioPanel::pointAt(int step)
{
    if (step >= m_steps.rowCount())
        return;
    const qint64 number = m_steps.frame(step);
    m_stepView->setCurrentIndex(m_steps.index(step));
    m_stepView->scrollTo(m_steps.index(step));
    if (number == 0)
        return;
    const bool isThere = m_players.log().frame(number) != nullptr;
    note(isThere ? QString()
                 : tr("The frame of this step is gone, because another run began. Run this one "
                      "again to see it."));
    if (isThere)
        Q_EMIT frameSelected(number);
}

void ScenarioPanel::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    m_splitter->setOrientation(event->size().width() < SideBySide ? Qt::Vertical : Qt::Horizontal);
}

} // namespace parley::ui
