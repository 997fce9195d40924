// SPDX-License-Identifier: MIT
#include "ui/light.h"

#include "ui/theme.h"

#include <QPainter>

namespace parley::ui {
namespace {

constexpr int Diameter = 10;

QColor colourOf(Light::Is is, const Colours &colours)
{
    switch (is) {
    case Light::Is::Off:
        return colours.line;
    case Light::Is::Busy:
        return colours.accent;
    case Light::Is::Good:
        return colours.good;
    case Light::Is::Warning:
        return colours.warning;
    case Light::Is::Bad:
        return colours.bad;
    }
    return colours.line;
}

} // namespace

Light::Light(QWidget *parent)
    : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void Light::set(Is is)
{
    if (std::exchange(m_is, is) != is)
        update();
}

QSize Light::sizeHint() const { return {Diameter + 6, Diameter + 6}; }

void Light::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    QRectF circle(0, 0, Diameter, Diameter);
    circle.moveCenter(QRectF(rect()).center());
    painter.setPen(Qt::NoPen);
    painter.setBrush(colourOf(m_is, coloursOf(palette())));
    painter.drawEllipse(circle);
}

} // namespace parley::ui
