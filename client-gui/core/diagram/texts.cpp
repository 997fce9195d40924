// SPDX-License-Identifier: MIT
#include "diagram/diagram.h"
#include "diagram/export.h"

#include <QRegularExpression>

namespace parley::diagram {
namespace {

// Everything but letters, digits and these is written by its number.
bool isHarmless(QChar c)
{
    return c.isLetterOrNumber() || c.isSurrogate() || QStringLiteral(" .,()→…×").contains(c);
}

// Both languages break at the end of a line, and have their own way to write a character by number.
QString escaped(const QString &text, const QString &byNumber, int base)
{
    QString out;
    for (const QChar c : text) {
        if (!c.isPrint() && !c.isSurrogate())
            out += u' ';
        else if (isHarmless(c))
            out += c;
        else
            out += byNumber.arg(int(c.unicode()), base == 16 ? 4 : 0, base, QLatin1Char('0'));
    }
    return out;
}

QString mermaid(const QString &text)
{
    static const QRegularExpression endWord(QStringLiteral("\\b([eE])([nN][dD])\\b"));
    QString out = escaped(text, QStringLiteral("#%1;"), 10);
    // Mermaid takes the word for the end of a block, wherever it stands.
    return out.replace(endWord, QStringLiteral("#101;\\2"));
}

QString plantUml(const QString &text)
{
    return escaped(text, QStringLiteral("<U+%1>"), 16);
}

QString id(int line)
{
    switch (line) {
    case ServerLine:
        return QStringLiteral("S");
    case DatabaseLine:
        return QStringLiteral("D");
    case OthersLine:
        return QStringLiteral("O");
    default:
        return QStringLiteral("C%1").arg(line - FirstPaneLine + 1);
    }
}

template <class Write> void eachShown(const Diagram &diagram, const Shown &shown, Write write)
{
    for (qsizetype i = 0; i < diagram.size(); ++i)
        if (shown.admits(diagram.at(i)))
            write(diagram.at(i));
}

} // namespace

QByteArray toMermaid(const Diagram &diagram, const Shown &shown)
{
    QString out = QStringLiteral("sequenceDiagram\n");
    for (const Lifeline &line : diagram.lifelines())
        out += QStringLiteral("    participant ") + id(line.id) + QStringLiteral(" as ")
            + mermaid(line.name) + u'\n';
    eachShown(diagram, shown, [&](const Arrow &arrow) {
        const QString label = QStringLiteral(": ") + mermaid(arrow.text()) + u'\n';
        if (arrow.isNote())
            out += QStringLiteral("    Note over ") + id(arrow.from) + label;
        else
            out += QStringLiteral("    ") + id(arrow.from)
                + (arrow.isInferred ? QStringLiteral("-->>") : QStringLiteral("->>")) + id(arrow.to)
                + label;
    });
    return out.toUtf8();
}

QByteArray toPlantUml(const Diagram &diagram, const Shown &shown)
{
    QString out = QStringLiteral("@startuml\nhide footbox\n");
    for (const Lifeline &line : diagram.lifelines())
        out += (line.id == DatabaseLine ? QStringLiteral("database \"")
                                        : QStringLiteral("participant \""))
            + plantUml(line.name) + QStringLiteral("\" as ") + id(line.id) + u'\n';
    eachShown(diagram, shown, [&](const Arrow &arrow) {
        const QString label = QStringLiteral(" : ") + plantUml(arrow.text()) + u'\n';
        if (arrow.isNote())
            out += QStringLiteral("note over ") + id(arrow.from) + label;
        else
            out += id(arrow.from)
                + (arrow.isInferred ? QStringLiteral(" --> ") : QStringLiteral(" -> "))
                + id(arrow.to) + label;
    });
    return (out + QStringLiteral("@enduml\n")).toUtf8();
}

} // namespace parley::diagram
