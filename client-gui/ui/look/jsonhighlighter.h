// SPDX-License-Identifier: MIT
#pragma once

#include <QSyntaxHighlighter>

class QPlainTextEdit;

namespace parley::ui {

// Light colours for JSON, or for what somebody takes for it, in the editor's own palette.
class JsonHighlighter : public QSyntaxHighlighter {
public:
    explicit JsonHighlighter(QPlainTextEdit &editor);

protected:
    void highlightBlock(const QString &text) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    QPlainTextEdit &m_editor;
};

} // namespace parley::ui
