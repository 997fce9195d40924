// SPDX-License-Identifier: MIT
// Signals of the operating system as signals of Qt.
#pragma once

#include <QObject>

namespace parley {

// Make it before any other thread, so that all of them leave these signals to it.
class UnixSignals : public QObject {
    Q_OBJECT

public:
    // A failed write is an error of the call, not a signal: to a reader that has gone, or into a
    // file that has reached its limit (ulimit -f).
    static void ignoreThoseOfWriting();
    // For programs with a slow start, to be called first. Until a UnixSignals is made, SIGTERM and
    // SIGINT end the process with 0, because nothing was promised yet, and SIGHUP waits.
    static void hold();

    UnixSignals();
    ~UnixSignals() override;

Q_SIGNALS:
    void stopAsked(); // SIGTERM, SIGINT
    void reloadAsked(); // SIGHUP

private:
    void read();

    const int m_descriptor;
};

} // namespace parley
