// SPDX-License-Identifier: MIT
#include "frames/prettyjson.h"

#include "protocol/codec.h"
#include "protocol/json.h"

#include <QCoreApplication>

#include <algorithm>

namespace parley::frames {
namespace {

constexpr int DeepestIndent = 32; // levels; what is deeper stands below it
constexpr int SpacesPerLevel = 2;
constexpr int HexPerLine = 16;
constexpr int HexLineChars = 77;

QString tr(const char *text)
{
    return QCoreApplication::translate("parley::frames", text);
}

bool isSpace(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

// Any value, though the parser takes objects only: it is the one member of an object here.
bool isJson(QByteArrayView text)
{
    const auto wrapped = protocol::json::parse("{\"a\":" + text.toByteArray() + '}');
    int members = 0;
    return wrapped && wrapped->eachMember([&](QByteArrayView, protocol::json::Value) {
        return ++members == 1;
    });
}

// Of JSON that is known to be valid.
class Printer {
public:
    Printer(QByteArrayView json, qsizetype most)
        : m_at(json.begin())
        , m_end(json.end())
        , m_most(most)
    {
        m_out.reserve(std::min(most, json.size() * 2));
    }

    QByteArray print()
    {
        while (m_at != m_end) {
            step();
            if (m_out.size() > m_most)
                return {};
        }
        return m_out;
    }

private:
    void step()
    {
        const char c = *m_at;
        if (c == '"')
            return copyString();
        ++m_at;
        if (isSpace(c))
            return;
        if (c == '{' || c == '[')
            open(c);
        else if (c == '}' || c == ']')
            close(c);
        else if (c == ',')
            separate();
        else if (c == ':')
            m_out.append(": ");
        else
            m_out.append(c);
    }

    void separate()
    {
        m_out.append(m_isInline ? ", " : ",");
        newLine();
    }

    void copyString()
    {
        const char *const begin = m_at++;
        while (*m_at != '"')
            m_at += *m_at == '\\' ? 2 : 1;
        m_out.append(begin, ++m_at - begin);
    }

    void open(char c)
    {
        m_out.append(c);
        while (m_at != m_end && isSpace(*m_at))
            ++m_at;
        if (*m_at == '}' || *m_at == ']') {
            m_out.append(*m_at++);
            return;
        }
        ++m_depth;
        m_isInline = c == '[' && holdsOnlyScalars();
        newLine();
    }

    void close(char c)
    {
        --m_depth;
        newLine();
        m_isInline = false;
        m_out.append(c);
    }

    // Looks as far as the first bracket, so that nothing is looked at twice.
    bool holdsOnlyScalars() const
    {
        for (const char *at = m_at; at != m_end; ++at) {
            if (*at == '"') {
                for (++at; *at != '"'; ++at)
                    at += *at == '\\' ? 1 : 0;
            } else if (*at == '{' || *at == '[' || *at == ']') {
                return *at == ']';
            }
        }
        return false;
    }

    void newLine()
    {
        if (m_isInline)
            return;
        m_out.append('\n');
        m_out.append(SpacesPerLevel * std::min(m_depth, DeepestIndent), ' ');
    }

    const char *m_at;
    const char *const m_end;
    const qsizetype m_most;
    QByteArray m_out;
    int m_depth = 0;
    bool m_isInline = false; // within an array of nothing but scalars
};

} // namespace

QByteArray prettyJson(QByteArrayView json, qsizetype most)
{
    if (json.size() > most || !isJson(json))
        return {};
    return Printer(json, most).print();
}

QString hexDump(QByteArrayView bytes, qsizetype most)
{
    QString dump;
    const qsizetype shown = std::min(bytes.size(), most / HexLineChars * HexPerLine);
    for (qsizetype offset = 0; offset < shown; offset += HexPerLine) {
        const auto line = bytes.sliced(offset, std::min<qsizetype>(HexPerLine, shown - offset));
        QString ascii;
        for (const char c : line)
            ascii += QLatin1Char(c >= ' ' && c <= '~' ? c : '.');
        const QByteArray hex = line.toByteArray().toHex(' ');
        dump += QStringLiteral("%1  %2  %3\n")
                    .arg(offset, 8, 16, QLatin1Char('0'))
                    .arg(QString::fromLatin1(hex), -(HexPerLine * 3 - 1))
                    .arg(ascii);
    }
    return dump;
}

QString readable(const Frame &frame)
{
    const QByteArray &payload = frame.payload;
    const auto rest = [&](qsizetype shown) {
        return shown >= payload.size() ? QString()
                                       : tr("\n... %1 more bytes").arg(payload.size() - shown);
    };
    if (frame.isBinary || !protocol::isUtf8(payload)) {
        const qsizetype shown = MostShownBytes / HexLineChars * HexPerLine;
        return hexDump(payload) + rest(shown);
    }
    if (const QByteArray pretty = prettyJson(payload); !pretty.isNull())
        return QString::fromUtf8(pretty);
    qsizetype shown = std::min(payload.size(), MostShownBytes);
    while (shown < payload.size() && shown > 0 && (payload[shown] & 0xc0) == 0x80)
        --shown;
    return QString::fromUtf8(payload.first(shown)) + rest(shown);
}

} // namespace parley::frames
