// SPDX-License-Identifier: MIT
#pragma once

#include "ui/window/themeswitch.h"

#include <QKeySequence>
#include <QMainWindow>

#include <functional>

class QActionGroup;

namespace parley::ui {

class ClientPane;
class Docks;
class PaneStrip;

// What can be done, in the window's menus, its tool bar, and by keys. What concerns panes, the
// theme, the language or help it does itself; the rest it asks for.
class MainMenu : public QObject {
    Q_OBJECT

public:
    // Where scenarios use the panes, not all can be.
    struct Possible {
        bool addPane;
        bool removePane;
        bool clear;
    };

    // All must outlive it; the docks are there already.
    MainMenu(QMainWindow &, PaneStrip &, const Docks &, ThemeSwitch &);

    void enable(const Possible &);

Q_SIGNALS:
    void paneWanted();
    void removeWanted(); // of the last pane
    void clearWanted();
    void layoutResetWanted();

private:
    void addFileMenu();
    void addEditMenu();
    void addViewMenu(const Docks &);
    void addThemeMenu(QMenu *view);
    void addLanguageMenu(QMenu *view);
    void addClientMenu();
    void addPaneMenu(QMenu *client);
    void addHelpMenu();
    void addToolBar(const Docks &);
    QAction *addAction(QMenu *, const char *icon, const QString &text, const QKeySequence &,
        std::function<void()> act);
    QAction *addChoice(
        QMenu *, QActionGroup *, const QString &text, bool isChosen, std::function<void()> act);
    // Does it with the current pane.
    std::function<void()> withPane(void (ClientPane::*)());
    void connectAll(bool wanted);
    void showShortcuts();
    void showAbout();

    QMainWindow &m_window;
    PaneStrip &m_panes;
    ThemeSwitch &m_theme;
    QAction *m_addPane = nullptr;
    QAction *m_removePane = nullptr;
    QAction *m_connectAll = nullptr;
    QAction *m_disconnectAll = nullptr;
    QAction *m_clear = nullptr;
};

} // namespace parley::ui
