// SPDX-License-Identifier: MIT
#pragma once

#include "ui/pane/people.h"
#include "ui/window/launchoptions.h"
#include "workbench/observers.h"

#include <QMainWindow>

namespace parley::ui {

class AuditBadge;
class ClientPane;
class ComposerPanel;
class DiagramPanel;
class Docks;
class FaultsPanel;
class InspectorPanel;
class LoadTab;
class MainMenu;
class ScenarioPanel;
class PaneStrip;
class TraceStatus;

// The workbench: the client panes in the middle, the panels around them.
class MainWindow : public QMainWindow {
    Q_OBJECT

public:
    // `theme` must outlive it.
    MainWindow(const LaunchOptions &, ThemeSwitch &theme, QWidget *parent = nullptr);
    ~MainWindow() override;

    // The administrator's token, and whom it may be told.
    static workbench::Observers::Token tokenOf(const LaunchOptions &);
    play::Players &players() { return m_players; }
    PaneStrip &panes() { return *m_panes; }
    // Null: there are as many as there may be.
    ClientPane *addPane();
    // The last one; says why not, where it must stay.
    void removePane();
    // Everything as at the first start.
    void resetLayout();

protected:
    void changeEvent(QEvent *) override;
    void closeEvent(QCloseEvent *) override;
    void showEvent(QShowEvent *) override;

private:
    void addPanels();
    void connectPanels();
    void showFrame(qint64 number);
    void followMessage(UserId user, const QByteArray &clientId);
    void addStatus();
    void addMenu(ThemeSwitch &);
    void tellActions();

    void begin(const LaunchOptions &);
    void beginDemo(const LaunchOptions &);

    play::Players m_players;
    People m_people;
    workbench::Observers m_observers;
    PaneStrip *m_panes;
    Docks *m_docks;
    TraceStatus *m_trace;
    AuditBadge *m_audit;
    DiagramPanel *m_diagram = nullptr;
    InspectorPanel *m_inspector = nullptr;
    ComposerPanel *m_raw = nullptr;
    FaultsPanel *m_faults = nullptr;
    LoadTab *m_load = nullptr;
    ScenarioPanel *m_scenarios = nullptr;
    MainMenu *m_menu = nullptr;
    bool m_isDemo = false;
    bool m_isNew = false; // its layout was never seen
};

} // namespace parley::ui
