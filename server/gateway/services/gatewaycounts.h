// SPDX-License-Identifier: MIT
#pragma once

#include "chat/tally.h"
#include "gateway/services/admission.h"

#include <memory>

namespace parley::gateway {

// What one gateway counts, on its thread.
struct GatewayCounts {
    GatewayCounts(int index, std::shared_ptr<const chat::Tally> chat)
        : index(index)
        , chat(std::move(chat))
    {
    }

    const int index;
    const std::shared_ptr<const chat::Tally> chat;
    SocketCounts sockets;
    // TLS handshakes: those of the last sweep, and all that ended.
    Count handshakes;
    Count handshakesWaiting;
    Count handshakesMade; // not resumed
    Count handshakesResumed;
    Count handshakesFailed; // begun, and not made
};

} // namespace parley::gateway
