// SPDX-License-Identifier: MIT
// Signals of the operating system as signals of Qt.
#pragma once

#include <QObject>

namespace parley {

// Make it before any other thread, so that all of them leave these signals to it.
class UnixSignals : public QObject {
    Q_OBJECT

public:
    // What cannot be written is an error of the call and no signal: to somebody who has stopped
    // reading, or into a file that may not grow (ulimit -f).
    static void ignoreThoseOfWriting();
    // For whoever takes a while to begin, first: until one is made, SIGTERM and SIGINT end the
    // process with 0, for nothing was promised yet, and SIGHUP waits.
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
