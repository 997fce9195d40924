// SPDX-License-Identifier: MIT
#include "ui/inspector/frametable.h"

#include "frames/framefilter.h"
#include "frames/framelog.h"
#include "ui/look/theme.h"

#include <QFontDatabase>
#include <QHeaderView>
#include <QKeyEvent>
#include <QPainter>
#include <QScrollBar>
#include <QStyledItemDelegate>

namespace parley::ui {
namespace {

using frames::FrameLog;
using frames::Topic;

QColor colourOf(Topic topic, const Colours &colours)
{
    switch (topic) {
    case Topic::Message:
        return colours.command;
    case Topic::Fetch:
        return colours.deliver;
    case Topic::Confirm:
        return colours.confirm;
    case Topic::Heartbeat:
    case Topic::Presence:
        return colours.presence;
    case Topic::Error:
        return colours.bad;
    case Topic::Connection:
        return colours.good;
    case Topic::Other:
        return colours.other;
    }
    return colours.text;
}

class FrameDelegate final : public QStyledItemDelegate {
public:
    FrameDelegate(frames::FrameFilter &filter, QObject *parent)
        : QStyledItemDelegate(parent)
        , m_filter(filter)
        , m_fixed(QFontDatabase::systemFont(QFontDatabase::FixedFont))
    {
    }

protected:
    void initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const override
    {
        QStyledItemDelegate::initStyleOption(option, index);
        const int column = index.column();
        const Colours colours = coloursOf(option->palette);
        option->state &= ~QStyle::State_HasFocus; // the whole row shows it
        if (column != FrameLog::Pane && column != FrameLog::Cmd) {
            m_fixed.setPointSizeF(option->font.pointSizeF());
            option->font = m_fixed;
        }
        const auto *frame = m_filter.log().frame(index.data(FrameLog::FrameRole).toLongLong());
        const bool isTold = column == FrameLog::Cmd || column == FrameLog::Direction;
        const QColor colour = isTold && frame ? colourOf(topicOf(*frame), colours)
            : column == FrameLog::Number || column == FrameLog::At ? colours.muted
                                                                   : colours.text;
        option->palette.setColor(QPalette::Text, colour);
        option->font.setBold(isTold);
    }

private:
    frames::FrameFilter &m_filter;
    mutable QFont m_fixed;
};

} // namespace

FrameTable::FrameTable(frames::FrameFilter &filter, QWidget *parent)
    : QTableView(parent)
    , m_filter(filter)
{
    setModel(&filter);
    setItemDelegate(new FrameDelegate(filter, this));
    setSelectionBehavior(SelectRows);
    setSelectionMode(SingleSelection);
    setEditTriggers(NoEditTriggers);
    setShowGrid(false);
    setWordWrap(false);
    setTabKeyNavigation(false);
    setCornerButtonEnabled(false);
    setHorizontalScrollMode(ScrollPerPixel);
    setAccessibleName(tr("Frames"));
    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    horizontalHeader()->setHighlightSections(false);
    horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    horizontalHeader()->setMinimumSectionSize(24);
    horizontalHeader()->setStretchLastSection(true);
    constexpr int Widths[] = {56, 108, 76, 28, 144, 136, 64, 88};
    for (int column = 0; column < FrameLog::Columns; ++column)
        setColumnWidth(column, Widths[column]);
    setRowHeight();
    connect(&filter, &QAbstractItemModel::rowsInserted, this, [this] {
        if (m_followsNewest)
            scrollToBottom();
    });
    connect(verticalScrollBar(), &QScrollBar::rangeChanged, this, [this] {
        if (m_followsNewest)
            verticalScrollBar()->setValue(verticalScrollBar()->maximum());
    });
    // Only what the user does to it, not what new rows do.
    connect(verticalScrollBar(), &QScrollBar::actionTriggered, this, [this] {
        const auto *bar = verticalScrollBar();
        setFollowsNewest(bar->sliderPosition() >= bar->maximum());
    });
}

void FrameTable::setRowHeight()
{
    verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 8);
}

void FrameTable::changeEvent(QEvent *event)
{
    QTableView::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        setRowHeight();
}

void FrameTable::setFollowsNewest(bool on)
{
    if (on)
        scrollToBottom();
    if (m_followsNewest == on)
        return;
    m_followsNewest = on;
    Q_EMIT followsNewestChanged(on);
}

qint64 FrameTable::currentNumber() const
{
    return currentIndex().isValid() ? m_filter.numberAt(currentIndex().row()) : 0;
}

bool FrameTable::select(qint64 number)
{
    const int row = m_filter.rowOf(number);
    if (row < 0)
        return false;
    setFollowsNewest(false);
    setCurrentIndex(m_filter.index(row, 0));
    scrollTo(currentIndex(), PositionAtCenter);
    return true;
}

QByteArray FrameTable::saveColumns() const
{
    return horizontalHeader()->saveState();
}

void FrameTable::restoreColumns(const QByteArray &state)
{
    horizontalHeader()->restoreState(state);
}

void FrameTable::currentChanged(const QModelIndex &current, const QModelIndex &previous)
{
    QTableView::currentChanged(current, previous);
    if (current.row() != previous.row() || !current.isValid())
        Q_EMIT currentNumberChanged(currentNumber());
}

void FrameTable::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)
        return detailWanted();
    QTableView::keyPressEvent(event);
    switch (event->key()) {
    case Qt::Key_Up:
    case Qt::Key_Down:
    case Qt::Key_PageUp:
    case Qt::Key_PageDown:
    case Qt::Key_Home:
    case Qt::Key_End:
        setFollowsNewest(currentIndex().row() == m_filter.rowCount() - 1);
    }
}

void FrameTable::paintEvent(QPaintEvent *event)
{
    QTableView::paintEvent(event);
    if (m_filter.rowCount() > 0)
        return;
    QPainter painter(viewport());
    painter.setPen(coloursOf(palette()).muted);
    const QString text = m_filter.isFiltering() && m_filter.log().rowCount() > 0
        ? tr("No frame matches.\nEsc shows all frames again.")
        : tr("No frames yet.\nConnect a client, and all that it sends and receives appears here.");
    painter.drawText(
        viewport()->rect().adjusted(24, 24, -24, -24), Qt::AlignCenter | Qt::TextWordWrap, text);
}

} // namespace parley::ui
