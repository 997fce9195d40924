// SPDX-License-Identifier: MIT
#include "ui/look/paint.h"

#include <QPainter>
#include <QTextLayout>

#include <cmath>

namespace parley::ui {

QColor mixed(const QColor &colour, const QColor &other, qreal share)
{
    const auto mix = [share](int one, int two) { return qRound(one + (two - one) * share); };
    return QColor(mix(colour.red(), other.red()), mix(colour.green(), other.green()),
        mix(colour.blue(), other.blue()));
}

QColor withAlpha(QColor colour, qreal alpha)
{
    colour.setAlphaF(float(alpha));
    return colour;
}

void drawCard(
    QPainter &painter, const QRectF &rect, const QColor &fill, const QColor &line, qreal radius)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(fill);
    painter.setPen(line.alpha() == 0 ? QPen(Qt::NoPen) : QPen(line, 1));
    painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius);
    painter.restore();
}

void drawRing(QPainter &painter, const QRectF &rect, const QColor &colour, qreal radius)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(colour, 2));
    painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), radius, radius);
    painter.restore();
}

QSize layText(
    const QString &text, const QFont &font, int width, QPainter *painter, const QPoint &at)
{
    QTextLayout layout(text, font);
    QTextOption option;
    option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    layout.setTextOption(option);
    qreal widest = 0;
    qreal height = 0;
    layout.beginLayout();
    for (QTextLine line = layout.createLine(); line.isValid(); line = layout.createLine()) {
        line.setLineWidth(width);
        line.setPosition({0, height});
        height += line.height();
        widest = std::max(widest, line.naturalTextWidth());
    }
    layout.endLayout();
    if (painter)
        layout.draw(painter, at);
    return {int(std::ceil(widest)), int(std::ceil(height))};
}

} // namespace parley::ui
