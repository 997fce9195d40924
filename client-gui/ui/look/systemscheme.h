// SPDX-License-Identifier: MIT
#pragma once

#include <QDBusVariant>
#include <QObject>

namespace parley::ui {

// Whether the desktop is light or dark, as its settings portal says; without one, what the
// platform's palette was when this was made. Asks without waiting.
class SystemScheme : public QObject {
    Q_OBJECT

public:
    explicit SystemScheme(QObject *parent = nullptr);

    bool isDark() const { return m_isDark; }

Q_SIGNALS:
    void changed(bool isDark);

private Q_SLOTS:
    void takeSetting(const QString &group, const QString &key, const QDBusVariant &);

private:
    void ask();
    void take(uint scheme);

    const bool m_platformIsDark;
    bool m_isDark;
};

} // namespace parley::ui
