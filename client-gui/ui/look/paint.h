// SPDX-License-Identifier: MIT
// What several painted things are made of.
#pragma once

#include <QColor>
#include <QFont>
#include <QRectF>

class QPainter;

namespace parley::ui {

// `share` (0 ... 1) of `other` over `colour`.
QColor mixed(const QColor &colour, const QColor &other, qreal share);
QColor withAlpha(QColor, qreal alpha);
// Rounded and filled, with a line of one pixel around it, all of it within `rect`.
void drawCard(QPainter &, const QRectF &rect, const QColor &fill, const QColor &line, qreal radius);
// What has the keyboard, within `rect`.
void drawRing(QPainter &, const QRectF &rect, const QColor &, qreal radius);
// Lays the text out within the width, words whole where they fit; draws it where there is a
// painter.
QSize layText(const QString &text, const QFont &font, int width, QPainter *painter = nullptr,
    const QPoint &at = {});

} // namespace parley::ui
