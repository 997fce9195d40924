// SPDX-License-Identifier: MIT
// Signals of the operating system as signals of Qt.
#pragma once

#include <QObject>

namespace parley {

// Make it before any other thread, so that all of them leave these signals to it.
class UnixSignals : public QObject {
    Q_OBJECT

public:
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
