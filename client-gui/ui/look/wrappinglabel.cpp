// SPDX-License-Identifier: MIT
#include "ui/look/wrappinglabel.h"

namespace parley::ui {

WrappingLabel::WrappingLabel(const QString &text, QWidget *parent)
    : QLabel(text, parent)
{
    setTextFormat(Qt::PlainText);
    setWordWrap(true);
    setMinimumSize(1, 1);
    QSizePolicy policy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

} // namespace parley::ui
