// SPDX-License-Identifier: MIT
#include "ui/diagram/diagramview.h"

#include "ui/diagram/arrowdetails.h"

#include <QAccessible>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QScopedValueRollback>
#include <QScrollBar>
#include <QToolTip>

#include <cmath>

using namespace std::chrono_literals;

namespace parley::ui {
namespace {

constexpr auto RefreshInterval = 16ms;
constexpr double ZoomStep = 1.2;

} // namespace

DiagramView::DiagramView(diagram::Diagram &diagram, const frames::FrameLog &log, QWidget *parent)
    : QAbstractScrollArea(parent)
    , m_diagram(diagram)
    , m_log(log)
    , m_rows(diagram)
{
    setFocusPolicy(Qt::StrongFocus);
    setFrameShape(QFrame::NoFrame);
    // Otherwise everything would be pushed aside by the first event that does not fit.
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOn);
    setAccessibleName(tr("Sequence diagram"));
    viewport()->setMouseTracking(true);
    viewport()->setAttribute(Qt::WA_OpaquePaintEvent);
    m_refresh.setSingleShot(true);
    m_refresh.setInterval(RefreshInterval);
    connect(&m_refresh, &QTimer::timeout, this, &DiagramView::refresh);
    using diagram::Diagram;
    connect(&diagram, &Diagram::arrowAdded, this, &DiagramView::takeAdded);
    connect(&diagram, &Diagram::arrowsDropped, this, &DiagramView::takeDropped);
    connect(&diagram, &Diagram::arrowChanged, this, &DiagramView::refreshSoon);
    connect(&diagram, &Diagram::lifelinesChanged, this, &DiagramView::refreshSoon);
    connect(&diagram, &Diagram::cleared, this, [this] {
        m_rows.reset();
        m_marks = {};
        setFollowing(true);
        refresh();
    });
    connect(&diagram, &Diagram::pausedChanged, this, [this](bool isPaused) {
        m_rows.setHeld(isPaused);
        refresh();
    });
    m_rows.setHeld(diagram.isPaused());
    refresh();
}

void DiagramView::setShown(const diagram::Shown &shown)
{
    if (shown == m_rows.shown())
        return;
    m_rows.setShown(shown);
    m_marks.hovered = -1;
    refresh();
    if (!m_isFollowing && m_marks.selected != 0)
        showRow(currentRow());
}

void DiagramView::setZoom(double zoom)
{
    const double bounded = std::clamp(zoom, LeastZoom, MostZoom);
    if (qFuzzyCompare(bounded, m_zoom))
        return;
    // What stands at the top stays there.
    const double top = verticalScrollBar()->value() / m_layout.rowHeight();
    m_zoom = bounded;
    refresh();
    if (!m_isFollowing)
        scrollTo(int(std::round(top * m_layout.rowHeight())));
    Q_EMIT zoomChanged(m_zoom);
}

void DiagramView::setFollowing(bool isFollowing)
{
    if (isFollowing) {
        flush();
        scrollTo(verticalScrollBar()->maximum());
    }
    if (m_isFollowing == isFollowing)
        return;
    m_isFollowing = isFollowing;
    Q_EMIT followingChanged(isFollowing);
}

void DiagramView::takeAdded(qsizetype index)
{
    const qsizetype before = m_rows.size();
    m_rows.added(index);
    // What is being looked at does not move because something is put in above it.
    if (!m_isFollowing && m_rows.size() > before) {
        const qsizetype row = m_rows.rowOf(index);
        if (m_layout.topOf(row) < verticalScrollBar()->value()) {
            refresh();
            scrollTo(verticalScrollBar()->value() + int(std::round(m_layout.rowHeight())));
        }
    }
    refreshSoon();
}

void DiagramView::takeDropped(qsizetype count)
{
    const qsizetype before = m_rows.size();
    m_rows.dropped(count);
    m_marks.hovered = -1;
    const double gone = double(before - m_rows.size()) * m_layout.rowHeight();
    const int value = verticalScrollBar()->value();
    refresh();
    if (!m_isFollowing)
        scrollTo(value - int(std::round(gone)));
}

// Thousands of events a second are shown as often as a screen can.
void DiagramView::refreshSoon()
{
    if (!m_refresh.isActive())
        m_refresh.start();
}

void DiagramView::refresh()
{
    m_refresh.stop();
    layOut();
    const QScopedValueRollback adjusting(m_isAdjusting, true);
    const double room = viewport()->height() - m_layout.headerHeight();
    verticalScrollBar()->setPageStep(std::max(1, int(room)));
    verticalScrollBar()->setSingleStep(int(m_layout.rowHeight()));
    verticalScrollBar()->setRange(0, std::max(0, int(std::ceil(m_layout.rowsHeight() - room))));
    const int width = viewport()->width();
    horizontalScrollBar()->setPageStep(width);
    horizontalScrollBar()->setSingleStep(int(m_layout.gap() / 4));
    horizontalScrollBar()->setRange(0, std::max(0, int(m_layout.width()) - width));
    if (m_isFollowing)
        verticalScrollBar()->setValue(verticalScrollBar()->maximum());
    viewport()->update();
}

void DiagramView::layOut()
{
    // Beside the panes there is less room than on a page.
    constexpr diagram::Metrics Narrow{.timeWidth = 78, .gap = 110, .margin = 54};
    m_layout = diagram::Layout(metricsFor(font(), Narrow), int(m_diagram.lifelines().size()),
        m_rows.size(), viewport()->width(), m_zoom);
}

void DiagramView::flush()
{
    if (m_refresh.isActive())
        refresh();
}

void DiagramView::scrollTo(int value)
{
    const QScopedValueRollback adjusting(m_isAdjusting, true);
    verticalScrollBar()->setValue(value);
}

void DiagramView::scrollContentsBy(int, int dy)
{
    hover(-1);
    viewport()->update();
    if (dy != 0 && !m_isAdjusting)
        setFollowing(verticalScrollBar()->value() >= verticalScrollBar()->maximum());
}

void DiagramView::resizeEvent(QResizeEvent *event)
{
    QAbstractScrollArea::resizeEvent(event);
    // Scroll bars are better not changed while the area lays them out.
    layOut();
    refreshSoon();
}

void DiagramView::changeEvent(QEvent *event)
{
    QAbstractScrollArea::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::PaletteChange
        || event->type() == QEvent::StyleChange)
        refresh();
}

void DiagramView::paintEvent(QPaintEvent *)
{
    QPainter painter(viewport());
    const Colours colours = coloursOf(palette());
    const DiagramPainter diagramPainter(m_diagram, m_rows, m_layout, colours, font());
    const double width = std::max<double>(m_layout.width(), viewport()->width());
    const double header = m_layout.headerHeight();
    painter.translate(-horizontalScrollBar()->value(), 0);
    painter.save();
    const int top = verticalScrollBar()->value();
    painter.setClipRect(QRectF(0, header, width, viewport()->height()));
    painter.translate(0, header - top);
    diagramPainter.paintRows(painter, top, top + viewport()->height() - header, width, m_marks);
    painter.restore();
    diagramPainter.paintHeader(painter, width);
}

bool DiagramView::viewportEvent(QEvent *event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto *help = static_cast<QHelpEvent *>(event);
        const qsizetype row = rowAt(help->pos());
        if (row < 0)
            QToolTip::hideText();
        else
            QToolTip::showText(help->globalPos(), detailsOf(row), viewport(), rectOf(row));
        return true;
    }
    if (event->type() == QEvent::Leave)
        hover(-1);
    return QAbstractScrollArea::viewportEvent(event);
}

QString DiagramView::detailsOf(qsizetype row) const
{
    return ui::detailsOf(m_rows.at(row), m_diagram, m_log);
}

QImage DiagramView::toImage() const
{
    return imageOf(m_diagram, m_rows, palette(), font());
}

QRect DiagramView::rectOf(qsizetype row) const
{
    const double y = m_layout.headerHeight() + m_layout.topOf(row) - verticalScrollBar()->value();
    return QRectF(0, y, viewport()->width(), m_layout.rowHeight()).toRect();
}

qsizetype DiagramView::rowAt(const QPoint &pos) const
{
    const double y = pos.y() - m_layout.headerHeight();
    return y < 0 ? -1 : m_layout.rowAt(y + verticalScrollBar()->value());
}

void DiagramView::hover(qsizetype row)
{
    if (m_marks.hovered == row)
        return;
    m_marks.hovered = row;
    viewport()->update();
}

void DiagramView::mouseMoveEvent(QMouseEvent *event)
{
    hover(rowAt(event->pos()));
}

void DiagramView::mousePressEvent(QMouseEvent *event)
{
    const qsizetype row = rowAt(event->pos());
    if (event->button() == Qt::LeftButton && row >= 0)
        moveTo(row);
}

void DiagramView::wheelEvent(QWheelEvent *event)
{
    if (!event->modifiers().testFlag(Qt::ControlModifier))
        return QAbstractScrollArea::wheelEvent(event);
    setZoom(m_zoom * std::pow(ZoomStep, event->angleDelta().y() / 120.0));
    event->accept();
}

void DiagramView::keyPressEvent(QKeyEvent *event)
{
    switch (event->key()) {
    case Qt::Key_Plus:
    case Qt::Key_Equal:
        return setZoom(m_zoom * ZoomStep);
    case Qt::Key_Minus:
        return setZoom(m_zoom / ZoomStep);
    case Qt::Key_0:
        return setZoom(1);
    case Qt::Key_Escape:
        if (m_marks.selected == 0 && m_marks.message.isNull())
            break;
        m_marks = {};
        return viewport()->update();
    default:
        if (moveByKey(event->key()))
            return;
    }
    QAbstractScrollArea::keyPressEvent(event);
}

int DiagramView::pageRows() const
{
    return std::max(1, int(verticalScrollBar()->pageStep() / m_layout.rowHeight()) - 1);
}

bool DiagramView::moveByKey(int key)
{
    const qsizetype last = m_rows.size() - 1;
    const qsizetype current = currentRow();
    const auto seen = qsizetype(verticalScrollBar()->value() / m_layout.rowHeight());
    qsizetype row = 0;
    switch (key) {
    case Qt::Key_Up:
        row = current < 0 ? seen + pageRows() : current - 1;
        break;
    case Qt::Key_Down:
        row = current < 0 ? seen : current + 1;
        break;
    case Qt::Key_PageUp:
        row = (current < 0 ? seen : current) - pageRows();
        break;
    case Qt::Key_PageDown:
        row = (current < 0 ? seen : current) + pageRows();
        break;
    case Qt::Key_Home:
        break;
    case Qt::Key_End:
        row = last;
        break;
    default:
        return false;
    }
    if (last >= 0)
        moveTo(std::clamp<qsizetype>(row, 0, last));
    if (key == Qt::Key_End)
        setFollowing(true);
    return true;
}

void DiagramView::moveTo(qsizetype row)
{
    const diagram::Arrow &arrow = m_rows.at(row);
    mark(arrow);
    if (arrow.frame > 0)
        Q_EMIT frameSelected(arrow.frame);
    // Who looks at an event does not want it to run away.
    if (row < m_rows.size() - 1)
        setFollowing(false);
    showRow(row);
}

void DiagramView::mark(const diagram::Arrow &arrow)
{
    m_marks.selected = arrow.number;
    m_marks.message = {arrow.receiver, arrow.seq, arrow.clientId};
    setAccessibleDescription(m_diagram.nameOf(arrow.from) + QStringLiteral(" → ")
        + m_diagram.nameOf(arrow.to) + QStringLiteral(": ") + arrow.text());
    QAccessibleEvent changed(this, QAccessible::DescriptionChanged);
    QAccessible::updateAccessibility(&changed);
    viewport()->update();
}

qsizetype DiagramView::currentRow() const
{
    return m_rows.rowOf(m_diagram.indexOf(m_marks.selected));
}

void DiagramView::showRow(qsizetype row)
{
    if (row < 0)
        return;
    flush();
    const int page = verticalScrollBar()->pageStep();
    const int top = int(m_layout.topOf(row));
    const int bottom = int(std::ceil(m_layout.topOf(row + 1)));
    const int value = verticalScrollBar()->value();
    if (top < value)
        scrollTo(top);
    else if (bottom > value + page)
        scrollTo(bottom - page);
    viewport()->update();
}

void DiagramView::select(qint64 frame)
{
    const qsizetype index = m_diagram.indexOfFrame(frame);
    if (index < 0) {
        m_marks.selected = 0;
        m_marks.message = {};
        return viewport()->update();
    }
    mark(m_diagram.at(index));
    const qsizetype row = m_rows.rowOf(index);
    if (row >= 0 && row < m_rows.size() - 1)
        setFollowing(false);
    showRow(row);
}

qint64 DiagramView::selectedFrame() const
{
    const qsizetype index = m_diagram.indexOf(m_marks.selected);
    return index < 0 ? 0 : m_diagram.at(index).frame;
}

void DiagramView::highlightMessage(UserId receiver, Seq seq, const QByteArray &clientId)
{
    m_marks.message = {receiver, seq, clientId};
    viewport()->update();
}

} // namespace parley::ui
