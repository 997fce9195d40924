// SPDX-License-Identifier: MIT
#include "diagram/layout.h"

#include <algorithm>

namespace parley::diagram {

Layout::Layout(const Metrics &metrics, int lifelines, qsizetype rows, double room, double zoom)
    : m_metrics(metrics)
    , m_lifelines(lifelines)
    , m_rows(rows)
    , m_zoom(zoom)
{
    const int gaps = std::max(1, lifelines - 1);
    const double fitting = (room / zoom - metrics.timeWidth - 2 * metrics.margin) / gaps;
    m_gap = std::floor(std::clamp(fitting, metrics.gap, metrics.widestGap));
}

double Layout::width() const
{
    return xOf(std::max(0, m_lifelines - 1)) + margin();
}

double Layout::rowsHeight() const
{
    return topOf(m_rows) + m_metrics.bottom * m_zoom;
}

double Layout::xOf(int column) const
{
    return timeWidth() + margin() + column * gap();
}

qsizetype Layout::rowAt(double y) const
{
    const auto row = qsizetype(std::floor(y / rowHeight()));
    return row >= 0 && row < m_rows ? row : -1;
}

Layout::Range Layout::rowsBetween(double top, double bottom) const
{
    const auto first = qsizetype(std::floor(top / rowHeight()));
    const auto last = qsizetype(std::floor(bottom / rowHeight()));
    return {std::max<qsizetype>(0, first), std::min(m_rows - 1, last)};
}

} // namespace parley::diagram
