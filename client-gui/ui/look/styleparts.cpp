// SPDX-License-Identifier: MIT
#include "ui/look/styleparts.h"

#include "ui/look/icons.h"
#include "ui/look/paint.h"
#include "ui/look/theme.h"

#include <QPainter>
#include <QStyleOption>

namespace parley::ui::styleparts {

bool hasKeyboardFocus(const QStyleOption &option)
{
    return option.state.testFlag(QStyle::State_HasFocus)
        && option.state.testFlag(QStyle::State_KeyboardFocusChange);
}

void drawButton(const QStyleOption &option, QPainter &painter)
{
    const Colours c = coloursOf(option.palette);
    const auto *button = qstyleoption_cast<const QStyleOptionButton *>(&option);
    const bool isEnabled = option.state.testFlag(QStyle::State_Enabled);
    const bool isDefault =
        isEnabled && button && button->features.testFlag(QStyleOptionButton::DefaultButton);
    QColor fill = isDefault ? c.accent : option.palette.color(QPalette::Button);
    QColor line = isDefault ? c.accent : c.line;
    if (option.state.testFlag(QStyle::State_On)) {
        fill = mixed(c.surface, c.accent, 0.18);
        line = mixed(c.line, c.accent, 0.6);
    }
    if (isEnabled && option.state.testFlag(QStyle::State_Sunken))
        fill = mixed(fill, c.text, 0.16);
    else if (isEnabled && option.state.testFlag(QStyle::State_MouseOver))
        fill = mixed(fill, isDefault ? c.onAccent : c.accent, 0.1);
    if (button && button->features.testFlag(QStyleOptionButton::Flat) && !isDefault)
        return;
    drawCard(painter, option.rect, fill, isEnabled ? line : mixed(c.window, c.line, 0.7), Radius);
}

void drawToolButton(const QStyleOption &option, QPainter &painter)
{
    const Colours c = coloursOf(option.palette);
    QColor fill = Qt::transparent;
    if (option.state.testFlag(QStyle::State_On))
        fill = withAlpha(c.accent, 0.16);
    if (option.state.testFlag(QStyle::State_Enabled)) {
        if (option.state.testFlag(QStyle::State_Sunken))
            fill = withAlpha(c.text, 0.16);
        else if (option.state.testFlag(QStyle::State_MouseOver))
            fill = withAlpha(c.text, 0.08);
    }
    drawCard(painter, option.rect, fill, Qt::transparent, Radius);
}

void drawField(const QStyleOption &option, QPainter &painter, bool hasFocus)
{
    const Colours c = coloursOf(option.palette);
    const bool isEnabled = option.state.testFlag(QStyle::State_Enabled);
    drawCard(painter, option.rect, isEnabled ? c.surface : c.window, hasFocus ? c.accent : c.line,
        Radius);
    if (hasFocus)
        drawRing(painter, option.rect, c.accent, Radius);
}

void drawChevron(QPainter &painter, const QRectF &rect, const QColor &colour)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(colour, 1.6, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    const QPointF middle = rect.center() + QPointF(0, 1.5);
    const QPointF points[] = {
        middle + QPointF(-3.5, -2.5), middle + QPointF(0, 1), middle + QPointF(3.5, -2.5)};
    painter.drawPolyline(points, 3);
    painter.restore();
}

void drawCombo(const QStyleOptionComboBox &option, QPainter &painter, const QRect &arrow)
{
    const Colours c = coloursOf(option.palette);
    const bool hasFocus = option.state.testFlag(QStyle::State_HasFocus);
    if (option.editable) {
        drawField(option, painter, hasFocus);
    } else {
        drawButton(option, painter);
        if (hasKeyboardFocus(option))
            drawRing(painter, option.rect, c.accent, Radius);
    }
    const bool isEnabled = option.state.testFlag(QStyle::State_Enabled);
    drawChevron(painter, arrow, isEnabled ? c.text : c.muted);
}

void drawTab(const QStyleOptionTab &option, QPainter &painter)
{
    const Colours c = coloursOf(option.palette);
    const bool isSelected = option.state.testFlag(QStyle::State_Selected);
    if (isSelected)
        painter.fillRect(option.rect, c.surface);
    else if (option.state.testFlag(QStyle::State_MouseOver))
        painter.fillRect(option.rect, withAlpha(c.text, 0.05));
    if (!isSelected)
        return;
    QRect bar = option.rect;
    switch (option.shape) {
    case QTabBar::RoundedSouth:
    case QTabBar::TriangularSouth:
        bar.setHeight(2);
        break;
    case QTabBar::RoundedWest:
    case QTabBar::TriangularWest:
        bar.setLeft(bar.right() - 1);
        break;
    case QTabBar::RoundedEast:
    case QTabBar::TriangularEast:
        bar.setWidth(2);
        break;
    default:
        bar.setTop(bar.bottom() - 1);
    }
    painter.fillRect(bar, c.accent);
}

void drawDockTitle(const QStyleOptionDockWidget &option, QPainter &painter)
{
    const Colours c = coloursOf(option.palette);
    painter.fillRect(option.rect, c.window);
    painter.fillRect(
        QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1), c.line);
    QFont font = painter.font();
    font.setWeight(QFont::DemiBold);
    painter.save();
    painter.setFont(font);
    painter.setPen(c.text);
    const QRect text = option.rect.adjusted(10, 0, -56, 0);
    painter.drawText(text, Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine,
        QFontMetrics(font).elidedText(option.title, Qt::ElideRight, text.width()));
    painter.restore();
}

void drawCheckBox(const QStyleOption &option, QPainter &painter)
{
    const Colours c = coloursOf(option.palette);
    const bool isOn = option.state.testFlag(QStyle::State_On);
    const bool isEnabled = option.state.testFlag(QStyle::State_Enabled);
    const QColor accent = isEnabled ? c.accent : c.muted;
    const QColor line = option.state.testFlag(QStyle::State_MouseOver) ? accent : c.muted;
    drawCard(painter, option.rect, isOn ? accent : c.surface, isOn ? accent : line, 3);
    if (isOn) {
        icon(QStringLiteral("confirm"), c.onAccent).paint(&painter, option.rect);
    } else if (option.state.testFlag(QStyle::State_NoChange)) {
        const QRectF whole(option.rect);
        painter.fillRect(
            whole.adjusted(3, whole.height() / 2 - 1, -3, 1 - whole.height() / 2), accent);
    }
}

void drawScrollBar(const QStyleOptionSlider &option, QPainter &painter, const QRect &slider)
{
    const Colours c = coloursOf(option.palette);
    const bool isHeld = option.state.testFlag(QStyle::State_Sunken);
    const bool isUnder = option.state.testFlag(QStyle::State_MouseOver);
    const QColor fill = mixed(c.window, c.text, isHeld ? 0.5 : isUnder ? 0.38 : 0.24);
    const QRectF thumb = QRectF(slider).adjusted(3, 3, -3, -3);
    if (option.minimum < option.maximum)
        drawCard(
            painter, thumb, fill, Qt::transparent, std::min(thumb.width(), thumb.height()) / 2);
}

void drawHeaderSection(const QStyleOption &option, QPainter &painter)
{
    const Colours c = coloursOf(option.palette);
    const QRect &rect = option.rect;
    painter.fillRect(rect, c.window);
    painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), c.line);
    painter.fillRect(QRect(rect.right(), rect.top() + 4, 1, rect.height() - 8), c.line);
}

} // namespace parley::ui::styleparts
