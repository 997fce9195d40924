// SPDX-License-Identifier: MIT
#include "ui/scenario/runbar.h"

#include "ui/look/icons.h"
#include "ui/look/words.h"

#include <QComboBox>
#include <QToolButton>

namespace parley::ui {

RunBar::RunBar(QWidget &panel)
    : QToolBar(&panel)
    , m_panel(panel)
    , m_where(new QComboBox)
{
    setAccessibleName(tr("Scenarios"));
    setMovable(false);
    setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    addActions();
    addWhere();
}

QAction *RunBar::addAction(const char *name, const char *icon, const QString &text,
    const QString &tip, const QKeySequence &keys)
{
    auto *action = withIcon(new QAction(tip, this), icon);
    action->setObjectName(QLatin1String(name));
    action->setIconText(text); // of its button
    action->setShortcut(keys);
    action->setToolTip(
        keys.isEmpty() ? tip : tr("%1 (%2)").arg(tip, keys.toString(QKeySequence::NativeText)));
    m_panel.addAction(action);
    QToolBar::addAction(action);
    if (auto *button = qobject_cast<QToolButton *>(widgetForAction(action)))
        button->setFocusPolicy(Qt::TabFocus);
    return action;
}

void RunBar::addActions()
{
    m_run = addAction(
        "run", "play", tr("R&un"), tr("Run the chosen scenario in the panes"), Qt::Key_F9);
    m_runAll = addAction("runAll", "scenario", tr("Run all"),
        tr("Run all scenarios, one after the other"), Qt::SHIFT | Qt::Key_F9);
    m_stop =
        addAction("stop", "stop", tr("S&top"), tr("Stop the running scenario"), Qt::Key_Escape);
    m_stop->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    addSeparator();
    m_record = addAction(
        "record", "record", tr("Recor&d"), tr("Make a scenario from what you do in the panes"), {});
    m_record->setCheckable(true);
    addSeparator();
    m_open = addAction("open", "open", tr("Open…"), tr("Add a scenario file to the list"), {});
    m_report = addAction("report", "save", tr("Save report…"),
        tr("The result of the last run, as HTML or JUnit XML"), {});
    addSeparator();
    // Where they run is to be seen, too, in a panel of usual width.
    for (QAction *action : {m_open, m_report}) {
        if (auto *button = qobject_cast<QToolButton *>(widgetForAction(action)))
            button->setToolButtonStyle(Qt::ToolButtonIconOnly);
    }

    connect(m_run, &QAction::triggered, this, &RunBar::runWanted);
    connect(m_runAll, &QAction::triggered, this, &RunBar::runAllWanted);
    connect(m_stop, &QAction::triggered, this, &RunBar::stopWanted);
    connect(m_record, &QAction::triggered, this, &RunBar::recordingWanted);
    connect(m_open, &QAction::triggered, this, &RunBar::openWanted);
    connect(m_report, &QAction::triggered, this, &RunBar::reportWanted);
}

void RunBar::addWhere()
{
    m_where->addItem(tr("A server of its own"));
    m_where->addItem(tr("The server of the panes"));
    m_where->setAccessibleName(tr("Where scenarios run"));
    m_where->setToolTip(tr("A server of its own is started and stopped for each scenario. The "
                           "server of the panes is the one of ClientA."));
    addWidget(m_where);
    connect(m_where, &QComboBox::currentIndexChanged, this, &RunBar::whereChanged);
}

RunBar::Where RunBar::where() const
{
    return Where(m_where->currentIndex());
}

void RunBar::setWhere(Where where)
{
    m_where->setCurrentIndex(int(where));
}

void RunBar::show(const State &state)
{
    const bool isIdle = !state.isRunning && !state.isRecording;
    m_run->setEnabled(isIdle && state.whyNot.isEmpty());
    m_run->setToolTip(state.whyNot.isEmpty() ? tr("Run the chosen scenario in the panes (F9)")
                                             : plainToolTip(state.whyNot));
    m_runAll->setEnabled(isIdle && state.canRunAll);
    m_stop->setEnabled(state.isRunning && !state.isStopping);
    m_record->setEnabled(!state.isRunning);
    m_record->setChecked(state.isRecording);
    m_record->setIconText(state.isRecording ? tr("Stop recor&ding") : tr("Recor&d"));
    m_where->setEnabled(isIdle);
    m_open->setEnabled(!state.isRunning); // it may read one again that is still to run
    m_report->setEnabled(!state.isRunning && state.hasReport);
}

} // namespace parley::ui
