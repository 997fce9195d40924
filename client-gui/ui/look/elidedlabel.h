// SPDX-License-Identifier: MIT
#pragma once

#include <QLabel>

namespace parley::ui {

// Plain text in one line, which takes what room there is and ends with dots where it is too little.
class ElidedLabel : public QLabel {
    Q_OBJECT

public:
    explicit ElidedLabel(QWidget *parent = nullptr);

protected:
    void paintEvent(QPaintEvent *) override;
};

} // namespace parley::ui
