// SPDX-License-Identifier: MIT
#include "ui/window/panestrip.h"

#include "ui/look/theme.h"
#include "ui/pane/clientpane.h"

#include <QEvent>
#include <QPainter>
#include <QSplitter>
#include <QTimer>

namespace parley::ui {
namespace {

// A line between the panes, wide enough to be taken hold of.
class Handle : public QSplitterHandle {
public:
    using QSplitterHandle::QSplitterHandle;

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        const Colours c = coloursOf(palette());
        painter.fillRect(width() / 2, 0, 1, height(), underMouse() ? c.accent : c.line);
    }
};

class Panes : public QSplitter {
public:
    using QSplitter::QSplitter;

protected:
    QSplitterHandle *createHandle() override { return new Handle(orientation(), this); }
};

} // namespace

PaneStrip::PaneStrip(play::Players &players, const People &people, QWidget *parent)
    : QScrollArea(parent)
    , m_people(people)
    , m_splitter(new Panes(Qt::Horizontal))
{
    setFrameShape(QFrame::NoFrame);
    setWidgetResizable(true);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFocusPolicy(Qt::NoFocus);
    m_splitter->setChildrenCollapsible(false);
    setWidget(m_splitter);
    for (const auto &player : players.all())
        add(player.get());
    connect(&players, &play::Players::playerAdded, this, &PaneStrip::add);
    connect(&players, &play::Players::playerLeaves, this, &PaneStrip::removeLast);
}

void PaneStrip::add(play::Player *player)
{
    auto *pane = new ClientPane(*player, m_people);
    m_panes.push_back(pane);
    m_splitter->addWidget(pane);
    m_splitter->setStretchFactor(m_splitter->count() - 1, 1);
    connect(pane, &ClientPane::becameCurrent, this, [this, pane] { setCurrent(pane); });
    connect(pane, &ClientPane::removeWanted, this, &PaneStrip::removeWanted);
    share();
    if (!m_current)
        setCurrent(pane);
    Q_EMIT paneAdded(pane);
}

void PaneStrip::removeLast()
{
    if (m_current == m_panes.back() && m_panes.size() > 1)
        focusPane(int(m_panes.size()) - 2);
    delete m_panes.back();
    m_panes.pop_back();
    share();
}

// All get the same width, whatever they had before.
void PaneStrip::share()
{
    m_splitter->setSizes(QList<int>(m_splitter->count(), 1000));
    for (size_t i = 0; i < m_panes.size(); ++i)
        m_panes[i]->setRemovable(i >= FewestPanes && i + 1 == m_panes.size());
    updateGeometry();
}

void PaneStrip::setCurrent(ClientPane *pane)
{
    if (m_current == pane)
        return;
    if (m_current)
        m_current->setCurrent(false);
    m_current = pane;
    pane->setCurrent(true);
    Q_EMIT currentChanged(pane);
}

void PaneStrip::focusPane(int index)
{
    if (index < 0 || index >= int(m_panes.size()))
        return;
    ClientPane *pane = m_panes[size_t(index)];
    setCurrent(pane);
    // Not for one that was clicked: the click would miss what moves away under it.
    // A new one gets its place with the next layout only.
    QTimer::singleShot(0, pane, [this, pane] { ensureWidgetVisible(pane, 0, 0); });
    pane->takeFocus();
}

QSize PaneStrip::minimumSizeHint() const
{
    int width = 0;
    for (size_t i = 0; i < std::min(m_panes.size(), size_t(FewestPanes)); ++i)
        width += m_panes[i]->minimumSizeHint().width() + m_splitter->handleWidth();
    return {width, fontMetrics().height() * 16};
}

// What the panes need changes with what they show.
bool PaneStrip::eventFilter(QObject *watched, QEvent *event)
{
    const bool wasHandled = QScrollArea::eventFilter(watched, event);
    if (watched == m_splitter && event->type() == QEvent::LayoutRequest)
        updateGeometry();
    return wasHandled;
}

void PaneStrip::cycle(int step)
{
    const auto at = int(std::ranges::find(m_panes, m_current) - m_panes.begin());
    const int count = int(m_panes.size());
    if (count > 0)
        focusPane((at + step + count) % count);
}

} // namespace parley::ui
