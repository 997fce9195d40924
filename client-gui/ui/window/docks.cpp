// SPDX-License-Identifier: MIT
#include "ui/window/docks.h"

#include "ui/look/icons.h"

#include <QAbstractButton>
#include <QAction>
#include <QDockWidget>
#include <QScrollArea>

namespace parley::ui {

namespace {

// A panel that wants much room must not take it from the others.
QWidget *scrolled(QWidget *panel)
{
    auto *area = new QScrollArea;
    area->setFrameShape(QFrame::NoFrame);
    area->setWidgetResizable(true);
    area->setFocusPolicy(Qt::NoFocus);
    area->setFocusProxy(panel);
    area->setWidget(panel);
    return area;
}

} // namespace

Docks::Docks(QMainWindow &window)
    : QObject(&window)
    , m_window(window)
{
    window.setDockNestingEnabled(true);
    // The panels at the right go down to the status bar.
    window.setCorner(Qt::BottomRightCorner, Qt::RightDockWidgetArea);
    window.setTabPosition(Qt::AllDockWidgetAreas, QTabWidget::North);
    window.setDocumentMode(true);
}

void Docks::add(const Panel &panel)
{
    auto *dock = new QDockWidget(panel.title, &m_window);
    dock->setObjectName(QLatin1String(panel.objectName));
    dock->setWidget(scrolled(panel.widget));
    // The style gives them theirs only once, for the palette of that moment.
    const std::pair<const char *, const char *> buttons[] = {
        {"qt_dockwidget_closebutton", "close"}, {"qt_dockwidget_floatbutton", "float"}};
    for (const auto &[name, itsIcon] : buttons) {
        if (auto *button = dock->findChild<QAbstractButton *>(QLatin1String(name)))
            withIcon(button, itsIcon);
    }
    auto *action = withIcon(new QAction(panel.title, &m_window), panel.icon);
    action->setCheckable(true);
    action->setShortcut(panel.shortcut);
    action->setToolTip(
        tr("%1 (%2)").arg(panel.title, panel.shortcut.toString(QKeySequence::NativeText)));
    connect(action, &QAction::triggered, this, [this, dock] { toggle(dock); });
    connect(dock->toggleViewAction(), &QAction::toggled, action, &QAction::setChecked);
    m_actions.push_back(action);
    m_entries.push_back({panel, dock});
    place(m_entries.back());
    dock->setVisible(panel.isShownAtFirst);
}

void Docks::place(const Entry &entry)
{
    QDockWidget *first = nullptr;
    for (const Entry &other : m_entries) {
        if (other.dock == entry.dock)
            break;
        if (other.panel.area == entry.panel.area)
            first = first ? first : other.dock;
    }
    m_window.addDockWidget(entry.panel.area, entry.dock);
    if (first) {
        m_window.tabifyDockWidget(first, entry.dock);
        first->raise();
    }
}

void Docks::toggle(QDockWidget *dock)
{
    // One that lies behind another tab is not hidden, but nobody sees it.
    const bool isSeen = dock->isVisible() && !dock->visibleRegion().isEmpty();
    isSeen ? dock->hide() : bringForward(dock);
    for (size_t i = 0; i < m_entries.size(); ++i)
        m_actions[i]->setChecked(!m_entries[i].dock->isHidden());
}

void Docks::bringForward(QDockWidget *dock)
{
    dock->show();
    dock->raise();
    // Where one was in it last, or its first field.
    QWidget *panel = static_cast<QScrollArea *>(dock->widget())->widget();
    if (QWidget *last = panel->focusWidget())
        last->setFocus(Qt::ShortcutFocusReason);
    else
        panel->setFocus(Qt::ShortcutFocusReason);
}

void Docks::bringForward(const QWidget *widget)
{
    bringForward(dockOf(widget));
}

void Docks::show(const QWidget *widget)
{
    QDockWidget *dock = dockOf(widget);
    dock->show();
    dock->raise();
}

QDockWidget *Docks::dockOf(const QWidget *widget) const
{
    return std::ranges::find_if(m_entries, [&](const Entry &entry) {
        return entry.panel.widget == widget;
    })->dock;
}

void Docks::reset()
{
    QList<QDockWidget *> right;
    QList<QDockWidget *> bottom;
    for (const Entry &entry : m_entries) {
        entry.dock->setFloating(false);
        m_window.removeDockWidget(entry.dock);
        place(entry);
        entry.dock->setVisible(entry.panel.isShownAtFirst);
        if (entry.panel.area == Qt::RightDockWidgetArea)
            right += entry.dock;
        else if (entry.panel.area == Qt::BottomDockWidgetArea)
            bottom += entry.dock;
    }
    // Of the window: room for four lifelines to the right, a third below.
    if (!right.isEmpty())
        m_window.resizeDocks({right.front()}, {m_window.width() * 43 / 100}, Qt::Horizontal);
    if (!bottom.isEmpty())
        m_window.resizeDocks({bottom.front()}, {m_window.height() / 3}, Qt::Vertical);
    for (const Entry &entry : m_entries) {
        const bool isFirst = entry.dock == (right.isEmpty() ? nullptr : right.front())
            || entry.dock == (bottom.isEmpty() ? nullptr : bottom.front());
        if (isFirst)
            entry.dock->raise();
    }
}

} // namespace parley::ui
