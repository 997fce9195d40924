// SPDX-License-Identifier: MIT
#include "scenario/report/htmlwriter.h"

#include "scenario/report/scenarioresult.h"

namespace parley::scenario {

HtmlWriter::HtmlWriter(QIODevice &out)
    : m_out(out)
    , m_xml(&out)
{
}

void HtmlWriter::open(const char *element, const QString &style)
{
    m_xml.writeStartElement(QString::fromLatin1(element));
    if (!style.isEmpty())
        attribute("class", style);
}

// An empty element would be written in a way that HTML reads as not ended.
void HtmlWriter::close(int count)
{
    for (int i = 0; i < count; ++i) {
        m_xml.writeCharacters(QString());
        m_xml.writeEndElement();
    }
}

void HtmlWriter::lone(const char *element)
{
    m_xml.writeEmptyElement(QString::fromLatin1(element));
}

void HtmlWriter::attribute(const char *name, const QString &value)
{
    m_xml.writeAttribute(QString::fromLatin1(name), presentable(value));
}

void HtmlWriter::put(const QString &text)
{
    m_xml.writeCharacters(presentable(text));
}

void HtmlWriter::raw(const QByteArray &markup)
{
    m_xml.writeCharacters(QString()); // ends the tag that it stands behind
    m_out.write(markup);
}

void HtmlWriter::text(const char *element, const QString &content)
{
    open(element);
    put(content);
    close();
}

void HtmlWriter::head(const char *name, const char *style, int width)
{
    open("th", style);
    if (width > 0)
        attribute("style", QStringLiteral("width: %1px").arg(width));
    put(QString::fromLatin1(name));
    close();
}

void HtmlWriter::styled(const char *element, const char *style, const QString &content)
{
    open(element, style);
    put(content);
    close();
}

} // namespace parley::scenario
