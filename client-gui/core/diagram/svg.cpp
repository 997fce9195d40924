// SPDX-License-Identifier: MIT
#include "diagram/describe.h"
#include "diagram/diagram.h"
#include "diagram/export.h"
#include "diagram/layout.h"
#include "diagram/rows.h"

#include <QDateTime>
#include <QXmlStreamWriter>

namespace parley::diagram {
namespace {

// There are no font metrics here; a letter of 12 pixels is hardly wider.
constexpr double LetterWidth = 6.6;
constexpr double BoxHeight = 32;
constexpr double BoxWidth = 132;
constexpr double HeadLength = 9;
constexpr double NoteWidth = 180;
constexpr double Gap = 248; // room for the longest of the usual labels
constexpr qsizetype LongestTitle = 200;

QString text(double number)
{
    return QString::number(number, 'g', 8);
}
QString tag(const char *name)
{
    return QString::fromLatin1(name);
}

class SvgWriter {
public:
    SvgWriter(const Diagram &diagram, const Palette &palette, const Rows &rows)
        : m_diagram(diagram)
        , m_palette(palette)
        , m_rows(rows)
        , m_layout({.gap = Gap}, int(diagram.lifelines().size()), rows.size())
        , m_xml(&m_out)
    {
    }

    QByteArray write()
    {
        m_xml.setAutoFormatting(true);
        m_xml.setAutoFormattingIndent(1);
        m_xml.writeStartDocument();
        begin("svg");
        m_xml.writeDefaultNamespace(tag("http://www.w3.org/2000/svg"));
        const double height = m_layout.headerHeight() + m_layout.rowsHeight();
        attribute("viewBox", QStringLiteral("0 0 %1 %2").arg(text(m_layout.width()), text(height)));
        attribute("width", m_layout.width());
        attribute("height", height);
        attribute("font-family", tag("system-ui, 'Noto Sans', 'DejaVu Sans', sans-serif"));
        attribute("font-size", 12);
        m_xml.writeTextElement(tag("title"), Diagram::tr("Sequence diagram"));
        rectangle(0, 0, m_layout.width(), height, m_palette.surface, {});
        for (int column = 0; column < m_diagram.lifelines().size(); ++column)
            lifeline(column, height);
        for (qsizetype row = 0; row < m_rows.size(); ++row)
            arrow(row, m_rows.at(row));
        m_xml.writeEndDocument();
        return m_out;
    }

private:
    void begin(const char *name) { m_xml.writeStartElement(tag(name)); }
    void attribute(const char *name, const QString &value)
    {
        m_xml.writeAttribute(tag(name), value);
    }
    void attribute(const char *name, double value) { attribute(name, text(value)); }

    void rectangle(
        double x, double y, double width, double height, const QString &fill, const QString &stroke)
    {
        begin("rect");
        attribute("x", x);
        attribute("y", y);
        attribute("width", width);
        attribute("height", height);
        attribute("fill", fill);
        if (!stroke.isEmpty()) {
            attribute("stroke", stroke);
            attribute("rx", 6);
        }
        m_xml.writeEndElement();
    }

    void words(double x, double y, const char *anchor, const QString &colour, const QString &words,
        double room)
    {
        const auto most = qsizetype(room / LetterWidth);
        begin("text");
        attribute("x", x);
        attribute("y", y);
        attribute("text-anchor", tag(anchor));
        attribute("fill", colour);
        m_xml.writeCharacters(plainText(words.toUtf8(), most));
        m_xml.writeEndElement();
    }

    void line(double x1, double y1, double x2, double y2, const QString &colour, double width,
        const QString &dashes)
    {
        begin("line");
        attribute("x1", x1);
        attribute("y1", y1);
        attribute("x2", x2);
        attribute("y2", y2);
        attribute("stroke", colour);
        attribute("stroke-width", width);
        if (!dashes.isEmpty())
            attribute("stroke-dasharray", dashes);
        m_xml.writeEndElement();
    }

    void lifeline(int column, double height)
    {
        const double x = m_layout.xOf(column);
        const double top = (m_layout.headerHeight() - BoxHeight) / 2;
        line(x, top + BoxHeight, x, height - 12, m_palette.line, 1, {});
        rectangle(x - BoxWidth / 2, top, BoxWidth, BoxHeight, m_palette.box, m_palette.line);
        words(x, top + BoxHeight / 2 + 4, "middle", m_palette.text,
            m_diagram.lifelines()[column].name, BoxWidth - 8);
    }

    void arrow(qsizetype row, const Arrow &arrow)
    {
        const double y = m_layout.headerHeight() + m_layout.lineOf(row);
        const bool isLight = arrow.kind == Kind::Answer;
        const QString &colour = m_palette.of(arrow.kind);
        const QString &ink = isLight    ? m_palette.muted
            : arrow.kind == Kind::Error ? m_palette.error
                                        : m_palette.text;
        begin("g");
        m_xml.writeTextElement(tag("title"),
            plainText((timeText(arrow.atUs) + u' ' + arrow.text()).toUtf8(), LongestTitle));
        words(16, y + 4, "start", m_palette.muted, timeText(arrow.atUs), m_layout.timeWidth());
        const double from = m_layout.xOf(m_diagram.columnOf(arrow.from));
        if (arrow.isNote()) {
            begin("circle");
            attribute("cx", from);
            attribute("cy", y - 4);
            attribute("r", 4);
            attribute("fill", colour);
            m_xml.writeEndElement();
            const bool isLast = m_diagram.columnOf(arrow.from) == m_diagram.lifelines().size() - 1;
            words(isLast ? from - 10 : from + 10, y, isLast ? "end" : "start", ink, arrow.text(),
                NoteWidth);
        } else {
            const double to = m_layout.xOf(m_diagram.columnOf(arrow.to));
            const double back = to > from ? -HeadLength : HeadLength;
            line(from, y, to + back / 2, y, colour, isLight ? 1 : 1.8,
                arrow.isInferred ? tag("6 4") : QString());
            head(to, back, y, colour);
            // A label is not crossed by the lifelines that its arrow passes.
            const double width = LetterWidth * double(arrow.text().size());
            const double middle = (from + to) / 2;
            rectangle(middle - width / 2, y - 19, width, 16, m_palette.surface, {});
            words(middle, y - 7, "middle", ink, arrow.text(), std::abs(to - from) - 16);
        }
        m_xml.writeEndElement();
    }

    void head(double x, double back, double y, const QString &colour)
    {
        begin("path");
        attribute("d",
            QStringLiteral("M%1 %2L%3 %4L%3 %5Z")
                .arg(text(x), text(y), text(x + back), text(y - 4.5), text(y + 4.5)));
        attribute("fill", colour);
        m_xml.writeEndElement();
    }

    const Diagram &m_diagram;
    const Palette &m_palette;
    const Rows &m_rows;
    const Layout m_layout;
    QByteArray m_out;
    QXmlStreamWriter m_xml;
};

} // namespace

const QString &Palette::of(Kind kind) const
{
    switch (kind) {
    case Kind::Command:
        return command;
    case Kind::Store:
        return store;
    case Kind::Deliver:
        return deliver;
    case Kind::Confirm:
        return confirm;
    case Kind::Presence:
        return presence;
    case Kind::Error:
        return error;
    case Kind::Connection:
        return connection;
    case Kind::Answer:
        return muted;
    }
    return muted;
}

QString timeText(qint64 atUs)
{
    return QDateTime::fromMSecsSinceEpoch(atUs / 1000).toString(QStringLiteral("HH:mm:ss.zzz"));
}

QByteArray toSvg(const Diagram &diagram, const Palette &palette, const Shown &shown)
{
    Rows rows(diagram);
    rows.setShown(shown);
    return SvgWriter(diagram, palette, rows).write();
}

} // namespace parley::diagram
