// SPDX-License-Identifier: MIT
// What is known of mailboxes, so that it need not be read again for each batch.
#pragma once

#include "core/ids.h"
#include "storage/sql/database.h"

#include <span>
#include <unordered_map>

namespace parley::storage::sql {

// A mailbox's row, and whether its user is enabled.
struct Box {
    qint64 lastSeq = 0;
    qint64 count = 0;
    qint64 bytes = 0;
    bool enabled = false;
};

// It is exact within a transaction that has locked what it holds, and for as long afterwards as
// nobody else writes. Code that writes a mailbox or a user keeps it so.
class Mailboxes {
public:
    // Locks those of these users that are not known, and reads them. Invalidates what find() gave.
    Done lock(Database &, std::span<const UserId> ascending);
    // Null: there is no such user, or they were not asked for.
    Box *find(UserId user)
    {
        const auto it = m_boxes.find(user);
        return it == m_boxes.end() ? nullptr : &it->second;
    }
    void forget(UserId user) { m_boxes.erase(user); }

private:
    std::unordered_map<UserId, Box> m_boxes;
};

} // namespace parley::storage::sql
