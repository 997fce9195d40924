// SPDX-License-Identifier: MIT
#include "ui/look/systemscheme.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QFileInfo>
#include <QGuiApplication>
#include <QPalette>

namespace parley::ui {
namespace {

const auto Service = QStringLiteral("org.freedesktop.portal.Desktop");
const auto Path = QStringLiteral("/org/freedesktop/portal/desktop");
const auto Interface = QStringLiteral("org.freedesktop.portal.Settings");
const auto Group = QStringLiteral("org.freedesktop.appearance");
const auto Key = QStringLiteral("color-scheme");

// Without one, QtDBus would wait for a bus to be started.
bool hasSessionBus()
{
    return qEnvironmentVariableIsSet("DBUS_SESSION_BUS_ADDRESS")
        || QFileInfo::exists(qEnvironmentVariable("XDG_RUNTIME_DIR") + QStringLiteral("/bus"));
}

} // namespace

SystemScheme::SystemScheme(QObject *parent)
    : QObject(parent)
    , m_platformIsDark(QGuiApplication::palette().color(QPalette::Window).lightness() < 128)
    , m_isDark(m_platformIsDark)
{
    if (hasSessionBus() && QDBusConnection::sessionBus().isConnected())
        ask();
}

void SystemScheme::ask()
{
    auto bus = QDBusConnection::sessionBus();
    // QtDBus takes the receiver of a signal by the name of its slot only.
    bus.connect(Service, Path, Interface, QStringLiteral("SettingChanged"), this,
        SLOT(takeSetting(QString, QString, QDBusVariant)));
    auto read = QDBusMessage::createMethodCall(Service, Path, Interface, QStringLiteral("Read"));
    read.setArguments({Group, Key});
    auto *answer = new QDBusPendingCallWatcher(bus.asyncCall(read), this);
    connect(answer, &QDBusPendingCallWatcher::finished, this, [this, answer] {
        const QDBusPendingReply<QDBusVariant> reply = *answer;
        if (!reply.isError())
            takeSetting(Group, Key, reply.value());
        answer->deleteLater();
    });
}

void SystemScheme::takeSetting(
    const QString &group, const QString &key, const QDBusVariant &setting)
{
    if (group != Group || key != Key)
        return;
    QVariant value = setting.variant();
    // Read() has it in one variant more.
    if (value.canConvert<QDBusVariant>())
        value = value.value<QDBusVariant>().variant();
    take(value.toUInt());
}

void SystemScheme::take(uint scheme)
{
    // 1 is dark, 2 light, anything else no preference.
    const bool isDark = scheme == 1 || (scheme != 2 && m_platformIsDark);
    if (std::exchange(m_isDark, isDark) != isDark)
        Q_EMIT changed(isDark);
}

} // namespace parley::ui
