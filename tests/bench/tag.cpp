// SPDX-License-Identifier: MIT
#include "bench/tag.h"

#include <charconv>

namespace parley::bench {

void Tag::write(char *to) const
{
    for (const quint32 part : {run, pair, number}) {
        for (int shift = 28; shift >= 0; shift -= 4)
            *to++ = "0123456789abcdef"[part >> shift & 15];
    }
}

std::optional<Tag> Tag::read(std::string_view text)
{
    if (text.size() < Size)
        return std::nullopt;
    Tag tag;
    const char *at = text.data();
    for (quint32 *part : {&tag.run, &tag.pair, &tag.number}) {
        if (std::from_chars(at, at + 8, *part, 16).ptr != at + 8)
            return std::nullopt;
        at += 8;
    }
    return tag;
}

} // namespace parley::bench
