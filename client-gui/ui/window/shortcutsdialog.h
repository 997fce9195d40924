// SPDX-License-Identifier: MIT
#pragma once

#include <QDialog>

namespace parley::ui {

// All keys that do something: those of the window's actions, and those of what has the focus.
class ShortcutsDialog : public QDialog {
    Q_OBJECT

public:
    explicit ShortcutsDialog(QWidget &window);
};

} // namespace parley::ui
