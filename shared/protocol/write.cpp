// SPDX-License-Identifier: MIT
#include "protocol/write.h"

#include <charconv>
#include <cstring>

namespace parley::protocol {
namespace {

bool wantsEscape(char c)
{
    return uchar(c) < 0x20 || c == '"' || c == '\\';
}

// The same of eight at once: subtracting borrows from the top bit of just such a byte.
bool noneWantsEscape(const char *eight)
{
    constexpr quint64 Each = 0x0101010101010101;
    quint64 word;
    std::memcpy(&word, eight, sizeof word);
    const quint64 control = word - Each * 0x20;
    const quint64 quote = (word ^ Each * '"') - Each;
    const quint64 backslash = (word ^ Each * '\\') - Each;
    return ((control | quote | backslash) & ~word & Each * 0x80) == 0;
}

const char *findEscape(const char *at, const char *end)
{
    while (end - at >= 8 && noneWantsEscape(at))
        at += 8;
    while (at != end && !wantsEscape(*at))
        ++at;
    return at;
}

void appendEscape(QByteArray &out, char c)
{
    constexpr char Hex[] = "0123456789abcdef";
    switch (c) {
    case '"':
        out.append("\\\"");
        break;
    case '\\':
        out.append("\\\\");
        break;
    case '\n':
        out.append("\\n");
        break;
    case '\r':
        out.append("\\r");
        break;
    case '\t':
        out.append("\\t");
        break;
    default:
        out.append("\\u00").append(Hex[c >> 4]).append(Hex[c & 15]);
    }
}

} // namespace

void appendText(QByteArray &out, QByteArrayView text)
{
    out.append('"');
    for (const char *at = text.begin(), *const end = text.end();;) {
        const char *const stop = findEscape(at, end);
        out.append(at, stop - at);
        if (stop == end)
            break;
        appendEscape(out, *stop);
        at = stop + 1;
    }
    out.append('"');
}

void appendNumber(QByteArray &out, qint64 number)
{
    char digits[20];
    const auto result = std::to_chars(digits, digits + sizeof digits, number);
    out.append(digits, result.ptr - digits);
}

} // namespace parley::protocol
