// SPDX-License-Identifier: MIT
#include "bench/frame.h"

#include <cstring>

namespace parley::bench {

namespace {

// More than any frame of the server's: a longer one would be a defect, not mail.
constexpr std::uint64_t MaxPayloadBytes = 16 << 20;

void appendBigEndian(std::string &out, std::uint64_t value, int bytes)
{
    while (bytes-- > 0)
        out.push_back(char(value >> (8 * bytes)));
}

// The mask repeats every four bytes, so eight at a time need no shifting.
void applyMask(char *at, std::size_t size, std::uint32_t mask)
{
    const std::uint64_t twice = std::uint64_t(mask) << 32 | mask;
    for (; size >= sizeof twice; at += sizeof twice, size -= sizeof twice) {
        std::uint64_t word;
        std::memcpy(&word, at, sizeof word);
        word ^= twice;
        std::memcpy(at, &word, sizeof word);
    }
    char key[sizeof twice];
    std::memcpy(key, &twice, sizeof key);
    for (std::size_t i = 0; i < size; ++i)
        at[i] ^= key[i];
}

} // namespace

void appendFrame(std::string &out, Opcode opcode, std::string_view payload, std::uint32_t mask)
{
    const std::size_t size = payload.size();
    out.push_back(char(0x80 | int(opcode)));
    if (size < 126) {
        out.push_back(char(0x80 | size));
    } else if (size < 65536) {
        out.push_back(char(0x80 | 126));
        appendBigEndian(out, size, 2);
    } else {
        out.push_back(char(0x80 | 127));
        appendBigEndian(out, size, 8);
    }
    char key[sizeof mask];
    std::memcpy(key, &mask, sizeof key);
    out.append(key, sizeof key);
    const std::size_t start = out.size();
    out.append(payload);
    applyMask(out.data() + start, size, mask);
}

Taken takeFrame(std::string_view &bytes, Frame &frame)
{
    const auto at = [&](std::size_t i) { return std::uint8_t(bytes[i]); };
    if (bytes.size() < 2)
        return Taken::Incomplete;
    // Reserved bits, or a mask that only clients set.
    if ((at(0) & 0x70) != 0 || (at(1) & 0x80) != 0)
        return Taken::Malformed;
    std::uint64_t size = at(1);
    std::size_t head = 2;
    if (size >= 126) {
        head += size == 126 ? 2 : 8;
        if (bytes.size() < head)
            return Taken::Incomplete;
        size = 0;
        for (std::size_t i = 2; i < head; ++i)
            size = size << 8 | at(i);
    }
    if (size > MaxPayloadBytes)
        return Taken::Malformed;
    if (bytes.size() - head < size)
        return Taken::Incomplete;
    frame.opcode = Opcode(at(0) & 0x0f);
    frame.last = (at(0) & 0x80) != 0;
    frame.payload = bytes.substr(head, size);
    bytes.remove_prefix(head + size);
    return Taken::Whole;
}

} // namespace parley::bench
