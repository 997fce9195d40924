// SPDX-License-Identifier: MIT
#pragma once

#include "client/backoff.h"
#include "client/identity.h"
#include "client/outbox.h"
#include "core/limits.h"

#include <QUrl>

namespace parley::client {

struct Options {
    QUrl server; // ws://host:port or wss://host:port
    Identity identity;

    bool heartbeat = true; // off: the server ends the connection after its timeout
    bool autoConfirm = true; // confirms what messageReceived() has been emitted for
    bool autoFetch = true; // fetches by itself whatever is missing
    bool receipts = false; // asks for a RECEIPT where send() does not say

    Outbox::Capacity outbox;
    Backoff::Settings backoff;
    int fetchLimit = limits::Fetch; // messages in one page
    milliseconds handshakeTimeout{10'000}; // from the attempt to HELLO; likewise each login
    milliseconds closeTimeout = limits::CloseTimeout;
    milliseconds answerTimeout{30'000}; // for a SEND to be answered while heartbeats are

    // What a server may make us hold in memory at once.
    qint64 frameBytes = 4 << 20;
};

} // namespace parley::client
