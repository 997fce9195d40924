// SPDX-License-Identifier: MIT
#include "core/ids.h"

#include <algorithm>

namespace parley {

std::optional<UserId> parseUserId(QByteArrayView text)
{
    constexpr qsizetype MostDigits = 16; // of MaxInteger
    const bool isNumber = !text.isEmpty() && text.size() <= MostDigits && text.front() != '0'
        && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
    if (!isNumber)
        return std::nullopt;
    const qint64 value = text.toLongLong();
    return value <= MaxInteger ? std::optional(UserId(value)) : std::nullopt;
}

} // namespace parley
