// SPDX-License-Identifier: MIT
#include "ui/window/themeswitch.h"

#include "ui/look/style.h"
#include "ui/look/systemscheme.h"
#include "ui/look/theme.h"

#include <QApplication>

namespace parley::ui {
namespace {

constexpr std::pair<ThemeChoice, QLatin1String> Names[] = {
    {ThemeChoice::System, QLatin1String("system")},
    {ThemeChoice::Light, QLatin1String("light")},
    {ThemeChoice::Dark, QLatin1String("dark")},
};

} // namespace

QString nameOf(ThemeChoice choice)
{
    return Names[size_t(choice)].second;
}

std::optional<ThemeChoice> themeChoice(const QString &name)
{
    for (const auto &[choice, itsName] : Names) {
        if (name == itsName)
            return choice;
    }
    return {};
}

ThemeSwitch::ThemeSwitch(QObject *parent)
    : QObject(parent)
    , m_system(new SystemScheme(this))
{
    QApplication::setStyle(new Style);
    connect(m_system, &SystemScheme::changed, this, [this] { apply(); });
    apply();
}

void ThemeSwitch::choose(ThemeChoice choice)
{
    m_choice = choice;
    apply();
}

void ThemeSwitch::apply()
{
    const bool isDark =
        m_choice == ThemeChoice::Dark || (m_choice == ThemeChoice::System && m_system->isDark());
    QApplication::setPalette(isDark ? darkPalette() : lightPalette());
}

} // namespace parley::ui
