// SPDX-License-Identifier: MIT
#pragma once

#include "diagram/diagram.h"
#include "diagram/export.h"
#include "diagram/layout.h"
#include "diagram/rows.h"
#include "ui/look/theme.h"

#include <QFont>
#include <QImage>

class QPainter;

namespace parley::ui {

QColor colourOf(const Colours &, diagram::Kind);
// As the exporters take them.
diagram::Palette paletteOf(const Colours &);
// Sizes that fit a font.
diagram::Metrics metricsFor(const QFont &, diagram::Metrics = {});

// Paints a sequence diagram onto the screen or into an image, in the layout's coordinates: rows
// begin with y 0, the header is a picture of its own.
class DiagramPainter {
public:
    // What is marked.
    struct Marks {
        qint64 selected = 0; // an arrow's number
        qsizetype hovered = -1; // a row
        diagram::MessageKey message = {};
    };

    DiagramPainter(const diagram::Diagram &, const diagram::Rows &, const diagram::Layout &,
        const Colours &, const QFont &);

    // Only what stands between the two heights, as wide as `width`.
    void paintRows(QPainter &, double top, double bottom, double width, const Marks &) const;
    void paintHeader(QPainter &, double width) const;

private:
    // What stands behind a row's words.
    QColor behind(const diagram::Arrow &, qsizetype row, const Marks &) const;
    void paintBackground(QPainter &, qsizetype row, double width, const Marks &) const;
    void paintRow(QPainter &, qsizetype row, const Marks &) const;
    void paintArrow(QPainter &, const diagram::Arrow &, double from, double to, double y) const;
    void paintLabel(QPainter &, const diagram::Arrow &, double from, double to, double y,
        const QColor &behind) const;
    void paintNote(
        QPainter &, const diagram::Arrow &, double x, double y, const QColor &behind) const;
    void paintBox(QPainter &, int column) const;
    void paintGlyph(QPainter &, int line, const QRectF &) const;
    QColor inkOf(const diagram::Arrow &) const;

    const diagram::Diagram &m_diagram;
    const diagram::Rows &m_rows;
    const diagram::Layout &m_layout;
    const Colours &m_colours;
    QFont m_font;
    QFont m_timeFont;
};

// The whole diagram, at twice its size where that is possible; null: it is too large.
QImage imageOf(const diagram::Diagram &, const diagram::Rows &, const QPalette &, const QFont &);

} // namespace parley::ui
