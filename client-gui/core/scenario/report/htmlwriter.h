// SPDX-License-Identifier: MIT
#pragma once

#include <QXmlStreamWriter>

namespace parley::scenario {

// HTML that is well-formed XML, too. All that is put there is text, made presentable().
class HtmlWriter {
public:
    explicit HtmlWriter(QIODevice &);

protected:
    void open(const char *element, const QString &style = {});
    void open(const char *element, const char *style) { open(element, QString::fromLatin1(style)); }
    // The elements that were opened last.
    void close(int count = 1);
    // One that has no content in HTML.
    void lone(const char *element);
    void attribute(const char *name, const QString &value);
    void put(const QString &text);
    // As it is: markup of our own.
    void raw(const QByteArray &);

    void text(const char *element, const QString &content);
    void heading(const char *name) { text("h3", QString::fromLatin1(name)); }
    void head(const char *name, const char *style, int width);
    void cell(const char *style, const QString &content) { styled("td", style, content); }
    void span(const char *style, const QString &content) { styled("span", style, content); }

private:
    void styled(const char *element, const char *style, const QString &content);

    QIODevice &m_out;
    QXmlStreamWriter m_xml;
};

} // namespace parley::scenario
