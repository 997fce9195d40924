// SPDX-License-Identifier: MIT
// The colours of the workbench. Widgets ask for them when they paint, by their own palette, and so
// follow a change between light and dark.
#pragma once

#include <QColor>
#include <QPalette>

namespace parley::ui {

struct Colours {
    bool isDark = false;
    QColor window; // behind everything
    QColor surface; // cards, bubbles, lists
    QColor text;
    QColor muted; // text that matters less
    QColor line; // borders, lifelines, grids
    QColor accent; // what can be acted upon, what is selected
    QColor onAccent;
    QColor good;
    QColor warning;
    QColor bad;

    // What a step is about.
    QColor command; // client to server: SEND, FETCH ...
    QColor store; // server and database
    QColor deliver; // server to client: MESSAGE, MESSAGES
    QColor confirm; // CONFIRM, and what leaves the mailbox
    QColor presence; // HEARTBEAT, STATUS
    QColor other;
};

Colours coloursOf(const QPalette &);

// Fusion's palette in our colours.
QPalette lightPalette();
QPalette darkPalette();

} // namespace parley::ui
