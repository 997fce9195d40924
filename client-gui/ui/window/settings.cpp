// SPDX-License-Identifier: MIT
#include "ui/window/settings.h"

#include <QMainWindow>
#include <QSettings>

namespace parley::ui::settings {
namespace {

using play::Account;

// Counts up when the panels change so much that an old layout looks wrong.
constexpr int LayoutVersion = 1;

const auto ThemeKey = QStringLiteral("theme");
const auto LanguageKey = QStringLiteral("language");
const auto GeometryKey = QStringLiteral("window/geometry");
const auto LayoutKey = QStringLiteral("window/layout");
const auto UsualServer = QStringLiteral("ws://127.0.0.1:2345");

QString keyOf(const QString &pane, const char *what)
{
    return QStringLiteral("panes/%1/%2").arg(pane, QLatin1String(what));
}

} // namespace

ThemeChoice theme()
{
    return themeChoice(QSettings().value(ThemeKey).toString()).value_or(ThemeChoice::System);
}

void setTheme(ThemeChoice choice)
{
    QSettings().setValue(ThemeKey, nameOf(choice));
}

QString language()
{
    return QSettings().value(LanguageKey, QStringLiteral("system")).toString();
}

void setLanguage(const QString &language)
{
    QSettings().setValue(LanguageKey, language);
}

Account account(const QString &pane)
{
    const QSettings all;
    Account account;
    account.server = QUrl(all.value(keyOf(pane, "server"), UsualServer).toString());
    account.way = Account::Way(
        std::clamp(all.value(keyOf(pane, "way")).toInt(), 0, int(Account::Way::Session)));
    account.username = all.value(keyOf(pane, "username")).toString();
    account.userId = UserId(all.value(keyOf(pane, "userId")).toLongLong());
    return account;
}

void setAccount(const QString &pane, const Account &account)
{
    QSettings all;
    all.setValue(keyOf(pane, "server"), account.server.toString(QUrl::RemoveUserInfo));
    all.setValue(keyOf(pane, "way"), int(account.way));
    all.setValue(keyOf(pane, "username"), account.username);
    all.setValue(keyOf(pane, "userId"), account.userId.value());
}

bool restoreLayout(QMainWindow &window)
{
    const QSettings all;
    return window.restoreGeometry(all.value(GeometryKey).toByteArray())
        && window.restoreState(all.value(LayoutKey).toByteArray(), LayoutVersion);
}

void saveLayout(const QMainWindow &window)
{
    QSettings all;
    all.setValue(GeometryKey, window.saveGeometry());
    all.setValue(LayoutKey, window.saveState(LayoutVersion));
}

} // namespace parley::ui::settings
