// SPDX-License-Identifier: MIT
// What the nodes of one store tell each other. They may not rely on it: what is told can be lost,
// doubled, late, or in another order. The store has the truth.
#pragma once

#include "core/result.h"
#include "storage/batch.h"

#include <QByteArray>

#include <span>
#include <vector>

namespace parley::storage {

// How large a notice may be, in bytes of UTF-8 without U+0000. (PostgreSQL: under 8000.)
inline constexpr qsizetype NoticeBytes = 7900;

// Used by two threads: one publishes and reads, the other listens. Every call waits until it is
// done, and connects anew when that is needed.
class Bus {
public:
    virtual ~Bus() = default;

    // Tells these to all who listen, the teller too. A Failure: perhaps not.
    virtual Done publish(std::span<const QByteArray> notices) = 0;
    // The last commit of each writer that wrote lately, of this moment.
    virtual Result<std::vector<CommitMark>> readMarks() = 0;

    // Begins to listen, anew if it did already: what is told from when this returns on is heard.
    virtual Done listen() = 0;
    // What was heard since the last call; waits for it, but not longer than that. Failure: listen
    // again.
    virtual Result<std::vector<QByteArray>> hear(milliseconds patience) = 0;
    // From any thread: hear() returns at once from now on.
    virtual void interrupt() = 0;
};

} // namespace parley::storage
