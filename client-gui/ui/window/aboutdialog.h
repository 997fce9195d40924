// SPDX-License-Identifier: MIT
#pragma once

#include <QDialog>

namespace parley::ui {

// What this is, and which versions of what, to be copied into a report.
class AboutDialog : public QDialog {
    Q_OBJECT

public:
    explicit AboutDialog(QWidget *parent = nullptr);

    static QString versions();
};

} // namespace parley::ui
