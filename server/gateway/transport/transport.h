// SPDX-License-Identifier: MIT
// A byte stream to one peer: plain TCP, or whatever else carries one.
#pragma once

#include <QByteArrayView>

#include <span>

namespace parley::transport {

// Lives on one thread. Nothing is called while a call is made.
class Transport {
public:
    // Its owner, which outlives it.
    class Owner {
    public:
        virtual ~Owner() = default;
        // There is something to read(), perhaps the end.
        virtual void onReadable() = 0;
        // There is room to flush() what is waiting.
        virtual void onWritable() = 0;
    };

    enum class Peer {
        There,
        Ended, // it sends nothing more; it may still read
        Gone,
    };
    // Of what comes before the first byte: TLS's handshake.
    enum class Stage {
        Silent, // the peer has said nothing yet
        Handshake,
        NotTls, // the peer speaks something else; what is written reaches it as it is
        Ready,
    };
    struct Input {
        std::span<char> bytes; // in the room that was given; empty when none have come yet
        Peer peer = Peer::There;
    };

    virtual ~Transport() = default;

    // Fills `room` once.
    virtual Input read(std::span<char> room) = 0;
    // Whether the owner is told onReadable(). At first it is.
    virtual void setReading(bool) = 0;
    // Queues both until flush().
    virtual void write(QByteArrayView head, QByteArrayView body = {}) = 0;
    // Writes what can be taken, and the rest when onWritable() flushes again. False: the peer is
    // gone.
    virtual bool flush() = 0;
    // Bytes queued and not yet with the kernel.
    virtual qsizetype waiting() const = 0;
    // Tells the peer that nothing more will come. To be called when nothing is waiting.
    virtual void endWriting() = 0;
    virtual Stage stage() const { return Stage::Ready; }
    // The handshake was a short one, with what was agreed on before.
    virtual bool isResumed() const { return false; }
};

} // namespace parley::transport
