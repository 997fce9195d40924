// SPDX-License-Identifier: MIT
#pragma once

#include "core/clock.h"
#include "protocol/commands.h"

#include <QTimer>

#include <optional>

namespace parley::client {

// Says when to send a HEARTBEAT, how long its answer took, and when the server has been silent for
// too long.
class Heart : public QObject {
    Q_OBJECT

public:
    explicit Heart(const Clock &, QObject *parent = nullptr);

    void start(milliseconds interval, milliseconds timeout);
    void stop() { m_timer.stop(); }
    // Any frame came.
    void heard() { m_lastHeard = m_clock.instant(); }
    // How long the answer to the latest beat took; nullopt if that is not what was answered.
    std::optional<milliseconds> answered(const protocol::Ref &);

Q_SIGNALS:
    void beat(const parley::protocol::Ref &ref);
    void fellSilent();

private:
    void tick();

    const Clock &m_clock;
    QTimer m_timer;
    milliseconds m_timeout{};
    Instant m_lastHeard{};
    Instant m_lastBeat{};
    protocol::Ref m_ref;
    quint64 m_beats = 0;
};

} // namespace parley::client
