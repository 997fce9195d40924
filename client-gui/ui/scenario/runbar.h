// SPDX-License-Identifier: MIT
#pragma once

#include <QToolBar>

class QComboBox;

namespace parley::ui {

// What can be done with scenarios, and on which server they run. Its actions are named run, runAll,
// stop, record, open and report.
class RunBar : public QToolBar {
    Q_OBJECT

public:
    enum class Where { OwnServer, PanesServer };
    struct State {
        QString whyNot; // the chosen scenario cannot be run; empty: it can
        bool canRunAll = false;
        bool isRunning = false;
        bool isStopping = false;
        bool isRecording = false;
        bool hasReport = false;
    };

    // The keys work in the whole panel.
    explicit RunBar(QWidget &panel);

    void show(const State &);
    Where where() const;
    void setWhere(Where);

Q_SIGNALS:
    void runWanted();
    void runAllWanted();
    void stopWanted();
    void recordingWanted(bool);
    void openWanted();
    void reportWanted();
    void whereChanged();

private:
    void addActions();
    QAction *addAction(const char *name, const char *icon, const QString &text, const QString &tip,
        const QKeySequence &);
    void addWhere();

    QWidget &m_panel;
    QAction *m_run = nullptr;
    QAction *m_runAll = nullptr;
    QAction *m_stop = nullptr;
    QAction *m_record = nullptr;
    QAction *m_open = nullptr;
    QAction *m_report = nullptr;
    QComboBox *m_where;
};

} // namespace parley::ui
