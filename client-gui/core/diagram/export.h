// SPDX-License-Identifier: MIT
// The diagram for others: whatever the wire held, no label breaks out of the syntax. UTF-8.
#pragma once

#include "diagram/arrow.h"

namespace parley::diagram {

class Diagram;

// "#rrggbb"; by default the workbench's light colours.
struct Palette {
    QString surface = QStringLiteral("#ffffff");
    QString box = QStringLiteral("#f4f5f7"); // the lifelines' heads
    QString text = QStringLiteral("#1d2330");
    QString muted = QStringLiteral("#667085");
    QString line = QStringLiteral("#d5d9e0");
    QString command = QStringLiteral("#2f6fde");
    QString store = QStringLiteral("#6f4bc9");
    QString deliver = QStringLiteral("#11806a");
    QString confirm = QStringLiteral("#b26a00");
    QString presence = QStringLiteral("#667085");
    QString error = QStringLiteral("#c8322b");
    QString connection = QStringLiteral("#4a5468");

    const QString &of(Kind) const;
};

// Self-contained: no fonts, no styles from elsewhere.
QByteArray toSvg(const Diagram &, const Palette & = {}, const Shown & = {});
QByteArray toMermaid(const Diagram &, const Shown & = {});
QByteArray toPlantUml(const Diagram &, const Shown & = {});

// "18:05:09.123", in local time.
QString timeText(qint64 atUs);

} // namespace parley::diagram
