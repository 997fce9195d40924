// SPDX-License-Identifier: MIT
// What another node of the same store has committed, as far as it concerns connections here.
#pragma once

#include "storage/messages.h"

#include <QMetaType>

#include <memory>
#include <vector>

namespace parley::coordinator {

struct Facts {
    struct Stored {
        storage::Message message; // of one that was told without its body, only receiver and seq
        qint64 unread = 0; // in the mailbox, with this one
        bool isWhole = false;
    };
    struct Removed {
        UserId receiver; // who confirmed them
        Time at;
        std::vector<storage::Message> messages; // without body and time; the sender, and the
                                                // clientId, only where a receipt is due
    };

    std::vector<Stored> stored;
    std::vector<Removed> removed;
    std::vector<UserId> presence; // who came or went
    std::vector<std::pair<UserId, ConnectionId>> replaced; // connections of this node that must end

    bool isEmpty() const
    {
        return stored.empty() && removed.empty() && presence.empty() && replaced.empty();
    }
};
using FactsPtr = std::shared_ptr<const Facts>;

} // namespace parley::coordinator

Q_DECLARE_METATYPE(parley::coordinator::FactsPtr)
