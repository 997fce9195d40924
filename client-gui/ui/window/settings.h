// SPDX-License-Identifier: MIT
// What is remembered from one start to the next. Never a secret.
#pragma once

#include "play/account.h"
#include "ui/window/themeswitch.h"

class QMainWindow;

namespace parley::ui::settings {

ThemeChoice theme();
void setTheme(ThemeChoice);
// "en", "vi", "system".
QString language();
void setLanguage(const QString &);

// Where the pane of this name connected to last, and as whom, but for the password and the like.
play::Account account(const QString &pane);
void setAccount(const QString &pane, const play::Account &);

// False: nothing is remembered, or it is of another version of the layout.
bool restoreLayout(QMainWindow &);
void saveLayout(const QMainWindow &);

} // namespace parley::ui::settings
