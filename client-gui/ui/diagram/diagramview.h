// SPDX-License-Identifier: MIT
#pragma once

#include "diagram/diagram.h"
#include "frames/framelog.h"
#include "ui/diagram/diagrampainter.h"

#include <QAbstractScrollArea>
#include <QTimer>

namespace parley::ui {

// The sequence diagram, as it grows. Follows the newest event until somebody looks at an older one.
// Keys: up, down, page up and down, Home and End move the selection; + - 0 zoom; Escape lets go.
class DiagramView : public QAbstractScrollArea {
    Q_OBJECT

public:
    static constexpr double LeastZoom = 0.5;
    static constexpr double MostZoom = 3;

    // Both must live as long as this.
    DiagramView(diagram::Diagram &, const frames::FrameLog &, QWidget *parent = nullptr);

    const diagram::Rows &rows() const { return m_rows; }
    void setShown(const diagram::Shown &);

    double zoom() const { return m_zoom; }
    void setZoom(double);
    bool isFollowing() const { return m_isFollowing; }
    void setFollowing(bool);
    // Shows all events now; by itself it does so some 60 times a second.
    void flush();

    // Marks the frame's arrow and brings it into sight; without one nothing is marked.
    void select(qint64 frame);
    qint64 selectedFrame() const;
    // Marks all arrows of one message.
    void highlightMessage(UserId receiver, Seq, const QByteArray &clientId);

    // What the tip of a row's arrow says.
    QString detailsOf(qsizetype row) const;
    // Where a row stands in the viewport.
    QRect rectOf(qsizetype row) const;
    // Of all rows; null: it would be too large.
    QImage toImage() const;

Q_SIGNALS:
    void frameSelected(qint64 number);
    void followingChanged(bool isFollowing);
    void zoomChanged(double zoom);

protected:
    void paintEvent(QPaintEvent *) override;
    void resizeEvent(QResizeEvent *) override;
    void scrollContentsBy(int dx, int dy) override;
    bool viewportEvent(QEvent *) override;
    void changeEvent(QEvent *) override;
    void mousePressEvent(QMouseEvent *) override;
    void mouseMoveEvent(QMouseEvent *) override;
    void wheelEvent(QWheelEvent *) override;
    void keyPressEvent(QKeyEvent *) override;

private:
    void takeAdded(qsizetype index);
    void takeDropped(qsizetype count);
    void refreshSoon();
    void refresh();
    void layOut();
    void scrollTo(int value);
    void showRow(qsizetype row);
    void moveTo(qsizetype row);
    bool moveByKey(int key);
    qsizetype currentRow() const;
    void mark(const diagram::Arrow &);
    void hover(qsizetype row);
    qsizetype rowAt(const QPoint &) const;
    int pageRows() const;

    diagram::Diagram &m_diagram;
    const frames::FrameLog &m_log;
    diagram::Rows m_rows;
    diagram::Layout m_layout;
    DiagramPainter::Marks m_marks;
    QTimer m_refresh;
    double m_zoom = 1;
    bool m_isFollowing = true;
    bool m_isAdjusting = false; // the scroll bars are moved by us
};

} // namespace parley::ui
