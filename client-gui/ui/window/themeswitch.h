// SPDX-License-Identifier: MIT
#pragma once

#include <QObject>

#include <optional>

namespace parley::ui {

class SystemScheme;

enum class ThemeChoice { System, Light, Dark };

// "system", "light", "dark": on the command line and in the settings.
QString nameOf(ThemeChoice);
std::optional<ThemeChoice> themeChoice(const QString &name);

// Gives the application its style, and the palette that was chosen.
class ThemeSwitch : public QObject {
    Q_OBJECT

public:
    explicit ThemeSwitch(QObject *parent = nullptr);

    ThemeChoice choice() const { return m_choice; }
    void choose(ThemeChoice);

private:
    void apply();

    SystemScheme *m_system;
    ThemeChoice m_choice = ThemeChoice::System;
};

} // namespace parley::ui
