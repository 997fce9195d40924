// SPDX-License-Identifier: MIT
#pragma once

#include <QtGlobal>

#include <optional>
#include <string_view>

namespace parley::bench {

// What tells a message of the benchmark from all others. It is the message's clientId, and the
// beginning of its body.
struct Tag {
    static constexpr std::size_t Size = 24; // three times eight hexadecimal digits

    quint32 run = 0;
    quint32 pair = 0;
    quint32 number = 0; // 1, 2, 3 … within its pair

    void write(char *to) const; // Size characters
    static std::optional<Tag> read(std::string_view);
};

} // namespace parley::bench
