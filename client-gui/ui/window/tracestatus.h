// SPDX-License-Identifier: MIT
#pragma once

#include "ui/look/statuslight.h"
#include "workbench/observers.h"

class QLabel;

namespace parley::ui {

// In the status bar: whether the server tells its own steps, and if not, why.
class TraceStatus : public QWidget {
    Q_OBJECT

public:
    explicit TraceStatus(QWidget *parent = nullptr);

    void tell(workbench::Observers::Trace, const QString &why);

private:
    StatusLight *m_light;
    QLabel *m_words;
};

} // namespace parley::ui
