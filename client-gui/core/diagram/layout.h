// SPDX-License-Identifier: MIT
#pragma once

#include "diagram/arrow.h"

#include <cmath>

namespace parley::diagram {

// Pixels at zoom 1.
struct Metrics {
    double rowHeight = 34;
    double headerHeight = 60; // the boxes with the lifelines' names
    double timeWidth = 104; // the column of times, left
    double gap = 196; // at least, between two lifelines
    double widestGap = 320;
    double margin = 72; // between the times or the right end and the nearest lifeline
    double bottom = 24;
};

// Where everything stands. The rows' y begin with 0 under the header. Each answer costs the same,
// however many rows there are.
class Layout {
public:
    Layout() = default;
    // Lifelines stand further apart when there is room.
    Layout(const Metrics &, int lifelines, qsizetype rows, double room = 0, double zoom = 1);

    double zoom() const { return m_zoom; }
    // Whole pixels, so that rows join without a seam.
    double headerHeight() const { return std::round(m_metrics.headerHeight * m_zoom); }
    double timeWidth() const { return m_metrics.timeWidth * m_zoom; }
    double rowHeight() const { return std::round(m_metrics.rowHeight * m_zoom); }
    double gap() const { return m_gap * m_zoom; }
    double margin() const { return m_metrics.margin * m_zoom; }
    double width() const;
    double rowsHeight() const; // all rows and what is left free below
    qsizetype rows() const { return m_rows; }

    double xOf(int column) const;
    double topOf(qsizetype row) const { return double(row) * rowHeight(); }
    // The line of its arrow, under its label.
    double lineOf(qsizetype row) const { return topOf(row) + rowHeight() * 0.72; }
    // -1: none is there.
    qsizetype rowAt(double y) const;

    struct Range {
        qsizetype first = 0;
        qsizetype last = -1; // less than first: none
    };
    // The rows of which something stands between two heights.
    Range rowsBetween(double top, double bottom) const;

private:
    Metrics m_metrics;
    int m_lifelines = 0;
    qsizetype m_rows = 0;
    double m_zoom = 1;
    double m_gap = 0;
};

} // namespace parley::diagram
