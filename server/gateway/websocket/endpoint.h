// SPDX-License-Identifier: MIT
// The receiver of the frames of a WebSocket connection: the chat or the trace.
#pragma once

#include "core/clock.h"
#include "core/closecode.h"

#include <QByteArrayView>

namespace parley::websocket {

// Owned by its connection, which calls it on its own thread.
class Endpoint {
public:
    virtual ~Endpoint() = default;

    // A whole text message, valid UTF-8; a whole binary message.
    virtual void text(QByteArrayView) = 0;
    virtual void binary() = 0;
    // The peer has sent something, whatever it was.
    virtual void heard() = 0;
    // Whether it takes more frames now. When it can again, it calls Connection::resume().
    virtual bool isReady() const = 0;
    // It was not ready, and is not read any further meanwhile.
    virtual void pause() = 0;
    // All that could be written is: there may be room for more.
    virtual void drained() = 0;
    // Somebody called Connection::wake().
    virtual void wake() = 0;
    // The server is shutting down: tells the peer.
    virtual void goAway() = 0;
    // Nothing that the peer asked is unanswered.
    virtual bool isIdle() const = 0;
    // Ends the connection by Connection::close(): at once, or when all that was asked is answered.
    virtual void close(CloseCode) = 0;
    virtual void closeInTurn(CloseCode) = 0;
    // Every limits::SweepInterval, but not before the moment that it returned, unless something
    // came or went meanwhile.
    virtual Instant sweep(Instant now) = 0;
};

} // namespace parley::websocket
