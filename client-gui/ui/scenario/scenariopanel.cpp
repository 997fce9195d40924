// SPDX-License-Identifier: MIT
#include "ui/scenario/scenariopanel.h"

#include "scenario/report/scenarioresult.h"
#include "ui/look/messagebar.h"
#include "ui/look/savefile.h"
#include "ui/look/wrappinglabel.h"
#include "ui/scenario/markview.h"
#include "ui/scenario/recordeddialog.h"
#include "ui/scenario/runbar.h"
#include "ui/scenario/scenariodetail.h"

#include <QDateTime>
#include <QFileDialog>
#include <QFileInfo>
#include <QLocale>
#include <QResizeEvent>
#include <QSplitter>
#include <QVBoxLayout>

namespace parley::ui {

using scenario::Scenario;
using scenario::Verdict;

namespace {

constexpr int SideBySide = 640; // pixels, from which on the lists are

bool mintsSessions(const Scenario &scenario)
{
    return std::ranges::any_of(
        scenario.clients, [](const scenario::Client &client) { return !client.login; });
}

} // namespace

ScenarioPanel::ScenarioPanel(
    play::Players &players, workbench::Observers &observers, QWidget *parent)
    : QWidget(parent)
    , m_players(players)
    , m_runs(players, observers)
    , m_recorder(players)
    , m_parleyd(scenario::defaultParleyd())
    , m_bar(new RunBar(*this))
    , m_problem(new MessageBar)
    , m_note(new WrappingLabel)
    , m_splitter(new QSplitter)
    , m_listView(new MarkView(m_list, tr("Scenarios")))
    , m_detail(new ScenarioDetail)
{
    m_note->setContentsMargins(12, 0, 12, 8);
    m_note->hide();
    m_splitter->addWidget(m_listView);
    m_splitter->addWidget(m_detail);
    m_splitter->setStretchFactor(0, 2);
    m_splitter->setStretchFactor(1, 3);
    m_splitter->setChildrenCollapsible(false);
    m_splitter->setHandleWidth(1);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(0);
    column->addWidget(m_bar);
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
    followBar();
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

void ScenarioPanel::followBar()
{
    connect(m_bar, &RunBar::runWanted, this, &ScenarioPanel::run);
    connect(m_bar, &RunBar::runAllWanted, this, &ScenarioPanel::runAll);
    connect(m_bar, &RunBar::stopWanted, this, &ScenarioPanel::stop);
    connect(m_bar, &RunBar::recordingWanted, this, &ScenarioPanel::setRecording);
    connect(m_bar, &RunBar::openWanted, this, &ScenarioPanel::askForFile);
    connect(m_bar, &RunBar::reportWanted, this, &ScenarioPanel::askForReport);
    connect(m_bar, &RunBar::whereChanged, this, &ScenarioPanel::tell);
    connect(m_detail, &ScenarioDetail::stepChosen, this, &ScenarioPanel::pointAt);
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
        m_detail->beginStep(step);
        tell();
    });
    connect(&m_runs, &workbench::Batch::stepFinished, this,
        [this](int step, const scenario::StepResult &result) {
            if (current() == runningRow())
                m_detail->endStep(step, result);
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
    return m_bar->where();
}

void ScenarioPanel::setWhere(Where where)
{
    m_bar->setWhere(where);
}

void ScenarioPanel::setParleyd(const QString &program)
{
    m_parleyd = program;
    tell();
}

QString ScenarioPanel::state() const
{
    return m_detail->told();
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

QString ScenarioPanel::whyNot(const ScenarioList::Entry &entry) const
{
    if (!entry.problem.isEmpty())
        return entry.problem;
    const Scenario &scenario = entry.scenario;
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
    if (!isBusy() && whyNot(m_list.entry(row)).isEmpty())
        start({row});
}

void ScenarioPanel::runAll()
{
    if (isBusy() || !whyNotThere(false).isEmpty())
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
    const QString title = m_list.index(row).data().toString();
    if (row == runningRow())
        m_detail->show(title, entry, m_runs.verdict(), m_runs.step());
    else
        m_detail->show(title, entry, entry.verdict.value_or(Verdict()));
    tell();
}

// What is said of the current scenario, and what can be done.
void ScenarioPanel::tell()
{
    if (current() < 0)
        return;
    tellCurrent();
    if (std::exchange(m_wasBusy, isBusy()) != isBusy())
        Q_EMIT busyChanged(isBusy());
    m_bar->show({.whyNot = whyNot(m_list.entry(current())),
        .canRunAll = whyNotThere(false).isEmpty(),
        .isRunning = isRunning(),
        .isStopping = m_isStopping,
        .isRecording = isRecording(),
        .hasReport = !m_runs.results().empty()});
    if (isRecording())
        note(tr("Recording, %n event(s) so far. Do in the panes what the scenario should do, then "
                "stop.",
            nullptr, int(m_recorder.entries())));
}

void ScenarioPanel::tellCurrent()
{
    using Shows = StatusLight::Shows;
    const auto &entry = m_list.entry(current());
    if (current() == runningRow())
        m_detail->tell(Shows::Working,
            m_isStopping            ? tr("Stopping…")
                : m_runs.step() < 0 ? tr("Running…")
                                    : tr("Running: step %1 of %2")
                                          .arg(m_runs.step() + 1)
                                          .arg(entry.scenario.steps.size()));
    else if (!entry.problem.isEmpty())
        m_detail->tell(Shows::Bad, entry.problem);
    else if (entry.verdict)
        m_detail->tell(*entry.verdict, entry.scenario);
    else if (const QString why = whyNot(entry); !why.isEmpty())
        m_detail->tell(Shows::Warning, why);
    else
        m_detail->tell(Shows::Off, tr("Not run yet. A run clears the panes and disconnects them."));
}

void ScenarioPanel::note(const QString &text)
{
    m_note->setText(text);
    m_note->setVisible(!text.isEmpty());
}

// Of the current scenario, which may have run before others.
void ScenarioPanel::pointAt(int step)
{
    const qint64 number = m_detail->select(step);
    if (number == 0)
        return;
    const bool isThere = m_players.log().frame(number) != nullptr;
    note(isThere ? QString()
                 : tr("The frame of this step is gone, because another run began. Run this one "
                      "again to see it."));
    if (isThere)
        Q_EMIT frameSelected(number);
}

void ScenarioPanel::askForFile()
{
    auto *dialog = new QFileDialog(
        this, tr("Open a scenario"), {}, tr("Scenarios (*.yaml *.yml *.json);;All files (*)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, &ScenarioPanel::openFile);
    dialog->open();
}

void ScenarioPanel::openFile(const QString &path)
{
    m_problem->dismiss();
    setCurrent(m_list.add(path));
    showCurrent(); // which was current already, perhaps
}

void ScenarioPanel::askForReport()
{
    auto *dialog = new QFileDialog(
        this, tr("Save the report"), {}, tr("HTML report (*.html);;JUnit XML (*.xml)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(QStringLiteral("html"));
    dialog->selectFile(QStringLiteral("report.html"));
    connect(dialog, &QFileDialog::filterSelected, dialog, [dialog](const QString &filter) {
        dialog->setDefaultSuffix(filter.contains(QLatin1String("*.xml")) ? QStringLiteral("xml")
                                                                         : QStringLiteral("html"));
    });
    connect(dialog, &QFileDialog::fileSelected, this, &ScenarioPanel::saveReport);
    dialog->open();
}

void ScenarioPanel::saveReport(const QString &path)
{
    const bool isXml = path.endsWith(QLatin1String(".xml"), Qt::CaseInsensitive);
    const auto &results = m_runs.results();
    const Done written =
        writeFile(path, isXml ? scenario::toJUnit(results) : scenario::toHtml(results));
    if (written)
        note(tr("Saved as %1.").arg(path));
    else
        m_problem->tell(MessageBar::Kind::Bad, written.failure().text);
}

void ScenarioPanel::setRecording(bool wanted)
{
    if (wanted == isRecording() || (wanted && isRunning())) {
        tell();
        return;
    }
    m_problem->dismiss();
    wanted ? m_recorder.start() : m_recorder.stop();
}

// It stops by itself, too.
void ScenarioPanel::showRecorded()
{
    if (m_recorder.entries() == 0) {
        note(tr("Nothing was recorded: nothing was done in the panes."));
        return;
    }
    note({});
    const QString name = tr("Recorded %1")
                             .arg(QLocale().toString(
                                 QDateTime::currentDateTime(), QStringLiteral("yyyy-MM-dd HH:mm")));
    auto *dialog = new RecordedDialog(
        [this](const QString &wanted) { return m_recorder.text(wanted); }, name, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &RecordedDialog::saved, this, &ScenarioPanel::openFile);
    connect(dialog, &RecordedDialog::runWanted, this, &ScenarioPanel::runRecorded);
    dialog->open();
}

void ScenarioPanel::runRecorded(const QByteArray &text, const QString &file)
{
    if (!file.isEmpty()) {
        openFile(file);
    } else if (const auto scenario = scenario::parse(text, QStringLiteral("recorded.yaml"))) {
        setCurrent(m_list.add(*scenario));
    } else {
        m_problem->tell(MessageBar::Kind::Bad, scenario.failure().text);
        return;
    }
    // It rests on a server that begins anew.
    setWhere(Where::OwnServer);
    run();
}

void ScenarioPanel::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    m_splitter->setOrientation(event->size().width() < SideBySide ? Qt::Vertical : Qt::Horizontal);
}

} // namespace parley::ui
