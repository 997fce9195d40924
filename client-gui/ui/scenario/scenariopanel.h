// SPDX-License-Identifier: MIT
#pragma once

#include "scenario/record/recorder.h"
#include "ui/scenario/runbar.h"
#include "ui/scenario/scenariolist.h"
#include "workbench/batch.h"

#include <QWidget>

class QSplitter;

namespace parley::ui {

class MarkView;
class MessageBar;
class ScenarioDetail;
class WrappingLabel;

// Scenarios: run in the window's panes, recorded from what is done there by hand.
class ScenarioPanel : public QWidget {
    Q_OBJECT

public:
    using Where = RunBar::Where;

    // Both must outlive it.
    ScenarioPanel(play::Players &, workbench::Observers &, QWidget *parent = nullptr);
    ~ScenarioPanel() override;

    const ScenarioList &scenarios() const { return m_list; }
    int current() const; // -1: none
    void setCurrent(int row);
    Where where() const;
    void setWhere(Where);
    // The program that a server of its own is; at first the one beside this program.
    void setParleyd(const QString &program);
    bool isRunning() const { return m_runs.isRunning(); }
    bool isRecording() const { return m_recorder.isRecording(); }
    // The panes are used by it, or watched.
    bool isBusy() const { return isRunning() || isRecording(); }
    // What it says of the current scenario.
    QString state() const;

    // Without asking for a name. What goes wrong is said in the panel.
    void openFile(const QString &path);
    // Of the last run: JUnit's XML where that is how the name ends, else HTML.
    void saveReport(const QString &path);

public Q_SLOTS:
    void run(); // the current one
    void runAll(); // that can be run
    void stop();
    void setRecording(bool);

Q_SIGNALS:
    // The frame that shows a step's outcome.
    void frameSelected(qint64 number);
    void busyChanged(bool isBusy);
    void aboutToRun(); // the panes are as they will be given back
    void finished();

protected:
    void resizeEvent(QResizeEvent *) override;

private:
    void followBar();
    void followRuns();
    void start(std::vector<int> rows);
    // Why this one cannot be run now, in words with the way out; empty: it can.
    QString whyNot(const ScenarioList::Entry &) const;
    QString whyNotThere(bool mintsSessions) const;
    scenario::ServerChoice choice() const;
    int runningRow() const;
    void showCurrent();
    void tell();
    void tellCurrent();
    void note(const QString &);
    void pointAt(int step);
    void askForFile();
    void askForReport();
    void showRecorded();
    void runRecorded(const QByteArray &text, const QString &file);

    play::Players &m_players;
    workbench::Batch m_runs;
    scenario::Recorder m_recorder;
    ScenarioList m_list;
    QString m_parleyd;
    std::vector<int> m_rows; // of the list, in the order in which they run
    int m_index = -1; // of m_rows: the one that runs
    bool m_isStopping = false;
    bool m_wasBusy = false;
    RunBar *m_bar;
    MessageBar *m_problem;
    WrappingLabel *m_note;
    QSplitter *m_splitter;
    MarkView *m_listView;
    ScenarioDetail *m_detail;
};

} // namespace parley::ui
