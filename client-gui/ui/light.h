// SPDX-License-Identifier: MIT
#pragma once

#include <QWidget>

namespace parley::ui {

// A small light beside words that say the same.
class Light : public QWidget {
    Q_OBJECT

public:
    enum class Is { Off, Busy, Good, Warning, Bad };

    explicit Light(QWidget *parent = nullptr);

    Is state() const { return m_is; }
    void set(Is);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *) override;

private:
    Is m_is = Is::Off;
};

} // namespace parley::ui
