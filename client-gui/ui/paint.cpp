// SPDX-License-Identifier: MIT
#include "ui/paint.h"

#include <QPainter>

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

} // namespace parley::ui
