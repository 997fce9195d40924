// SPDX-License-Identifier: MIT
#pragma once

#include "diagram/arrow.h"

#include <deque>

namespace parley::diagram {

class Diagram;

// The arrows of a diagram that a view shows, as rows 0, 1, 2 ... It is told of every change of the
// diagram and costs little for each. While held it grows no more, but for what became known late
// about the time before.
class Rows {
public:
    explicit Rows(const Diagram &);

    const Shown &shown() const { return m_shown; }
    void setShown(const Shown &);
    void setHeld(bool);

    void added(qsizetype index);
    void dropped(qsizetype count);
    // Reads the diagram anew.
    void reset();

    qsizetype size() const { return qsizetype(m_rows.size()); }
    // The index of a row's arrow in the diagram.
    qsizetype indexAt(qsizetype row) const { return qsizetype(m_rows[size_t(row)] - m_dropped); }
    const Arrow &at(qsizetype row) const;
    // The row of the arrow at that index; -1: it is not shown.
    qsizetype rowOf(qsizetype index) const;

private:
    const Diagram &m_diagram;
    Shown m_shown;
    // Indexes as they would be if nothing had ever been dropped: then dropping touches none.
    std::deque<qint64> m_rows;
    qint64 m_dropped = 0;
    qint64 m_end = 0; // while held: what is here and later is not shown
    bool m_isHeld = false;
};

} // namespace parley::diagram
