// SPDX-License-Identifier: MIT
#pragma once

#include <QLabel>

namespace parley::ui {

// Plain text, wrapped as narrow as its dock is.
class WrappingLabel : public QLabel {
    Q_OBJECT

public:
    explicit WrappingLabel(const QString &text = {}, QWidget *parent = nullptr);
};

} // namespace parley::ui
