// SPDX-License-Identifier: MIT
#include "ui/inspector/inspectortoolbar.h"

#include "frames/framefilter.h"
#include "frames/framelog.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QToolButton>

namespace parley::ui {

using frames::Topic;

InspectorToolBar::InspectorToolBar(frames::FrameFilter &filter, QWidget *search, QWidget *parent)
    : QWidget(parent)
    , m_filter(filter)
    , m_count(new QLabel(this))
{
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(8, 8, 8, 8);
    row->setSpacing(4);
    row->addWidget(search, 1);
    addTopicMenu();
    addPaneMenu();
    addButtons();
    m_count->setForegroundRole(QPalette::PlaceholderText);
    m_count->setContentsMargins(8, 0, 4, 0);
    row->addWidget(m_count);
}

void InspectorToolBar::showFilter(bool isFile)
{
    const int shown = m_filter.rowCount();
    const int all = m_filter.log().rowCount();
    m_count->setText(
        shown == all ? tr("Frames: %L1").arg(all) : tr("Frames: %L1 of %L2").arg(shown).arg(all));
    m_follow->setChecked(!m_filter.followed().isNull());
    m_topics->setText(m_filter.topics() ? tr("&Kinds •") : tr("&Kinds"));
    m_panes->setText(m_filter.panes().isEmpty() ? tr("&Panes") : tr("&Panes •"));
    m_back->setVisible(isFile);
}

// What is followed can be left.
void InspectorToolBar::setFollowable(bool isFollowable)
{
    m_follow->setEnabled(isFollowable || !m_filter.followed().isNull());
}

void InspectorToolBar::setFollowsNewest(bool isFollowing)
{
    m_newest->setChecked(isFollowing);
}

QToolButton *InspectorToolBar::addButton(const QString &text, const QString &toolTip)
{
    auto *button = new QToolButton(this);
    button->setText(text);
    button->setToolTip(toolTip);
    button->setAutoRaise(true);
    button->setFocusPolicy(Qt::TabFocus);
    button->setToolButtonStyle(Qt::ToolButtonTextOnly);
    button->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Expanding);
    layout()->addWidget(button);
    return button;
}

void InspectorToolBar::addButtons()
{
    m_follow = addButton(tr("F&ollow message"), tr("Shows only the frames of one message"));
    m_follow->setCheckable(true);
    connect(m_follow, &QToolButton::clicked, this, &InspectorToolBar::followWanted);
    m_newest = addButton(tr("&Newest"), tr("Stays at the newest frame"));
    m_newest->setCheckable(true);
    m_newest->setChecked(true);
    connect(m_newest, &QToolButton::clicked, this, &InspectorToolBar::newestWanted);
    m_back = addButton(tr("&Back to the panes"), tr("Closes the file that was loaded"));
    connect(m_back, &QToolButton::clicked, this, &InspectorToolBar::panesWanted);
    auto *clear = addButton(tr("C&lear"), tr("Removes all frames"));
    connect(clear, &QToolButton::clicked, this, [this] { m_filter.log().clear(); });
    auto *save = addButton(tr("&Save…"), tr("Saves all frames as JSON lines"));
    connect(save, &QToolButton::clicked, this, &InspectorToolBar::saveWanted);
    auto *load = addButton(tr("Loa&d…"), tr("Shows the frames of a file"));
    connect(load, &QToolButton::clicked, this, &InspectorToolBar::loadWanted);
}

void InspectorToolBar::addTopicMenu()
{
    m_topics = addButton(tr("&Kinds"), tr("Shows only frames of these kinds"));
    m_topics->setPopupMode(QToolButton::InstantPopup);
    auto *menu = new QMenu(m_topics);
    m_topics->setMenu(menu);
    const std::pair<Topic, QString> rows[] = {{Topic::Message, tr("&Messages")},
        {Topic::Fetch, tr("&Fetching")}, {Topic::Confirm, tr("&Confirming")},
        {Topic::Heartbeat, tr("&Heartbeats")}, {Topic::Presence, tr("&Presence")},
        {Topic::Error, tr("&Errors")}, {Topic::Connection, tr("C&onnections")},
        {Topic::Other, tr("&Not a command")}};
    for (const auto &[topic, title] : rows) {
        QAction *action = menu->addAction(title);
        action->setCheckable(true);
        connect(action, &QAction::triggered, this, [this, topic = topic](bool on) {
            m_filter.setTopics(m_filter.topics().setFlag(topic, on));
        });
        connect(menu, &QMenu::aboutToShow, action, [this, action, topic = topic] {
            action->setChecked(m_filter.topics().testFlag(topic));
        });
    }
    menu->addSeparator();
    connect(menu->addAction(tr("All but hea&rtbeats")), &QAction::triggered, this, [this] {
        frames::Topics topics;
        for (const Topic topic : frames::AllTopics)
            topics.setFlag(topic, topic != Topic::Heartbeat);
        m_filter.setTopics(topics);
    });
    connect(
        menu->addAction(tr("&All")), &QAction::triggered, this, [this] { m_filter.setTopics({}); });
}

void InspectorToolBar::addPaneMenu()
{
    m_panes = addButton(tr("&Panes"), tr("Shows only the frames of these panes"));
    m_panes->setPopupMode(QToolButton::InstantPopup);
    auto *menu = new QMenu(m_panes);
    m_panes->setMenu(menu);
    connect(menu, &QMenu::aboutToShow, this, [this, menu] { fillPaneMenu(menu); });
}

void InspectorToolBar::fillPaneMenu(QMenu *menu)
{
    menu->clear();
    const auto &log = m_filter.log();
    for (int pane = 0; pane < log.panes(); ++pane) {
        if (log.paneName(pane).isEmpty())
            continue;
        // What a file calls a pane has no mnemonics.
        QAction *action =
            menu->addAction(log.paneName(pane).replace(QLatin1Char('&'), QLatin1String("&&")));
        action->setCheckable(true);
        action->setChecked(m_filter.panes().contains(pane));
        connect(action, &QAction::triggered, this, [this, pane](bool on) {
            QSet<int> panes = m_filter.panes();
            on ? void(panes.insert(pane)) : void(panes.remove(pane));
            m_filter.setPanes(panes);
        });
    }
    menu->addSeparator();
    connect(
        menu->addAction(tr("&All")), &QAction::triggered, this, [this] { m_filter.setPanes({}); });
}

} // namespace parley::ui
