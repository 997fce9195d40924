// SPDX-License-Identifier: MIT
#include "core/secrettext.h"

#include "core/limits.h"

#include <algorithm>

namespace parley {

namespace {

qsizetype endOfLine(const QByteArray &text)
{
    const auto isEnd = [](char c) { return c == '\n' || c == '\r'; };
    return std::ranges::find_if(text, isEnd) - text.begin();
}

bool isControl(char c)
{
    return (c >= 0 && c < ' ') || c == 0x7f;
}

} // namespace

Result<QByteArray> withoutMark(const QByteArray &text)
{
    if (text.startsWith("\xff\xfe") || text.startsWith("\xfe\xff"))
        return Failure{QStringLiteral("it is UTF-16; UTF-8 is expected")};
    return text.startsWith("\xef\xbb\xbf") ? text.sliced(3) : text;
}

Result<QByteArray> secretOf(const QByteArray &text)
{
    if (text.size() > limits::SecretBytes)
        return Failure{QStringLiteral("a secret has at most %1 bytes").arg(limits::SecretBytes)};
    const auto plain = withoutMark(text);
    if (!plain)
        return plain.failure();
    const QByteArray line = plain->first(endOfLine(*plain));
    const auto isMore = [](char c) { return c != '\n' && c != '\r'; };
    const QByteArray rest = plain->sliced(line.size());
    if (std::ranges::any_of(rest, isMore) && !line.isEmpty())
        return Failure{QStringLiteral("line 2: a secret must be one line")};
    if (line.isEmpty())
        return Failure{QStringLiteral("must not be empty")};
    if (std::ranges::any_of(line, isControl))
        return Failure{QStringLiteral("a secret must not contain control characters")};
    if (line.startsWith(' ') || line.endsWith(' '))
        return Failure{QStringLiteral("a secret must not begin or end with white space")};
    return line;
}

} // namespace parley
