// SPDX-License-Identifier: MIT
// What all connections hold together, in bytes: unfinished frames, what waits to be read by peers,
// and what the endpoints keep for as long as they are there.
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
    // From its half on, room is made by those who do not read what they asked for, so that nobody
    // else has to care.
    bool isTight() const { return bytes() > m_most / 2; }
    // Whether somebody who holds so much of it may not add to it: nobody when all of it is gone,
    // and in its last quarter only who holds a little.
    bool isTooMuch(qint64 held) const
    {
        return bytes() > m_most || (bytes() > m_most / 4 * 3 && held > limits::FairBytes);
    }

private:
    friend class Share;
    const qint64 m_most;
    std::atomic<qint64> m_bytes = 0;
};

// What one connection holds of it; its end gives it back.
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

    // Whether so much that waits to be read by somebody who does not is needed for others.
    bool isInTheWay(qint64 waiting) const
    {
        return waiting > limits::FairBytes && m_load.isTight();
    }

private:
    Load &m_load;
    qint64 m_bytes = 0;
};

} // namespace parley::websocket
