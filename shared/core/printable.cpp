// SPDX-License-Identifier: MIT
#include "core/printable.h"

namespace parley {

namespace {

// Controls, marks of direction and joining, line and paragraph ends.
bool isUnseen(QChar c)
{
    switch (c.category()) {
    case QChar::Other_Control:
    case QChar::Other_Format:
    case QChar::Separator_Line:
    case QChar::Separator_Paragraph:
        return true;
    default:
        return false;
    }
}

} // namespace

QString printable(const QString &text, Quoting quoting)
{
    QString result;
    result.reserve(text.size() + 2);
    for (const QChar c : text) {
        if (c == u'\n')
            result += QStringLiteral("\\n");
        else if (isUnseen(c))
            result += QStringLiteral("\\u%1").arg(c.unicode(), 4, 16, QLatin1Char('0'));
        else if (quoting == Quoting::Json && (c == u'"' || c == u'\\'))
            result += QLatin1Char('\\') + c;
        else
            result += c;
    }
    return result;
}

} // namespace parley
