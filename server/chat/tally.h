// SPDX-License-Identifier: MIT
#pragma once

#include "core/counters.h"
#include "core/errorcode.h"

namespace parley::chat {

// What the chat of one gateway counts, on its thread.
struct Tally {
    // Connections now. One without its HELLO counts as behind.
    Count live;
    Count behind;
    Count pushed; // messages to live connections
    Count looks; // at a mailbox, for messages that other nodes stored
    Durations sent; // from the SEND to its SENT
    std::array<Count, ErrorCodes> errors; // commands and frames, by the code

    void countError(ErrorCode code) { errors[size_t(code)].add(); }
};

} // namespace parley::chat
