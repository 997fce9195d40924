// SPDX-License-Identifier: MIT
#pragma once

#include <QWidget>

namespace parley::ui {

// A small light. What it means stands in words beside it: filled is well, hollow is off.
class StatusLight : public QWidget {
    Q_OBJECT

public:
    enum class Shows { Off, Working, Good, Warning, Bad };

    explicit StatusLight(QWidget *parent = nullptr);

    void setShows(Shows);
    Shows shows() const { return m_shows; }
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *) override;

private:
    Shows m_shows = Shows::Off;
};

} // namespace parley::ui
