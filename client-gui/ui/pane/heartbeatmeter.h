// SPDX-License-Identifier: MIT
#pragma once

#include "play/player.h"

#include <QAbstractButton>
#include <QTimer>

namespace parley::ui {

// A player's heartbeat: on or off, a ring that empties until the next one, and the last round trip.
class HeartbeatMeter : public QAbstractButton {
    Q_OBJECT

public:
    explicit HeartbeatMeter(play::Player &, QWidget *parent = nullptr);

    QSize sizeHint() const override;
    // The ring alone.
    QSize minimumSizeHint() const override
    {
        return {sizeHint().height() + 4, sizeHint().height()};
    }
    // "3.2 s · 1 ms"
    QStringList words() const;

protected:
    void paintEvent(QPaintEvent *) override;

private:
    void refresh();

    play::Player &m_player;
    milliseconds m_roundTrip{-1};
    QTimer m_tick;
};

} // namespace parley::ui
