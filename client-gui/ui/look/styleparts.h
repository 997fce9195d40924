// SPDX-License-Identifier: MIT
// What Style draws, part by part.
#pragma once

#include <QStyle>

class QPainter;
class QStyleOption;
class QStyleOptionComboBox;
class QStyleOptionDockWidget;
class QStyleOptionSlider;
class QStyleOptionTab;

namespace parley::ui::styleparts {

inline constexpr qreal Radius = 5;

bool hasKeyboardFocus(const QStyleOption &option);
void drawButton(const QStyleOption &option, QPainter &painter);
void drawToolButton(const QStyleOption &option, QPainter &painter);
void drawField(const QStyleOption &option, QPainter &painter, bool hasFocus);
void drawCombo(const QStyleOptionComboBox &option, QPainter &painter, const QRect &arrow);
void drawTab(const QStyleOptionTab &option, QPainter &painter);
void drawDockTitle(const QStyleOptionDockWidget &option, QPainter &painter);
void drawCheckBox(const QStyleOption &option, QPainter &painter);
void drawScrollBar(const QStyleOptionSlider &option, QPainter &painter, const QRect &slider);
void drawHeaderSection(const QStyleOption &option, QPainter &painter);

} // namespace parley::ui::styleparts
