// SPDX-License-Identifier: MIT
#pragma once

#include <QKeySequence>
#include <QMainWindow>

#include <vector>

namespace parley::ui {

// A panel beside the client panes.
struct Panel {
    QString title;
    const char *objectName; // by which its place is remembered
    const char *icon;
    Qt::DockWidgetArea area;
    QWidget *widget;
    QKeySequence shortcut;
    bool isShownAtFirst = true;
};

// The panels of a main window, each in a dock: those of one area share it by tabs, the first one
// in front.
class Docks : public QObject {
    Q_OBJECT

public:
    explicit Docks(QMainWindow &);

    // Takes the widget.
    void add(const Panel &);
    // Shows the panel, raises it and gives it the focus; where it is in front already, hides it.
    const std::vector<QAction *> &actions() const { return m_actions; }
    // Shows the panel that holds this widget, and gives it the focus; or not.
    void bringForward(const QWidget *);
    void show(const QWidget *);
    // As they were added: everything shown, nothing floating, sizes as they look well.
    void reset();

private:
    struct Entry {
        Panel panel;
        QDockWidget *dock;
    };
    void place(const Entry &);
    void toggle(QDockWidget *);
    QDockWidget *dockOf(const QWidget *) const;
    static void bringForward(QDockWidget *);

    QMainWindow &m_window;
    std::vector<Entry> m_entries;
    std::vector<QAction *> m_actions;
};

} // namespace parley::ui
