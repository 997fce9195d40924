// SPDX-License-Identifier: MIT
#include "ui/diagram/diagramlegend.h"

#include "ui/diagram/diagrampainter.h"

#include <QPainter>

namespace parley::ui {
namespace {

constexpr int Margin = 16;
constexpr int Stroke = 18; // long
constexpr int Between = 20;

struct Entry {
    QString words;
    QColor colour;
    bool isDashed = false;
};

QList<Entry> entries(const Colours &colours)
{
    using diagram::Kind;
    const auto of = [&](Kind kind) { return colourOf(colours, kind); };
    return {{DiagramLegend::tr("command"), of(Kind::Command)},
        {DiagramLegend::tr("store"), of(Kind::Store)},
        {DiagramLegend::tr("deliver"), of(Kind::Deliver)},
        {DiagramLegend::tr("confirm"), of(Kind::Confirm)},
        {DiagramLegend::tr("presence"), of(Kind::Presence)},
        {DiagramLegend::tr("error"), of(Kind::Error)},
        {DiagramLegend::tr("inferred"), colours.muted, true}};
}

} // namespace

DiagramLegend::DiagramLegend(QWidget *parent)
    : QWidget(parent)
{
    QFont small = font();
    if (small.pointSizeF() > 0)
        small.setPointSizeF(small.pointSizeF() * 0.88);
    setFont(small);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    setToolTip(tr("Solid: seen on the wire, or reported by the server's trace. Dashed: not "
                  "reported, but proven by what the clients saw."));
}

QSize DiagramLegend::sizeHint() const
{
    int width = Margin;
    for (const Entry &entry : entries(coloursOf(palette())))
        width += Stroke + 6 + fontMetrics().horizontalAdvance(entry.words) + Between;
    return {width, fontMetrics().height() + 12};
}

QSize DiagramLegend::minimumSizeHint() const
{
    return {0, sizeHint().height()};
}

// Those that have no room are left out.
void DiagramLegend::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const Colours colours = coloursOf(palette());
    painter.fillRect(rect(), colours.window);
    painter.fillRect(QRect(0, 0, width(), 1), colours.line);
    const double middle = height() / 2.0 + 0.5;
    int x = Margin;
    for (const Entry &entry : entries(colours)) {
        const int words = fontMetrics().horizontalAdvance(entry.words);
        if (x + Stroke + 6 + words > width())
            break;
        QPen pen(entry.colour, 2, Qt::SolidLine, Qt::FlatCap);
        if (entry.isDashed)
            pen.setDashPattern({3, 2});
        painter.setPen(pen);
        painter.drawLine(QPointF(x, middle), QPointF(x + Stroke, middle));
        painter.setPen(colours.muted);
        painter.drawText(
            QRect(x + Stroke + 6, 0, words + 2, height()), Qt::AlignVCenter, entry.words);
        x += Stroke + 6 + words + Between;
    }
}

} // namespace parley::ui
