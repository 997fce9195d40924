// SPDX-License-Identifier: MIT
#pragma once

#include <QIcon>
#include <QPalette>

class QWidget;

namespace parley::ui {

// One of resources/icons by its file's name, drawn in the palette's colours for what is normal,
// disabled, selected and switched on, at whatever size and pixel ratio it is asked for.
QIcon icon(const QString &name, const QPalette &);
// In one colour, whatever the state.
QIcon icon(const QString &name, const QColor &);
// The program's own.
QIcon applicationIcon();

// An action or a button that carries the name of an icon in this property is given the icon by
// dress(), which is to be called again whenever the palette has changed.
inline constexpr const char *IconName = "icon-name";
void dress(QWidget *window);

// Names the icon of an action or a button, and hands it on.
template <class Object> Object *withIcon(Object *object, const char *name)
{
    object->setProperty(IconName, QLatin1String(name));
    return object;
}

} // namespace parley::ui
