// SPDX-License-Identifier: MIT
// What a chat connection needs from its transport, and how the store answers it.
#pragma once

#include "core/closecode.h"
#include "storage/store.h"

namespace parley::chat {

// The transport of one connection. Called on its gateway's thread only.
class Outlet {
public:
    virtual ~Outlet() = default;
    // Queues one text frame with this payload; shared, never copied by the caller.
    virtual void send(const QByteArray &payload) = 0;
    // What was sent before still goes out, nothing after it. The connection ends later, not in this
    // call.
    virtual void endWith(CloseCode) = 0;
    // The connection takes commands again after isSaturated().
    virtual void resume() = 0;
    // The connection keeps so many bytes, in addition to what it has sent, until the next call.
    virtual void keep(qint64 bytes) = 0;
    // Bytes that were sent, and are not yet on their way to the peer.
    virtual qint64 waiting() const = 0;
};

// One that asks the store something through a Router, and gets the outcomes.
class Asker {
public:
    virtual ~Asker() = default;
    // Outcomes come in the order of the questions, on the asker's thread.
    virtual void answered(const storage::Operation &, const storage::Outcome &, Time at) = 0;
};

} // namespace parley::chat
