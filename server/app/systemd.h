// SPDX-License-Identifier: MIT
// What systemd is told of a service (sd_notify(3)). Without systemd nobody is told anything.
#pragma once

#include <QTimer>

#include <chrono>
#include <functional>

namespace parley::app {

// Each once, or again behind the other.
void tellSystemdReady();
void tellSystemdReloading();
void tellSystemdStopping();

// Tells systemd again and again that the service is well, for as long as it is, if systemd wants
// that (WatchdogSec=). On the thread with the main event loop.
class Watchdog {
public:
    // Whether nothing has hung for so long.
    using IsWell = std::function<bool(std::chrono::milliseconds)>;

    explicit Watchdog(IsWell);

private:
    QTimer m_timer;
};

} // namespace parley::app
