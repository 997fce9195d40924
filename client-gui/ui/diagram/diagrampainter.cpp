// SPDX-License-Identifier: MIT
#include "ui/diagram/diagrampainter.h"

#include <QFontMetricsF>
#include <QPainter>
#include <QPainterPath>

#include <cmath>

namespace parley::ui {
namespace {

using diagram::Arrow;
using diagram::Kind;

// Of an image: the painter's own coordinates end there.
constexpr double LongestSide = 32'000;
constexpr double MostPixels = 64e6; // a quarter of a gigabyte

// `share` of `over` upon `under`.
QColor mixed(const QColor &under, const QColor &over, double share)
{
    const auto mix = [&](int a, int b) { return int(a + (b - a) * share); };
    return QColor(mix(under.red(), over.red()), mix(under.green(), over.green()),
        mix(under.blue(), over.blue()));
}

QFont scaled(QFont font, double factor)
{
    if (font.pointSizeF() > 0)
        font.setPointSizeF(font.pointSizeF() * factor);
    else
        font.setPixelSize(std::max(1, int(font.pixelSize() * factor)));
    return font;
}

} // namespace

QColor colourOf(const Colours &colours, Kind kind)
{
    switch (kind) {
    case Kind::Command:
        return colours.command;
    case Kind::Store:
        return colours.store;
    case Kind::Deliver:
        return colours.deliver;
    case Kind::Confirm:
        return colours.confirm;
    case Kind::Presence:
        return colours.presence;
    case Kind::Error:
        return colours.bad;
    case Kind::Connection:
        return colours.other;
    case Kind::Answer:
        return colours.muted;
    }
    return colours.muted;
}

diagram::Palette paletteOf(const Colours &colours)
{
    const auto name = [&](Kind kind) { return colourOf(colours, kind).name(); };
    diagram::Palette palette;
    palette.surface = colours.surface.name();
    palette.box = colours.window.name();
    palette.text = colours.text.name();
    palette.muted = colours.muted.name();
    palette.line = colours.line.name();
    palette.command = name(Kind::Command);
    palette.store = name(Kind::Store);
    palette.deliver = name(Kind::Deliver);
    palette.confirm = name(Kind::Confirm);
    palette.presence = name(Kind::Presence);
    palette.error = name(Kind::Error);
    palette.connection = name(Kind::Connection);
    return palette;
}

diagram::Metrics metricsFor(const QFont &font, diagram::Metrics metrics)
{
    const double height = QFontMetricsF(font).height();
    const double factor = std::max(1.0, height / 16);
    metrics.rowHeight *= factor;
    metrics.timeWidth *= factor;
    metrics.headerHeight *= factor;
    metrics.gap *= factor;
    metrics.widestGap *= factor;
    metrics.margin *= factor;
    return metrics;
}

DiagramPainter::DiagramPainter(const diagram::Diagram &diagram, const diagram::Rows &rows,
    const diagram::Layout &layout, const Colours &colours, const QFont &font)
    : m_diagram(diagram)
    , m_rows(rows)
    , m_layout(layout)
    , m_colours(colours)
    , m_font(scaled(font, layout.zoom()))
    , m_timeFont(scaled(m_font, 0.88))
{
}

void DiagramPainter::paintRows(
    QPainter &painter, double top, double bottom, double width, const Marks &marks) const
{
    painter.setRenderHint(QPainter::Antialiasing);
    painter.fillRect(QRectF(0, top, width, bottom - top), m_colours.surface);
    const auto rows = m_layout.rowsBetween(top, bottom);
    for (qsizetype row = rows.first; row <= rows.last; ++row)
        paintBackground(painter, row, width, marks);
    painter.setPen(QPen(m_colours.line, 1));
    for (int column = 0; column < m_diagram.lifelines().size(); ++column) {
        const double x = std::round(m_layout.xOf(column)) + 0.5;
        painter.drawLine(QPointF(x, top), QPointF(x, bottom));
    }
    for (qsizetype row = rows.first; row <= rows.last; ++row)
        paintRow(painter, row, marks);
}

QColor DiagramPainter::behind(const Arrow &arrow, qsizetype row, const Marks &marks) const
{
    const bool isMarked = !marks.message.isNull() && marks.message.isOf(arrow);
    const double share = arrow.number == marks.selected ? 0.18 : isMarked ? 0.08 : 0;
    const QColor behind = mixed(m_colours.surface, m_colours.accent, share);
    return row == marks.hovered ? mixed(behind, m_colours.text, 0.04) : behind;
}

void DiagramPainter::paintBackground(
    QPainter &painter, qsizetype row, double width, const Marks &marks) const
{
    const Arrow &arrow = m_rows.at(row);
    const QColor colour = behind(arrow, row, marks);
    if (colour == m_colours.surface)
        return;
    const QRectF rect(0, m_layout.topOf(row), width, m_layout.rowHeight());
    painter.fillRect(rect, colour);
    const bool isSelected = arrow.number == marks.selected;
    if (isSelected || marks.message.isOf(arrow))
        painter.fillRect(QRectF(0, rect.top(), 3, rect.height()),
            isSelected ? m_colours.accent : mixed(colour, m_colours.accent, 0.5));
}

void DiagramPainter::paintRow(QPainter &painter, qsizetype row, const Marks &marks) const
{
    const Arrow &arrow = m_rows.at(row);
    const QColor behind = this->behind(arrow, row, marks);
    const double y = std::round(m_layout.lineOf(row)) + 0.5;
    painter.setFont(m_timeFont);
    painter.setPen(m_colours.muted);
    painter.drawText(QRectF(16 * m_layout.zoom(), m_layout.topOf(row), m_layout.timeWidth(),
                         m_layout.rowHeight()),
        Qt::AlignLeft | Qt::AlignVCenter, diagram::timeText(arrow.atUs));
    const int fromColumn = m_diagram.columnOf(arrow.from);
    const int toColumn = m_diagram.columnOf(arrow.to);
    if (fromColumn < 0 || toColumn < 0)
        return;
    const double from = std::round(m_layout.xOf(fromColumn)) + 0.5;
    const double to = std::round(m_layout.xOf(toColumn)) + 0.5;
    if (arrow.isNote())
        return paintNote(painter, arrow, from, y, behind);
    paintLabel(painter, arrow, from, to, y, behind);
    paintArrow(painter, arrow, from, to, y);
}

QColor DiagramPainter::inkOf(const Arrow &arrow) const
{
    if (arrow.kind == Kind::Error)
        return m_colours.bad;
    return arrow.kind == Kind::Answer ? m_colours.muted : m_colours.text;
}

void DiagramPainter::paintArrow(
    QPainter &painter, const Arrow &arrow, double from, double to, double y) const
{
    const double zoom = m_layout.zoom();
    const bool isLight = arrow.kind == Kind::Answer;
    const QColor colour = colourOf(m_colours, arrow.kind);
    const double back = (to > from ? -9 : 9) * zoom;
    QPen pen(colour, (isLight ? 1.0 : 1.7) * zoom, Qt::SolidLine, Qt::FlatCap);
    if (arrow.isInferred)
        pen.setDashPattern({4, 3});
    painter.setPen(pen);
    painter.drawLine(QPointF(from, y), QPointF(to + (isLight ? 0 : back), y));
    pen.setStyle(Qt::SolidLine);
    const QPolygonF head(
        {QPointF(to + back, y - 4.5 * zoom), QPointF(to, y), QPointF(to + back, y + 4.5 * zoom)});
    painter.setPen(isLight ? pen : QPen(Qt::NoPen));
    painter.setBrush(isLight ? QBrush(Qt::NoBrush) : QBrush(colour));
    if (isLight)
        painter.drawPolyline(head);
    else
        painter.drawPolygon(head);
}

void DiagramPainter::paintLabel(QPainter &painter, const Arrow &arrow, double from, double to,
    double y, const QColor &behind) const
{
    const double zoom = m_layout.zoom();
    const QFontMetricsF metrics(m_font);
    const double room = std::abs(to - from) - 8 * zoom;
    const QString text = metrics.elidedText(arrow.text(), Qt::ElideRight, room);
    const double width = metrics.horizontalAdvance(text);
    const QRectF rect(
        (from + to - width) / 2, y - metrics.height() - 3 * zoom, width, metrics.height());
    // A label is not crossed by the lifelines that its arrow passes.
    painter.fillRect(rect.adjusted(-4 * zoom, 0, 4 * zoom, 0), behind);
    painter.setFont(m_font);
    painter.setPen(inkOf(arrow));
    painter.drawText(rect, Qt::AlignCenter | Qt::TextSingleLine, text);
}

void DiagramPainter::paintNote(
    QPainter &painter, const Arrow &arrow, double x, double y, const QColor &behind) const
{
    const double zoom = m_layout.zoom();
    const QFontMetricsF metrics(m_font);
    const QString text =
        metrics.elidedText(arrow.text(), Qt::ElideRight, m_layout.gap() - 40 * zoom);
    const double width = metrics.horizontalAdvance(text) + 30 * zoom;
    // At the right end it stands to the left of its lifeline.
    const bool isLast = m_diagram.columnOf(arrow.from) == m_diagram.lifelines().size() - 1;
    const double left = isLast ? x + 12 * zoom - width : x - 12 * zoom;
    const QRectF rect(left, y - metrics.height() + 1 * zoom, width, metrics.height() + 6);
    const QColor colour = colourOf(m_colours, arrow.kind);
    painter.setBrush(mixed(behind, colour, 0.10));
    painter.setPen(QPen(mixed(behind, colour, 0.45), 1));
    painter.drawRoundedRect(rect, rect.height() / 2, rect.height() / 2);
    painter.setBrush(colour);
    painter.setPen(Qt::NoPen);
    painter.drawEllipse(QPointF(x, rect.center().y()), 3.5 * zoom, 3.5 * zoom);
    painter.setFont(m_font);
    painter.setPen(inkOf(arrow));
    painter.drawText(rect.adjusted((isLast ? 10 : 22) * zoom, 0, 0, 0),
        Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine, text);
}

void DiagramPainter::paintHeader(QPainter &painter, double width) const
{
    painter.setRenderHint(QPainter::Antialiasing);
    const double height = m_layout.headerHeight();
    painter.fillRect(QRectF(0, 0, width, height), m_colours.window);
    painter.fillRect(QRectF(0, height - 1, width, 1), m_colours.line);
    painter.setFont(m_timeFont);
    painter.setPen(m_colours.muted);
    painter.drawText(QRectF(16 * m_layout.zoom(), 0, m_layout.timeWidth(), height),
        Qt::AlignLeft | Qt::AlignVCenter, diagram::Diagram::tr("Time"));
    for (int column = 0; column < m_diagram.lifelines().size(); ++column)
        paintBox(painter, column);
}

void DiagramPainter::paintBox(QPainter &painter, int column) const
{
    const diagram::Lifeline &line = m_diagram.lifelines()[column];
    const double x = m_layout.xOf(column);
    const double zoom = m_layout.zoom();
    const bool isOuter = column == 0 || column == m_diagram.lifelines().size() - 1;
    QFont font = m_font;
    font.setWeight(QFont::DemiBold);
    const QFontMetricsF metrics(font);
    const double between = m_layout.gap() - 12 * zoom;
    const double most = isOuter ? std::min(between, 2 * m_layout.margin() - 8 * zoom) : between;
    const QString name = metrics.elidedText(line.name, Qt::ElideRight, most - 38 * zoom);
    const double words = metrics.horizontalAdvance(name);
    const double width = std::clamp(words + 46 * zoom, 112 * zoom, most);
    const double height = metrics.height() + 14 * zoom;
    const double middle = m_layout.headerHeight() / 2;
    const QRectF box(std::round(x - width / 2) + 0.5, std::round(middle - height / 2) + 0.5,
        std::round(width), std::round(height));
    painter.setBrush(m_colours.surface);
    painter.setPen(QPen(m_colours.line, 1));
    painter.drawRoundedRect(box, 6 * zoom, 6 * zoom);
    const double left = x - (words + 22 * zoom) / 2;
    paintGlyph(painter, line.id, QRectF(left, middle - 7 * zoom, 14 * zoom, 14 * zoom));
    painter.setFont(font);
    painter.setPen(m_colours.text);
    painter.drawText(QRectF(left + 22 * zoom, box.top(), words + 4, box.height()),
        Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine, name);
}

// A person, a machine, a store: so the middle is told from the ends at a glance.
void DiagramPainter::paintGlyph(QPainter &painter, int line, const QRectF &rect) const
{
    const double s = rect.width() / 14;
    painter.save();
    painter.translate(rect.topLeft());
    painter.scale(s, s);
    const QColor colour = line == diagram::ServerLine ? m_colours.command
        : line == diagram::DatabaseLine               ? m_colours.store
                                                      : m_colours.muted;
    painter.setPen(QPen(colour, 1.4, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.setBrush(Qt::NoBrush);
    QPainterPath path;
    if (line == diagram::ServerLine) {
        path.addRoundedRect(QRectF(1, 1.5, 12, 4.5), 1.2, 1.2);
        path.addRoundedRect(QRectF(1, 8, 12, 4.5), 1.2, 1.2);
        path.moveTo(3.6, 3.75);
        path.lineTo(4.2, 3.75);
        path.moveTo(3.6, 10.25);
        path.lineTo(4.2, 10.25);
    } else if (line == diagram::DatabaseLine) {
        path.addEllipse(QRectF(1.5, 1, 11, 4));
        path.moveTo(1.5, 3);
        path.lineTo(1.5, 11);
        path.arcTo(QRectF(1.5, 9, 11, 4), 180, 180);
        path.lineTo(12.5, 3);
        path.moveTo(1.5, 7);
        path.arcTo(QRectF(1.5, 5, 11, 4), 180, 180);
    } else {
        path.addEllipse(QRectF(4.2, 1, 5.6, 5.6));
        path.moveTo(1.5, 13);
        path.cubicTo(1.5, 7.5, 12.5, 7.5, 12.5, 13);
    }
    painter.drawPath(path);
    painter.restore();
}

QImage imageOf(const diagram::Diagram &diagram, const diagram::Rows &rows, const QPalette &palette,
    const QFont &font)
{
    const diagram::Layout layout(metricsFor(font), int(diagram.lifelines().size()), rows.size());
    const double width = std::ceil(layout.width());
    const double height = std::ceil(layout.headerHeight() + layout.rowsHeight());
    double ratio = 2;
    while (height * ratio > LongestSide || width * ratio > LongestSide
        || width * height * ratio * ratio > MostPixels) {
        if (ratio == 1)
            return {};
        ratio = 1;
    }
    QImage image(QSizeF(width * ratio, height * ratio).toSize(), QImage::Format_RGB32);
    if (image.isNull())
        return {};
    image.setDevicePixelRatio(ratio);
    QPainter painter(&image);
    const Colours colours = coloursOf(palette);
    const DiagramPainter diagramPainter(diagram, rows, layout, colours, font);
    painter.save();
    painter.translate(0, layout.headerHeight());
    diagramPainter.paintRows(painter, 0, height - layout.headerHeight(), width, {});
    painter.restore();
    diagramPainter.paintHeader(painter, width);
    return image;
}

} // namespace parley::ui
