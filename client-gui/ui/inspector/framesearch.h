// SPDX-License-Identifier: MIT
#pragma once

#include <QLineEdit>
#include <QTimer>

namespace parley::frames {
class FrameFilter;
}

namespace parley::ui {

// What is typed here is looked for in frames, a moment later.
class FrameSearch : public QLineEdit {
    Q_OBJECT

public:
    // The filter must outlive it.
    explicit FrameSearch(frames::FrameFilter &, QWidget *parent = nullptr);

    // What the filter has; whoever types is not disturbed.
    void showFilter();
    // What the filter has, whatever was typed.
    void reset();

Q_SIGNALS:
    void rowsWanted(); // by key, which is the arrow down: the focus

protected:
    void keyPressEvent(QKeyEvent *) override;

private:
    frames::FrameFilter &m_filter;
    QTimer m_later;
};

} // namespace parley::ui
