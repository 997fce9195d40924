// SPDX-License-Identifier: MIT
#include "ui/look/statuslight.h"

#include "ui/look/paint.h"
#include "ui/look/theme.h"

#include <QPainter>

namespace parley::ui {

StatusLight::StatusLight(QWidget *parent)
    : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void StatusLight::setShows(Shows shows)
{
    m_shows = shows;
    update();
}

QSize StatusLight::sizeHint() const
{
    const int size = fontMetrics().height() * 3 / 4 | 1;
    return {size, size};
}

void StatusLight::paintEvent(QPaintEvent *)
{
    const Colours c = coloursOf(palette());
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QColor colours[] = {c.muted, c.accent, c.good, c.warning, c.bad};
    const QColor colour = colours[size_t(m_shows)];
    const QRectF whole = QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5);
    const bool isHollow = m_shows == Shows::Off || m_shows == Shows::Working;
    if (!isHollow) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(withAlpha(colour, 0.25));
        painter.drawEllipse(whole);
    }
    painter.setPen(isHollow ? QPen(colour, 2) : QPen(Qt::NoPen));
    painter.setBrush(isHollow ? QBrush() : QBrush(colour));
    painter.drawEllipse(whole.adjusted(2, 2, -2, -2));
}

} // namespace parley::ui
