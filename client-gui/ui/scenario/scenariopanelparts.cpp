// SPDX-License-Identifier: MIT
// How ScenarioPanel is made, and its dialogs.
#include "scenario/report/scenarioresult.h"
#include "ui/look/icons.h"
#include "ui/look/messagebar.h"
#include "ui/look/savefile.h"
#include "ui/look/statuslight.h"
#include "ui/scenario/markview.h"
#include "ui/scenario/recordeddialog.h"
#include "ui/scenario/scenariopanel.h"

#include <QComboBox>
#include <QDateTime>
#include <QFileDialog>
#include <QLabel>
#include <QLocale>
#include <QToolBar>
#include <QToolButton>
#include <QVBoxLayout>

namespace parley::ui {

QAction *ScenarioPanel::addAction(const char *name, const char *icon, const QString &text,
    const QString &tip, const QKeySequence &keys)
{
    auto *action = withIcon(new QAction(tip, this), icon);
    action->setObjectName(QLatin1String(name));
    action->setIconText(text); // of its button
    action->setShortcut(keys);
    action->setToolTip(
        keys.isEmpty() ? tip : tr("%1 (%2)").arg(tip, keys.toString(QKeySequence::NativeText)));
    QWidget::addAction(action);
    m_tools->addAction(action);
    if (auto *button = qobject_cast<QToolButton *>(m_tools->widgetForAction(action)))
        button->setFocusPolicy(Qt::TabFocus);
    return action;
}

void ScenarioPanel::makeActions()
{
    m_tools->setAccessibleName(tr("Scenarios"));
    m_tools->setMovable(false);
    m_tools->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_run = addAction(
        "run", "play", tr("R&un"), tr("Run the chosen scenario in the panes"), Qt::Key_F9);
    m_runAll = addAction("runAll", "scenario", tr("Run all"),
        tr("Run all scenarios, one after the other"), Qt::SHIFT | Qt::Key_F9);
    m_stop =
        addAction("stop", "stop", tr("S&top"), tr("Stop the running scenario"), Qt::Key_Escape);
    m_stop->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    m_tools->addSeparator();
    m_record = addAction(
        "record", "record", tr("Recor&d"), tr("Make a scenario from what you do in the panes"), {});
    m_record->setCheckable(true);
    m_tools->addSeparator();
    m_open = addAction("open", "open", tr("Open…"), tr("Add a scenario file to the list"), {});
    m_report = addAction("report", "save", tr("Save report…"),
        tr("The result of the last run, as HTML or JUnit XML"), {});
    m_tools->addSeparator();
    // Where they run is to be seen, too, in a panel of usual width.
    for (QAction *action : {m_open, m_report}) {
        if (auto *button = qobject_cast<QToolButton *>(m_tools->widgetForAction(action)))
            button->setToolButtonStyle(Qt::ToolButtonIconOnly);
    }
    m_where->addItem(tr("A server of its own"));
    m_where->addItem(tr("The server of the panes"));
    m_where->setAccessibleName(tr("Where scenarios run"));
    m_where->setToolTip(tr("A server of its own is started and stopped for each scenario. The "
                           "server of the panes is the one of ClientA."));
    m_tools->addWidget(m_where);

    connect(m_run, &QAction::triggered, this, &ScenarioPanel::run);
    connect(m_runAll, &QAction::triggered, this, &ScenarioPanel::runAll);
    connect(m_stop, &QAction::triggered, this, &ScenarioPanel::stop);
    connect(m_record, &QAction::triggered, this, &ScenarioPanel::setRecording);
    connect(m_open, &QAction::triggered, this, &ScenarioPanel::askForFile);
    connect(m_report, &QAction::triggered, this, &ScenarioPanel::askForReport);
    connect(m_where, &QComboBox::currentIndexChanged, this, &ScenarioPanel::tell);
}

QLabel *ScenarioPanel::wrappingLabel()
{
    auto *label = new QLabel;
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    // Wrapped as narrow as the dock is.
    label->setMinimumWidth(1);
    label->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    return label;
}

QWidget *ScenarioPanel::makeSteps()
{
    auto *side = new QWidget;
    side->setAutoFillBackground(true);
    side->setBackgroundRole(QPalette::Base);
    m_title = wrappingLabel();
    QFont bold = font();
    bold.setBold(true);
    m_title->setFont(bold);
    m_about = wrappingLabel();
    m_about->setForegroundRole(QPalette::PlaceholderText);
    m_light = new StatusLight;
    m_state = wrappingLabel();
    m_state->setObjectName(QStringLiteral("scenarioState"));
    m_state->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_stepView = new MarkView(m_steps, tr("Steps"));
    // A click or a key shows what a step has come to.
    connect(m_stepView, &MarkView::clicked, this,
        [this](const QModelIndex &index) { pointAt(index.row()); });
    connect(m_stepView, &MarkView::activated, this,
        [this](const QModelIndex &index) { pointAt(index.row()); });
    auto *state = new QHBoxLayout;
    state->setSpacing(8);
    state->addWidget(m_light, 0, Qt::AlignTop);
    state->addWidget(m_state, 1);
    auto *head = new QVBoxLayout;
    head->setContentsMargins(12, 8, 12, 8);
    head->setSpacing(4);
    head->addWidget(m_title);
    head->addWidget(m_about);
    head->addLayout(state);
    auto *column = new QVBoxLayout(side);
    column->setContentsMargins({});
    column->setSpacing(0);
    column->addLayout(head);
    column->addWidget(m_stepView, 1);
    return side;
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

} // namespace parley::ui
