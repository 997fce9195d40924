// SPDX-License-Identifier: MIT
#pragma once

#include "bench/target.h"
#include "bench/tlsclient.h"

#include <memory>
#include <string>
#include <string_view>

namespace parley::bench {

// Whom a stream tells what has come of it.
class StreamOwner {
public:
    virtual void opened() = 0; // from now on something may be queued
    virtual void received(std::string_view) = 0; // a message; of a plain stream, any bytes
    virtual void allReceived() = 0; // everything that one read() brought
    virtual void queued() = 0; // something is to be flushed, and nothing was before
    virtual void flushed() = 0; // everything that was queued is written
    virtual void finished() = 0; // after close()
    virtual void broken(std::string_view why) = 0; // without close()

protected:
    ~StreamOwner() = default;
};

// A client's raw socket: it is told by its owner when to read and to write. By itself it carries
// bytes as they are.
class Stream {
public:
    explicit Stream(StreamOwner &owner)
        : m_owner(owner)
    {
    }
    Stream(const Stream &) = delete;
    Stream &operator=(const Stream &) = delete;
    virtual ~Stream();

    enum class State { Closed, Connecting, Opening, Open, Closing };
    State state() const { return m_state; }
    int descriptor() const { return m_fd; }

    bool connect(const Target &, UserId, int index); // false with errno set
    // Nothing is written before flush(); when it is not open, never.
    void queue(std::string_view message);
    // Writes what is queued; what the socket does not take waits for it to become writable.
    void flush();
    // Something waits for the socket to become writable; TLS may have to read first.
    bool hasQueued() const { return isWaiting() && !(m_tls && m_tls->mustRead()); }
    // Says farewell; finished() follows, when the server has closed, too.
    void close();
    void drop(); // at once, without a word

    // The socket is readable: takes what is there, at most `size` bytes, into `buffer`, which is
    // shared by all. One call a turn, so that nobody starves.
    void read(char *buffer, std::size_t size);
    void writable();

protected:
    virtual void connecting(const Target &, UserId) { }
    virtual void connected() { open(); } // state Opening
    virtual void append(std::string &out, std::string_view message) { out.append(message); }
    virtual void appendFarewell(std::string &) { }
    virtual void take(std::string_view bytes) { m_owner.received(bytes); }
    virtual void dropped() { } // whatever it holds is to be given back

    StreamOwner &owner() { return m_owner; }
    void open(); // state Open
    void fail(std::string_view why);
    // `append` adds to what is to be written.
    template <class Append> void write(Append append)
    {
        const bool first = !isWaiting();
        append(m_out);
        if (first && isWaiting())
            m_owner.queued();
    }

private:
    bool isWaiting() const { return m_outAt < m_out.size(); }
    void fail(); // with errno, or what went wrong in TLS
    bool receive(char *buffer, std::size_t size);

    StreamOwner &m_owner;
    int m_fd = -1;
    State m_state = State::Closed;
    std::unique_ptr<TlsClient> m_tls; // null: plain
    std::string m_out;
    std::size_t m_outAt = 0;
};

} // namespace parley::bench
