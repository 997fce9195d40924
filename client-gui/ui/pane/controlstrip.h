// SPDX-License-Identifier: MIT
#pragma once

#include "play/player.h"

#include <QWidget>

class QCheckBox;
class QPushButton;

namespace parley::ui {

// What a player does beside writing: heartbeats, fetching and confirming.
class ControlStrip : public QWidget {
    Q_OBJECT

public:
    explicit ControlStrip(play::Player &, QWidget *parent = nullptr);

protected:
    void paintEvent(QPaintEvent *) override;

private:
    void refresh();

    play::Player &m_player;
    QCheckBox *m_autoConfirm;
    QPushButton *m_fetch;
    QPushButton *m_confirmAll;
};

} // namespace parley::ui
