// SPDX-License-Identifier: MIT
#include "ui/look/jsonhighlighter.h"

#include "ui/look/theme.h"

#include <QEvent>
#include <QPlainTextEdit>
#include <QRegularExpression>

namespace parley::ui {
namespace {

// A line that is longer is left plain: nobody reads it, and it would have to be looked through at
// every change.
constexpr qsizetype LongestLine = 4096;

} // namespace

JsonHighlighter::JsonHighlighter(QPlainTextEdit &editor)
    : QSyntaxHighlighter(editor.document())
    , m_editor(editor)
{
    editor.installEventFilter(this);
}

bool JsonHighlighter::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::PaletteChange)
        rehighlight();
    return QSyntaxHighlighter::eventFilter(watched, event);
}

void JsonHighlighter::highlightBlock(const QString &text)
{
    if (text.size() > LongestLine)
        return;
    static const QRegularExpression Token(QStringLiteral(
        "(\"(?:[^\"\\\\]|\\\\.)*\"?)(\\s*:)?|(-?\\d[\\d.eE+-]*)|\\b(true|false|null)\\b"));
    const Colours colours = coloursOf(m_editor.palette());
    for (auto tokens = Token.globalMatch(text); tokens.hasNext();) {
        const auto token = tokens.next();
        const bool isKey = token.capturedLength(2) > 0;
        const QColor colour = isKey       ? colours.accent
            : token.capturedLength(1) > 0 ? colours.deliver
            : token.capturedLength(3) > 0 ? colours.store
                                          : colours.warning;
        const int part = token.capturedLength(1) > 0 ? 1 : 0;
        setFormat(int(token.capturedStart(part)), int(token.capturedLength(part)), colour);
    }
}

} // namespace parley::ui
