// SPDX-License-Identifier: MIT
#pragma once

#include <QProxyStyle>

namespace parley::ui {

// Fusion, flat: plain fills and single lines in the colours of theme.h, one ring for the focus.
// A QPushButton that is its window's (or its pane's) default is filled with the accent.
class Style : public QProxyStyle {
    Q_OBJECT

public:
    Style();

    int pixelMetric(
        PixelMetric, const QStyleOption * = nullptr, const QWidget * = nullptr) const override;
    int styleHint(StyleHint, const QStyleOption * = nullptr, const QWidget * = nullptr,
        QStyleHintReturn * = nullptr) const override;
    void drawPrimitive(
        PrimitiveElement, const QStyleOption *, QPainter *, const QWidget *) const override;
    void drawControl(
        ControlElement, const QStyleOption *, QPainter *, const QWidget *) const override;
    void drawComplexControl(
        ComplexControl, const QStyleOptionComplex *, QPainter *, const QWidget *) const override;
    QIcon standardIcon(
        StandardPixmap, const QStyleOption * = nullptr, const QWidget * = nullptr) const override;
    QRect subControlRect(ComplexControl, const QStyleOptionComplex *, SubControl,
        const QWidget * = nullptr) const override;
    QRect subElementRect(
        SubElement, const QStyleOption *, const QWidget * = nullptr) const override;
    QSize sizeFromContents(ContentsType, const QStyleOption *, const QSize &contents,
        const QWidget * = nullptr) const override;
};

} // namespace parley::ui
