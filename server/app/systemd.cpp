// SPDX-License-Identifier: MIT
#include "app/systemd.h"

#include <QByteArray>

#include <ctime>
#include <systemd/sd-daemon.h>

namespace parley::app {

namespace {

// What cannot be told is not worth a word: systemd will notice by itself.
void notify(const QByteArray &what)
{
    sd_notify(0, what.constData());
}

} // namespace

void tellSystemdReady()
{
    notify("READY=1");
}

void tellSystemdReloading()
{
    timespec now{};
    ::clock_gettime(CLOCK_MONOTONIC, &now);
    const qint64 us = qint64(now.tv_sec) * 1'000'000 + now.tv_nsec / 1000;
    notify("RELOADING=1\nMONOTONIC_USEC=" + QByteArray::number(us));
}

void tellSystemdStopping()
{
    notify("STOPPING=1");
}

Watchdog::Watchdog(IsWell isWell)
{
    uint64_t us = 0;
    if (sd_watchdog_enabled(0, &us) <= 0)
        return;
    const auto patience =
        std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::microseconds(us));
    m_timer.callOnTimeout([isWell = std::move(isWell), patience] {
        if (isWell(patience / 2))
            notify("WATCHDOG=1");
    });
    m_timer.start(patience / 4);
}

} // namespace parley::app
