// SPDX-License-Identifier: MIT
// The bytes that all connections use together: incomplete frames, what waits to be read by peers,
// and what the endpoints keep.
#pragma once

#include "core/limits.h"

#include <atomic>
#include <utility>

namespace parley::websocket {

// All functions: any thread.
class Load {
public:
    explicit Load(qint64 most)
        : m_most(most)
    {
    }

    qint64 bytes() const { return m_bytes.load(std::memory_order_relaxed); }
    // When half of it is used, connections that do not read what they asked for must make room, so
    // that no others are concerned.
    bool isTight() const { return bytes() > m_most / 2; }
    // Whether a connection that holds so much may not add to it: none may when all is used, and in
    // the last quarter only one that holds a little.
    bool isTooMuch(qint64 held) const
    {
        return bytes() > m_most || (bytes() > m_most / 4 * 3 && held > limits::FairBytes);
    }

private:
    friend class Share;
    const qint64 m_most;
    std::atomic<qint64> m_bytes = 0;
};

// The share of one connection; its destructor gives it back.
class Share {
public:
    explicit Share(Load &load)
        : m_load(load)
    {
    }
    ~Share() { set(0); }
    Q_DISABLE_COPY_MOVE(Share)

    // False: that is more than before, and too much.
    bool set(qint64 bytes)
    {
        const qint64 more = bytes - std::exchange(m_bytes, bytes);
        if (more != 0)
            m_load.m_bytes.fetch_add(more, std::memory_order_relaxed);
        return more <= 0 || !m_load.isTooMuch(bytes);
    }

    // Whether others need the memory of so much that waits for a peer that does not read.
    bool isInTheWay(qint64 waiting) const
    {
        return waiting > limits::FairBytes && m_load.isTight();
    }

private:
    Load &m_load;
    qint64 m_bytes = 0;
};

} // namespace parley::websocket
