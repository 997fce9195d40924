// SPDX-License-Identifier: MIT
#include "ui/pane/bubbledelegate.h"

#include "ui/look/icons.h"
#include "ui/look/paint.h"
#include "ui/look/theme.h"
#include "ui/look/words.h"

#include <QAbstractItemView>
#include <QHelpEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>

namespace parley::ui {
namespace {

using play::Bubble;
using play::Conversation;
using play::Life;

constexpr int Side = 12; // between a bubble and the view's edge
constexpr int PadX = 12;
constexpr int PadY = 8;
constexpr int Gap = 4; // between parts of a bubble
constexpr int Between = 6; // between bubbles
constexpr int BeforeLabel = 8;
constexpr qreal Radius = 10;
constexpr int MostMeasures = 20'000;

QFont smallFont(const QFont &font, qreal factor = 0.86)
{
    QFont small = font;
    small.setPointSizeF(font.pointSizeF() * factor);
    return small;
}

QString shownBody(const QString &body)
{
    QString text = body.size() <= BubbleDelegate::MostChars
        ? body
        : body.left(BubbleDelegate::MostChars) + QChar(u'…');
    return text.replace(u'\n', QChar::LineSeparator);
}

QColor lifeColour(const Bubble &bubble, const Colours &c)
{
    switch (bubble.life) {
    case Life::Sending:
        return c.muted;
    case Life::Stored:
        return c.store;
    case Life::Delivered:
        return bubble.isMine ? c.deliver : c.warning;
    case Life::Confirmed:
        return c.good;
    case Life::Failed:
        return c.bad;
    }
    return c.muted;
}

const QAbstractItemView *viewOf(const QStyleOptionViewItem &option)
{
    return qobject_cast<const QAbstractItemView *>(option.widget);
}

int widthOf(const QStyleOptionViewItem &option)
{
    const auto *view = viewOf(option);
    return view ? view->viewport()->width() : option.rect.width();
}

} // namespace

BubbleDelegate::BubbleDelegate(
    const play::Conversation &conversation, const People &people, QObject *parent)
    : QStyledItemDelegate(parent)
    , m_conversation(conversation)
    , m_people(people)
    , m_measures(MostMeasures)
{
}

bool BubbleDelegate::hasLabel(int row) const
{
    if (row == 0)
        return true;
    const Bubble &bubble = m_conversation.bubble(row);
    const Bubble &before = m_conversation.bubble(row - 1);
    return bubble.isMine != before.isMine || bubble.peer != before.peer;
}

QString BubbleDelegate::metaText(const Bubble &bubble) const
{
    const qint64 atUs = bubble.isMine ? bubble.sendingAtUs : bubble.deliveredAtUs;
    const QString time = clockTime(atUs);
    return bubble.seq == Seq() ? time : QStringLiteral("#%1  %2").arg(bubble.seq.value()).arg(time);
}

BubbleDelegate::Measure BubbleDelegate::measure(
    const QString &body, const QString &failure, const QFont &font, int width) const
{
    const QString key =
        body + QChar(u'\0') + failure + QChar(u'\0') + font.key() + QString::number(width);
    if (const Measure *known = m_measures.object(key))
        return *known;
    Measure measured{layText(shownBody(body), font, width), {}};
    if (!failure.isEmpty())
        measured.failure = layText(shownBody(failure), smallFont(font), width);
    m_measures.insert(key, new Measure(measured));
    return measured;
}

BubbleDelegate::Boxes BubbleDelegate::boxes(const QStyleOptionViewItem &option, int row) const
{
    const Bubble &bubble = m_conversation.bubble(row);
    const QFontMetrics small(smallFont(option.font));
    const int width = widthOf(option);
    const int button = needsConfirm(bubble) ? option.fontMetrics.height() + 12 : 0;
    const int most = std::max(60, (width - 2 * Side) * 82 / 100 - 2 * PadX);
    const Measure measured = measure(bubble.body, bubble.failure, option.font, most);

    const int meta = small.horizontalAdvance(metaText(bubble)) + PadX + small.height() + Gap
        + small.horizontalAdvance(lifeInWords(bubble));
    const int inner =
        std::min(most, std::max({measured.body.width(), measured.failure.width(), meta}));
    Boxes boxes;
    int top = option.rect.top() + Between / 2;
    if (hasLabel(row)) {
        top += row == 0 ? Between : BeforeLabel;
        boxes.label = QRect(option.rect.left() + Side, top, width - 2 * Side, small.height());
        top += small.height() + Gap;
    }
    const int left = bubble.isMine ? option.rect.left() + width - Side - inner - 2 * PadX
                                   : option.rect.left() + Side;
    const int textTop = top + PadY;
    boxes.body = QRect(left + PadX, textTop, inner, measured.body.height());
    int bottom = boxes.body.top() + boxes.body.height();
    if (!bubble.failure.isEmpty()) {
        boxes.failure = QRect(left + PadX, bottom + Gap, inner, measured.failure.height());
        bottom = boxes.failure.top() + boxes.failure.height();
    }
    boxes.meta = QRect(left + PadX, bottom + Gap, inner, small.height());
    bottom = boxes.meta.top() + boxes.meta.height() + PadY - 2;
    boxes.bubble = QRect(left, top, inner + 2 * PadX, bottom - top);
    if (button > 0) {
        boxes.confirm = QRect(
            boxes.bubble.right() + 1 + Gap, boxes.bubble.bottom() + 1 - button, button, button);
    }
    return boxes;
}

QSize BubbleDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const int width = widthOf(option);
    const bool isFull = m_heights.size() > 2 * Conversation::MostBubbles;
    if (std::exchange(m_width, width) != width || m_font != option.font || isFull)
        m_heights.clear();
    m_font = option.font;
    const int row = index.row();
    const bool hasFailed = !m_conversation.bubble(row).failure.isEmpty();
    int &height = m_heights[m_conversation.numberOf(row) * 4 + hasLabel(row) * 2 + hasFailed];
    if (height == 0) {
        QStyleOptionViewItem atTop = option;
        atTop.rect.moveTo(0, 0);
        height = boxes(atTop, row).bubble.bottom() + 1 + Between / 2;
    }
    // The width is the view's, whatever is said here.
    return {1, height};
}

void BubbleDelegate::paint(
    QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const Colours c = coloursOf(option.palette);
    const Bubble &bubble = bubbleOf(index);
    const Boxes box = boxes(option, index.row());
    const bool isSelected = option.state.testFlag(QStyle::State_Selected);
    painter->save();
    if (!box.label.isNull()) {
        painter->setFont(smallFont(option.font));
        painter->setPen(c.muted);
        const QString name = m_people.nameOf(bubble.peer);
        painter->drawText(box.label, bubble.isMine ? Qt::AlignRight : Qt::AlignLeft,
            painter->fontMetrics().elidedText(
                bubble.isMine ? tr("to %1").arg(name) : name, Qt::ElideRight, box.label.width()));
    }
    QColor fill = bubble.isMine ? mixed(c.surface, c.accent, c.isDark ? 0.22 : 0.13) : c.surface;
    QColor line = bubble.isMine ? mixed(c.surface, c.accent, c.isDark ? 0.4 : 0.3) : c.line;
    if (bubble.life == Life::Failed) {
        fill = mixed(c.surface, c.bad, 0.1);
        line = mixed(c.surface, c.bad, 0.5);
    }
    drawCard(*painter, box.bubble, fill, isSelected ? c.accent : line, Radius);
    if (isSelected)
        drawRing(*painter, box.bubble, c.accent, Radius);
    painter->setPen(c.text);
    layText(shownBody(bubble.body), option.font, box.body.width(), painter, box.body.topLeft());
    if (!box.failure.isNull()) {
        painter->setPen(c.bad);
        layText(shownBody(bubble.failure), smallFont(option.font), box.failure.width(), painter,
            box.failure.topLeft());
    }
    paintMeta(*painter, option, bubble, box.meta);
    if (!box.confirm.isNull())
        paintConfirm(*painter, option, box.confirm);
    painter->restore();
}

void BubbleDelegate::paintMeta(QPainter &painter, const QStyleOptionViewItem &option,
    const Bubble &bubble, const QRect &rect) const
{
    const Colours c = coloursOf(option.palette);
    painter.setFont(smallFont(option.font));
    const QFontMetrics metrics = painter.fontMetrics();
    const QString life = lifeInWords(bubble);
    const QColor colour = lifeColour(bubble, c);
    painter.setPen(colour);
    painter.drawText(rect, Qt::AlignRight | Qt::AlignVCenter, life);
    const int size = metrics.height();
    const QRect at(
        rect.right() + 1 - metrics.horizontalAdvance(life) - Gap - size, rect.top(), size, size);
    painter.setPen(c.muted);
    painter.drawText(rect, Qt::AlignLeft | Qt::AlignVCenter,
        metrics.elidedText(metaText(bubble), Qt::ElideRight, at.left() - Gap - rect.left()));
    icon(needsConfirm(bubble) ? QStringLiteral("sending") : lifeIcon(bubble.life), colour)
        .paint(&painter, at);
}

void BubbleDelegate::paintConfirm(
    QPainter &painter, const QStyleOptionViewItem &option, const QRect &rect) const
{
    const Colours c = coloursOf(option.palette);
    const auto *view = viewOf(option);
    const QPoint mouse = view ? view->viewport()->mapFromGlobal(QCursor::pos()) : QPoint(-1, -1);
    const bool isUnder = option.state.testFlag(QStyle::State_MouseOver) && rect.contains(mouse);
    drawCard(painter, rect, isUnder ? c.accent : c.surface, isUnder ? c.accent : c.line,
        rect.height() / 2.0);
    const int inset = rect.height() / 5;
    icon(QStringLiteral("confirm"), isUnder ? c.onAccent : c.accent)
        .paint(&painter, rect.adjusted(inset, inset, -inset, -inset));
}

QRect BubbleDelegate::confirmButton(
    const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    return boxes(option, index.row()).confirm;
}

bool BubbleDelegate::editorEvent(QEvent *event, QAbstractItemModel *,
    const QStyleOptionViewItem &option, const QModelIndex &index)
{
    const auto type = event->type();
    if (type != QEvent::MouseButtonPress && type != QEvent::MouseButtonRelease)
        return false;
    const auto *mouse = static_cast<QMouseEvent *>(event);
    if (mouse->button() != Qt::LeftButton
        || !confirmButton(option, index).contains(mouse->position().toPoint()))
        return false;
    if (type == QEvent::MouseButtonRelease)
        Q_EMIT confirmClicked(bubbleOf(index).seq);
    return true;
}

bool BubbleDelegate::helpEvent(QHelpEvent *event, QAbstractItemView *view,
    const QStyleOptionViewItem &option, const QModelIndex &index)
{
    if (event->type() != QEvent::ToolTip || !index.isValid())
        return QStyledItemDelegate::helpEvent(event, view, option, index);
    const Boxes box = boxes(option, index.row());
    QString text;
    if (box.confirm.contains(event->pos()))
        text = tr("Confirm this message (C)");
    else if (box.bubble.contains(event->pos()))
        text = timesInWords(bubbleOf(index));
    QToolTip::showText(event->globalPos(), text.isEmpty() ? text : plainToolTip(text), view);
    return true;
}

} // namespace parley::ui
