// SPDX-License-Identifier: MIT
#pragma once

#include <QWidget>

namespace parley::ui {

// What the colours and dashes of a diagram's arrows mean, in one line.
class DiagramLegend : public QWidget {
    Q_OBJECT

public:
    explicit DiagramLegend(QWidget *parent = nullptr);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *) override;
};

} // namespace parley::ui
