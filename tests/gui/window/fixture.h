// SPDX-License-Identifier: MIT
// A workbench whose settings are its test's own, and which talks to a server in the process.
#pragma once

#include "ui/pane/clientpane.h"
#include "ui/window/mainwindow.h"
#include "ui/window/panestrip.h"

#include <QAbstractButton>
#include <QSettings>
#include <QTemporaryDir>
#include <QTest>

namespace parley::test {

class OwnSettings {
public:
    OwnSettings()
    {
        QCoreApplication::setOrganizationName(QStringLiteral("parley-test"));
        QCoreApplication::setApplicationName(QStringLiteral("parley-client"));
        QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope, m_folder.path());
    }

private:
    QTemporaryDir m_folder;
};

struct Window {
    explicit Window(const ui::LaunchOptions &options = {})
        : main(options, theme)
    {
        main.show();
    }

    ui::ClientPane &pane(size_t index) { return *main.panes().panes()[index]; }
    play::Player &player(size_t index) { return pane(index).player(); }
    template <class Widget> Widget *find(size_t index, const char *name)
    {
        return pane(index).findChild<Widget *>(QLatin1String(name));
    }
    void click(size_t index, const char *button) { find<QAbstractButton>(index, button)->click(); }
    const play::Bubble &last(size_t index)
    {
        auto &conversation = player(index).conversation();
        return conversation.bubble(conversation.rowCount() - 1);
    }
    bool hasBubbles(size_t index, int count)
    {
        return QTest::qWaitFor([&] { return player(index).conversation().rowCount() == count; });
    }
    bool reaches(size_t index, play::Life life)
    {
        return QTest::qWaitFor([&] { return last(index).life == life; });
    }
    bool isOnline(size_t index)
    {
        return QTest::qWaitFor([&] { return player(index).isOnline(); });
    }

    ui::ThemeSwitch theme;
    ui::MainWindow main;
};

inline QUrl urlOf(quint16 port)
{
    return QUrl(QStringLiteral("ws://127.0.0.1:%1").arg(port));
}

inline play::Account byPassword(
    quint16 port, const QString &name, const QString &password = QStringLiteral("secret"))
{
    play::Account account;
    account.server = urlOf(port);
    account.username = name;
    account.password = password;
    return account;
}

inline play::Account bySecretKey(quint16 port, qint64 userId, const QByteArray &key)
{
    play::Account account;
    account.server = urlOf(port);
    account.way = play::Account::Way::SecretKey;
    account.userId = UserId(userId);
    account.secretKey = key;
    return account;
}

} // namespace parley::test
