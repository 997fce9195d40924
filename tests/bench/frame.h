// SPDX-License-Identifier: MIT
// WebSocket frames (RFC 6455) as a client writes and reads them; just what the benchmark needs.
#pragma once

#include "bench/taken.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace parley::bench {

enum class Opcode : std::uint8_t {
    Continuation = 0,
    Text = 1,
    Binary = 2,
    Close = 8,
    Ping = 9,
    Pong = 10
};

// Appends one whole frame, masked, to what is to be written.
void appendFrame(std::string &out, Opcode, std::string_view payload, std::uint32_t mask);

struct Frame {
    Opcode opcode = Opcode::Text;
    bool last = true; // of its message
    std::string_view payload; // within the bytes that it was taken from
};

// Takes one whole server frame off the front of `bytes`; otherwise leaves them as they are.
Taken takeFrame(std::string_view &bytes, Frame &frame);

} // namespace parley::bench
