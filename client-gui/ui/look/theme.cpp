// SPDX-License-Identifier: MIT
#include "ui/look/theme.h"

namespace parley::ui {
namespace {

const Colours &light()
{
    static const Colours colours{false, QColor(0xf4f5f7), QColor(0xffffff), QColor(0x1d2330),
        QColor(0x667085), QColor(0xd5d9e0), QColor(0x2f6fde), QColor(0xffffff), QColor(0x1f8a4c),
        QColor(0xb26a00), QColor(0xc8322b), QColor(0x2f6fde), QColor(0x6f4bc9), QColor(0x11806a),
        QColor(0xb26a00), QColor(0x667085), QColor(0x4a5468)};
    return colours;
}

const Colours &dark()
{
    static const Colours colours{true, QColor(0x181b21), QColor(0x21252d), QColor(0xe4e8ef),
        QColor(0x98a2b3), QColor(0x3a404c), QColor(0x6ea1ff), QColor(0x10131a), QColor(0x58c98a),
        QColor(0xe6ab4c), QColor(0xf27a72), QColor(0x6ea1ff), QColor(0xb39af2), QColor(0x4fc9ad),
        QColor(0xe6ab4c), QColor(0x98a2b3), QColor(0xb4bcc9)};
    return colours;
}

QPalette paletteOf(const Colours &c)
{
    QPalette palette;
    palette.setColor(QPalette::Window, c.window);
    palette.setColor(QPalette::WindowText, c.text);
    palette.setColor(QPalette::Base, c.surface);
    palette.setColor(QPalette::AlternateBase, c.window);
    palette.setColor(QPalette::Text, c.text);
    palette.setColor(QPalette::PlaceholderText, c.muted);
    palette.setColor(QPalette::Button, c.isDark ? c.surface.lighter(118) : c.window);
    palette.setColor(QPalette::ButtonText, c.text);
    palette.setColor(QPalette::ToolTipBase, c.surface);
    palette.setColor(QPalette::ToolTipText, c.text);
    palette.setColor(QPalette::Highlight, c.accent);
    palette.setColor(QPalette::HighlightedText, c.onAccent);
    palette.setColor(QPalette::Link, c.accent);
    palette.setColor(QPalette::BrightText, c.bad);
    palette.setColor(QPalette::Light, c.surface);
    palette.setColor(QPalette::Midlight, c.line);
    palette.setColor(QPalette::Mid, c.line);
    palette.setColor(QPalette::Dark, c.isDark ? c.window.darker(140) : c.line.darker(120));
    palette.setColor(QPalette::Shadow, QColor(0, 0, 0));
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        palette.setColor(QPalette::Disabled, role, c.muted);
    return palette;
}

} // namespace

Colours coloursOf(const QPalette &palette)
{
    return palette.color(QPalette::Window).lightness() < 128 ? dark() : light();
}

QPalette lightPalette()
{
    return paletteOf(light());
}
QPalette darkPalette()
{
    return paletteOf(dark());
}

} // namespace parley::ui
