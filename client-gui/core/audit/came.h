// SPDX-License-Identifier: MIT
// What comes in, as the checks look at it: mostly before the ledger learns of it.
#pragma once

#include "audit/connection.h"

#include <limits>
#include <optional>

namespace parley::audit {

// A reply on a pane's connection.
template <class Reply> struct Came {
    Connection &connection;
    const Reply &reply;
    const Asked *asked = nullptr; // the command that it answers; null: none that was seen

    UserId user() const { return connection.user; }
};

// A message that a pane was given, by a push or in a page.
struct Delivery {
    UserId user;
    const protocol::Message &message;
    std::optional<Seq> before; // of a page: the highest one before it, 0 of the first
};

// From now on it is certain that everything has been pushed which was accepted before this frame
// and by this time.
struct Fence {
    Connection &connection;
    qint64 frame;
    qint64 byUs;

    // The store answered: what was in it when the command went out has been pushed.
    static Fence ofStore(Connection &connection)
    {
        return {connection, connection.fence, std::numeric_limits<qint64>::max()};
    }
    static Fence ofHeartbeat(Connection &connection)
    {
        return {connection, connection.beat, connection.beatUs};
    }
};

} // namespace parley::audit
