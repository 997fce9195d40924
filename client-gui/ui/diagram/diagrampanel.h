// SPDX-License-Identifier: MIT
#pragma once

#include "core/result.h"
#include "ui/diagram/diagramview.h"

#include <QWidget>

class QAction;
class QLabel;
class QStackedWidget;
class QToolBar;

namespace parley::ui {

// The diagram with what can be done to it. Its actions are named (objectName) pause, clear,
// zoom-out, zoom-in, zoom-fit, follow, show-answers, show-heartbeats, export, export-svg,
// export-png, export-mermaid, export-plantuml and copy-mermaid; their property "icon-name" says
// which icon they would have.
class DiagramPanel : public QWidget {
    Q_OBJECT

public:
    // Both must live as long as this.
    DiagramPanel(diagram::Diagram &, const frames::FrameLog &, QWidget *parent = nullptr);

    DiagramView &view() { return *m_view; }
    // As .svg, .png, .mmd (Mermaid) or .puml (PlantUML) says; with what is shown.
    Done exportTo(const QString &path);

protected:
    void changeEvent(QEvent *) override;

private:
    QAction *action(const char *name, const QString &text, const QString &tip);
    void makeToolBar();
    void makeExportMenu(QToolBar *);
    void makePages();
    void askAndExport(const QString &suffix, const QString &filter);
    void copyMermaid();
    void say(const QString &text, bool isBad);
    void showShown();
    void showPage();
    void colour();

    diagram::Diagram &m_diagram;
    DiagramView *m_view;
    QStackedWidget *m_pages;
    QLabel *m_empty;
    QLabel *m_message;
    QTimer m_messageTime;
    QToolBar *m_toolBar;
    QAction *m_answers = nullptr;
    QAction *m_heartbeats = nullptr;
};

} // namespace parley::ui
