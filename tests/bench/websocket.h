// SPDX-License-Identifier: MIT
#pragma once

#include "bench/frame.h"
#include "bench/target.h"

namespace parley::bench {

// A client's WebSocket over a raw socket: it is told by its owner when to read and to write, and
// tells by its virtual functions what has come.
class WebSocket {
public:
    WebSocket() = default;
    WebSocket(const WebSocket &) = delete;
    WebSocket &operator=(const WebSocket &) = delete;
    virtual ~WebSocket();

    enum class State { Closed, Connecting, Upgrading, Open, Closing };
    State state() const { return m_state; }
    int descriptor() const { return m_fd; }

    bool connect(const Target &, UserId, int index); // false with errno set
    // Queues a message; nothing is written before flush().
    void queueText(std::string_view payload);
    // Writes what is queued; what the socket does not take waits for it to become writable.
    void flush();
    bool hasQueued() const { return m_outAt < m_out.size(); }
    // Says farewell; finished() follows, when the server has closed, too.
    void close();
    void drop(); // at once, without a word

    // The socket is readable: takes what is there, at most `size` bytes, into `buffer`, which is
    // shared by all. One call a turn, so that nobody starves.
    void read(char *buffer, std::size_t size);
    void writable();

protected:
    virtual void received(std::string_view text) = 0;
    virtual void allReceived() = 0; // everything that one read() brought
    virtual void queued() = 0; // something is to be flushed, and nothing was before
    virtual void flushed() = 0; // everything that was queued is written
    virtual void finished() = 0; // after close()
    virtual void broken(std::string_view why) = 0; // without close()

private:
    void fail(std::string_view why);
    bool takeAnswer(std::string_view &bytes);
    void take(std::string_view &bytes);
    void take(const Frame &);
    void takeText(const Frame &);
    void takeClose(std::string_view payload);
    void queue(Opcode, std::string_view payload);

    int m_fd = -1;
    State m_state = State::Closed;
    std::string m_request;
    std::string m_in; // the beginning of what is not all there
    std::string m_fragments; // likewise, of a message in several frames
    std::string m_out;
    std::size_t m_outAt = 0;
    std::uint32_t m_mask = 0x9e3779b9;
};

} // namespace parley::bench
