// SPDX-License-Identifier: MIT
// One WebSocket connection after its handshake: frames in, frames out, and the bounds of what waits
// in either direction.
#pragma once

#include "core/clock.h"
#include "gateway/transport/transport.h"
#include "gateway/websocket/endpoint.h"
#include "gateway/websocket/framereader.h"
#include "gateway/websocket/load.h"

#include <memory>

namespace parley::websocket {

// Lives on its transport's thread, with its owner, transport and share, which outlive it. It ends
// by Owner::onClosed(), and may not be destroyed in a call of its own.
class Connection {
public:
    class Owner {
    public:
        virtual ~Owner() = default;
        // Something happened: endTurn() is wanted at the end of the turn.
        virtual void touch() = 0;
        // The Close frame is the last that is written.
        virtual void onClosed(CloseCode) = 0;
        // The peer had ended its side, and has been answered all that it asked before.
        virtual void onEnded() = 0;
        // The peer cannot be written to.
        virtual void onGone() = 0;
    };

    Connection(Owner &, transport::Transport &, Share &, qint64 maxMessageBytes);
    ~Connection();

    // Once, first.
    void setEndpoint(std::unique_ptr<Endpoint> endpoint) { m_endpoint = std::move(endpoint); }

    // For the owner. What came, and whether the peer has ended its side.
    void received(std::span<char>);
    void peerEnded();
    void writable();
    // At the end of a turn: writes what was gathered.
    void endTurn();
    Instant sweep(Instant now); // as Endpoint::sweep()
    void goAway();
    // There is something for the endpoint to send.
    void wake() { m_endpoint->wake(); }

    // For the endpoint, and for its owner to end it.
    void send(const QByteArray &payload); // one text frame
    void resume() { readFrames(); }
    void close(CloseCode);
    // What the endpoint keeps in addition, in bytes.
    void keep(qint64 bytes) { m_kept = bytes; }
    qsizetype waiting() const { return m_transport.waiting(); }

private:
    void readFrames();
    void take(const FrameReader::Frame &);
    void writeFrame(int opcode, const QByteArray &payload);
    bool flush();
    bool mayRead() const;
    void account();
    void checkWaiting(Instant now);

    Owner &m_owner;
    transport::Transport &m_transport;
    Share &m_share;
    std::unique_ptr<Endpoint> m_endpoint;
    FrameReader m_frames;
    qint64 m_kept = 0; // by the endpoint
    Instant m_slowSince{};
    Instant m_stuckSince{}; // nothing of what waits was taken
    bool m_wasRead = false; // since the last sweep, some of it
    bool m_isOpen = true;
    bool m_isEnding = false; // no more frames: the peer has sent its Close, or we end
    bool m_peerHasEnded = false;
    bool m_isGoing = false;
    bool m_isReading = false;
    bool m_isPaused = false; // there may be frames that were not taken
};

} // namespace parley::websocket
