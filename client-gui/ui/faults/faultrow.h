// SPDX-License-Identifier: MIT
#pragma once

#include "play/faults.h"

#include <QWidget>

class QLabel;
class QPushButton;

namespace parley::ui {

class StatusLight;

// One fault: what it does, what the server should do, and what it did.
class FaultRow : public QWidget {
    Q_OBJECT

public:
    explicit FaultRow(const play::Fault &, QWidget *parent = nullptr);

    // `wasTried`: the outcome is one; `isBlocked`: it cannot be begun now.
    void show(const play::FaultCheck::Outcome &, bool wasTried, bool isBlocked);

Q_SIGNALS:
    void runWanted();
    void stopWanted();
    void frameWanted(qint64 number);

private:
    StatusLight *m_light;
    QLabel *m_result;
    QPushButton *m_frame;
    QPushButton *m_run;
    qint64 m_number = 0;
    bool m_isRunning = false;
};

} // namespace parley::ui
