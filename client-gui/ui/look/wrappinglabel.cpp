// SPDX-License-Identifier: MIT
#include "ui/look/wrappinglabel.h"

namespace parley::ui {

WrappingLabel::WrappingLabel(const QString &text, QWidget *parent)
    : QLabel(text, parent)
{
    setTextFormat(Qt::PlainText);
    setWordWrap(true);
    setMinimumSize(1, 1);
    setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
}

} // namespace parley::ui
