// SPDX-License-Identifier: MIT
#include "ui/scenario/markdelegate.h"

#include "ui/look/icons.h"
#include "ui/look/paint.h"
#include "ui/look/theme.h"

#include <QAbstractItemView>
#include <QPainter>

namespace parley::ui {
namespace {

using scenario::StepResult;
using scenario::Verdict;

constexpr int PadX = 8;
constexpr int PadY = 5;
constexpr int Gap = 8;
constexpr int Between = 2; // lines
constexpr int Margin = 4; // left and right of the row's own fill
constexpr int MarkSize = 16;
constexpr int MostChars = 1000; // of a failure
constexpr qreal Radius = 6;

QFont smallFont(const QFont &font)
{
    QFont small = font;
    small.setPointSizeF(font.pointSizeF() * 0.9);
    return small;
}

QString text(const QModelIndex &index, int role)
{
    return index.data(role).toString();
}

QString failure(const QModelIndex &index)
{
    QString all = text(index, MarkDelegate::FailureRole);
    all.replace(u'\n', QChar::LineSeparator);
    return all.size() <= MostChars ? all : all.left(MostChars) + QChar(u'…');
}

void paintMark(QPainter &painter, Mark mark, const QRect &rect, const Colours &c)
{
    switch (mark) {
    case Mark::Waiting:
        painter.setPen(QPen(mixed(c.line, c.muted, 0.4), 1.5));
        painter.setBrush(Qt::NoBrush);
        painter.drawEllipse(QRectF(rect).adjusted(4, 4, -4, -4));
        break;
    case Mark::Running:
        painter.setPen(Qt::NoPen);
        painter.setBrush(withAlpha(c.accent, 0.25));
        painter.drawEllipse(QRectF(rect).adjusted(1, 1, -1, -1));
        painter.setBrush(c.accent);
        painter.drawEllipse(QRectF(rect).adjusted(4, 4, -4, -4));
        break;
    case Mark::Passed:
        icon(QStringLiteral("confirm"), c.good).paint(&painter, rect);
        break;
    case Mark::Failed:
        icon(QStringLiteral("failed"), c.bad).paint(&painter, rect);
        break;
    case Mark::Skipped:
        icon(QStringLiteral("warning"), c.warning).paint(&painter, rect);
        break;
    }
}

} // namespace

Mark markOf(const Verdict &verdict)
{
    switch (verdict.status) {
    case Verdict::Status::Passed:
        return Mark::Passed;
    case Verdict::Status::Failed:
        return Mark::Failed;
    case Verdict::Status::Stopped:
    case Verdict::Status::Skipped:
        break;
    }
    return Mark::Skipped;
}

Mark markOf(const StepResult &result)
{
    switch (result.status) {
    case StepResult::Status::Passed:
        return Mark::Passed;
    case StepResult::Status::Failed:
        return Mark::Failed;
    case StepResult::Status::NotRun:
        break;
    }
    return Mark::Waiting;
}

QString inWords(Mark mark)
{
    switch (mark) {
    case Mark::Waiting:
        return MarkDelegate::tr("not run");
    case Mark::Running:
        return MarkDelegate::tr("running");
    case Mark::Passed:
        return MarkDelegate::tr("passed");
    case Mark::Failed:
        return MarkDelegate::tr("failed");
    case Mark::Skipped:
        break;
    }
    return MarkDelegate::tr("not finished");
}

struct MarkDelegate::Boxes {
    QRect row;
    QRect mark;
    QRect number;
    QRect title;
    QRect time;
    QRect below; // about, or the failure
};

MarkDelegate::Boxes MarkDelegate::boxes(
    const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const auto *view = qobject_cast<const QAbstractItemView *>(option.widget);
    const int width = view ? view->viewport()->width() : option.rect.width();
    const QFontMetrics small(smallFont(option.font));
    const int line = std::max(option.fontMetrics.height(), MarkSize);
    Boxes boxes;
    boxes.row = QRect(option.rect.left() + Margin, option.rect.top(), width - 2 * Margin, 0);
    const int top = option.rect.top() + PadY;
    int left = boxes.row.left() + PadX;
    boxes.mark = QRect(left, top + (line - MarkSize) / 2, MarkSize, MarkSize);
    left += MarkSize + Gap;
    if (!text(index, NumberRole).isEmpty()) {
        const int widest =
            small.horizontalAdvance(QString::number(std::max(10, index.model()->rowCount())));
        boxes.number = QRect(left, top, widest, line);
        left += widest + Gap;
    }
    const int right = boxes.row.right() + 1 - PadX;
    const int time = small.horizontalAdvance(text(index, TimeRole));
    boxes.time = QRect(right - time, top, time, line);
    boxes.title = QRect(left, top, right - time - Gap - left, line);
    int bottom = top + line;
    if (const QString words = failure(index); !words.isEmpty()) {
        const int room = std::max(1, right - left);
        boxes.below = QRect(
            left, bottom + Between, room, layText(words, smallFont(option.font), room).height());
    } else if (!text(index, AboutRole).isEmpty()) {
        boxes.below = QRect(left, bottom + Between, right - left, small.height());
    }
    if (!boxes.below.isNull())
        bottom = boxes.below.top() + boxes.below.height();
    boxes.row.setHeight(bottom + PadY - option.rect.top());
    return boxes;
}

QSize MarkDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    QStyleOptionViewItem measured = option;
    initStyleOption(&measured, index);
    measured.rect.moveTo(0, 0);
    // The width is the view's, whatever is said here.
    return {1, boxes(measured, index).row.height()};
}

void MarkDelegate::paint(
    QPainter *painter, const QStyleOptionViewItem &given, const QModelIndex &index) const
{
    QStyleOptionViewItem option = given;
    initStyleOption(&option, index);
    const Colours c = coloursOf(option.palette);
    const Boxes box = boxes(option, index);
    const auto mark = Mark(index.data(MarkRole).toInt());
    const bool isSelected = option.state.testFlag(QStyle::State_Selected);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    QColor fill = c.surface;
    if (isSelected)
        fill = mixed(c.surface, c.accent, c.isDark ? 0.26 : 0.14);
    else if (mark == Mark::Failed)
        fill = mixed(c.surface, c.bad, 0.09);
    else if (mark == Mark::Running || option.state.testFlag(QStyle::State_MouseOver))
        fill = mixed(c.surface, c.accent, 0.07);
    drawCard(*painter, box.row, fill, Qt::transparent, Radius);
    if (isSelected && option.state.testFlag(QStyle::State_HasFocus))
        drawRing(*painter, box.row, c.accent, Radius);
    paintMark(*painter, mark, box.mark, c);

    const auto line = [&](const QRect &rect, int align, const QString &words) {
        painter->drawText(rect, align | Qt::AlignVCenter | Qt::TextSingleLine,
            painter->fontMetrics().elidedText(words, Qt::ElideRight, rect.width()));
    };
    painter->setFont(option.font);
    painter->setPen(c.text);
    line(box.title, Qt::AlignLeft, text(index, Qt::DisplayRole));
    painter->setFont(smallFont(option.font));
    painter->setPen(c.muted);
    line(box.number, Qt::AlignRight, text(index, NumberRole));
    painter->drawText(box.time, Qt::AlignRight | Qt::AlignVCenter, text(index, TimeRole));
    if (const QString words = failure(index); !words.isEmpty()) {
        painter->setPen(c.bad);
        layText(words, smallFont(option.font), box.below.width(), painter, box.below.topLeft());
    } else {
        line(box.below, Qt::AlignLeft, text(index, AboutRole));
    }
    painter->restore();
}

} // namespace parley::ui
