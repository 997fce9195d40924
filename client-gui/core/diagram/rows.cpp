// SPDX-License-Identifier: MIT
#include "diagram/rows.h"

#include "diagram/diagram.h"

#include <algorithm>

namespace parley::diagram {

Rows::Rows(const Diagram &diagram)
    : m_diagram(diagram)
{
    reset();
}

void Rows::setShown(const Shown &shown)
{
    m_shown = shown;
    reset();
}

void Rows::setHeld(bool isHeld)
{
    m_isHeld = isHeld;
    m_end = m_dropped + m_diagram.size();
    if (!isHeld)
        reset();
}

void Rows::added(qsizetype index)
{
    const qint64 absolute = m_dropped + index;
    if (m_isHeld && absolute >= m_end)
        return;
    ++m_end;
    // Only the newest few can stand behind it.
    auto at = m_rows.end();
    while (at != m_rows.begin() && *std::prev(at) >= absolute)
        ++*--at;
    if (m_shown.admits(m_diagram.at(index)))
        m_rows.insert(at, absolute);
}

void Rows::dropped(qsizetype count)
{
    m_dropped += count;
    m_end = std::max(m_end, m_dropped);
    while (!m_rows.empty() && m_rows.front() < m_dropped)
        m_rows.pop_front();
}

void Rows::reset()
{
    m_rows.clear();
    if (!m_isHeld)
        m_end = m_dropped + m_diagram.size();
    const qsizetype count = std::min(m_diagram.size(), qsizetype(m_end - m_dropped));
    m_end = m_dropped + count;
    for (qsizetype i = 0; i < count; ++i)
        if (m_shown.admits(m_diagram.at(i)))
            m_rows.push_back(m_dropped + i);
}

const Arrow &Rows::at(qsizetype row) const
{
    return m_diagram.at(indexAt(row));
}

qsizetype Rows::rowOf(qsizetype index) const
{
    const qint64 absolute = m_dropped + index;
    const auto found = std::ranges::lower_bound(m_rows, absolute);
    return index >= 0 && found != m_rows.end() && *found == absolute
        ? qsizetype(found - m_rows.begin())
        : -1;
}

} // namespace parley::diagram
