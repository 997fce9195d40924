// SPDX-License-Identifier: MIT
// The part of InspectorPanel above its rows.
#include "frames/framelog.h"
#include "ui/inspector/frametable.h"
#include "ui/inspector/inspectorpanel.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QTimer>
#include <QToolButton>

namespace parley::ui {
namespace {

using frames::Topic;

constexpr int SearchDelayMs = 150; // behind the last key

} // namespace

QToolButton *InspectorPanel::addButton(const QString &text, const QString &toolTip)
{
    auto *button = new QToolButton(m_toolBar);
    button->setText(text);
    button->setToolTip(toolTip);
    button->setAutoRaise(true);
    button->setFocusPolicy(Qt::TabFocus);
    button->setToolButtonStyle(Qt::ToolButtonTextOnly);
    button->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Expanding);
    m_toolBar->layout()->addWidget(button);
    return button;
}

void InspectorPanel::buildToolBar()
{
    auto *layout = new QHBoxLayout(m_toolBar);
    layout->setContentsMargins(8, 8, 8, 8);
    layout->setSpacing(4);
    m_search->setPlaceholderText(tr("Search in frames (Ctrl+F)"));
    m_search->setAccessibleName(tr("Search in frames"));
    m_search->setClearButtonEnabled(true);
    m_search->setMaxLength(500);
    m_search->setMinimumWidth(120);
    m_search->installEventFilter(this);
    layout->addWidget(m_search, 1);
    auto *later = new QTimer(this);
    later->setSingleShot(true);
    later->setInterval(SearchDelayMs);
    connect(m_search, &QLineEdit::textEdited, later, qOverload<>(&QTimer::start));
    connect(m_search, &QLineEdit::textChanged, this, [this](const QString &text) {
        if (text.isEmpty())
            m_filter.setText(text);
    });
    connect(later, &QTimer::timeout, this, [this] { m_filter.setText(m_search->text()); });

    buildTopicMenu();
    buildPaneMenu();
    m_follow = addButton(tr("F&ollow message"), tr("Shows only the frames of one message"));
    m_follow->setCheckable(true);
    connect(m_follow, &QToolButton::clicked, this, &InspectorPanel::followCurrent);
    m_newest = addButton(tr("&Newest"), tr("Stays at the newest frame"));
    m_newest->setCheckable(true);
    m_newest->setChecked(true);
    connect(
        m_newest, &QToolButton::clicked, this, [this](bool on) { m_table->setFollowsNewest(on); });
    m_back = addButton(tr("&Back to the panes"), tr("Closes the file that was loaded"));
    connect(m_back, &QToolButton::clicked, this, &InspectorPanel::showPanes);
    auto *clear = addButton(tr("C&lear"), tr("Removes all frames"));
    connect(clear, &QToolButton::clicked, this, [this] { m_filter.log().clear(); });
    auto *save = addButton(tr("&Save…"), tr("Saves all frames as JSON lines"));
    connect(save, &QToolButton::clicked, this, &InspectorPanel::askForSave);
    auto *load = addButton(tr("Loa&d…"), tr("Shows the frames of a file"));
    connect(load, &QToolButton::clicked, this, &InspectorPanel::askForLoad);
    m_count->setForegroundRole(QPalette::PlaceholderText);
    m_count->setContentsMargins(8, 0, 4, 0);
    layout->addWidget(m_count);
}

void InspectorPanel::buildTopicMenu()
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

void InspectorPanel::buildPaneMenu()
{
    m_panes = addButton(tr("&Panes"), tr("Shows only the frames of these panes"));
    m_panes->setPopupMode(QToolButton::InstantPopup);
    auto *menu = new QMenu(m_panes);
    m_panes->setMenu(menu);
    connect(menu, &QMenu::aboutToShow, this, [this, menu] {
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
        connect(menu->addAction(tr("&All")), &QAction::triggered, this,
            [this] { m_filter.setPanes({}); });
    });
}

} // namespace parley::ui
