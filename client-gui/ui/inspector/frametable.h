// SPDX-License-Identifier: MIT
#pragma once

#include <QTableView>

namespace parley::frames {
class FrameFilter;
}

namespace parley::ui {

// The frames as rows of one height, coloured by what they are about. Stays at the newest one while
// it is followed, which scrolling up ends and scrolling down to the end begins again.
class FrameTable : public QTableView {
    Q_OBJECT

public:
    explicit FrameTable(frames::FrameFilter &, QWidget *parent = nullptr);

    bool followsNewest() const { return m_followsNewest; }
    void setFollowsNewest(bool);
    // 0: none.
    qint64 currentNumber() const;
    // False: it is not among the rows.
    bool select(qint64 number);
    // For the next start.
    QByteArray saveColumns() const;
    void restoreColumns(const QByteArray &);

Q_SIGNALS:
    void currentNumberChanged(qint64 number);
    void followsNewestChanged(bool);
    void detailWanted();

protected:
    void paintEvent(QPaintEvent *) override;
    void keyPressEvent(QKeyEvent *) override;
    void currentChanged(const QModelIndex &current, const QModelIndex &previous) override;
    void changeEvent(QEvent *) override;

private:
    void setRowHeight();

    frames::FrameFilter &m_filter;
    bool m_followsNewest = true;
};

} // namespace parley::ui
