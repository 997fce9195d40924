// SPDX-License-Identifier: MIT
// What is known of mailboxes, so that it need not be read again for each batch.
#pragma once

#include "storage/messages.h"
#include "storage/sql/database.h"

#include <span>
#include <unordered_map>

namespace parley::storage::sql {

// A message in `unread`, without its body.
struct Unread {
    Message message;
    qint64 bytes = 0; // of the body
    std::optional<qint64> sentRow; // the number of its row in `sent`, as far as known
};

// A mailbox's row, and whether its user is enabled.
struct Box {
    qint64 lastSeq = 0;
    qint64 count = 0;
    qint64 bytes = 0;
    bool enabled = false;
    std::vector<Unread> unread = {}; // all that it holds, or nothing; ascending

    // Whether `unread` is all that it holds.
    bool isWhole() const { return count == qint64(unread.size()); }
};

// It is exact within a transaction that has locked what it holds, and for as long afterwards as
// nobody else writes. Whoever writes a mailbox or a user keeps it so.
class Mailboxes {
public:
    // Locks those of these users that are not known, and reads them. Invalidates what find() gave.
    Done lock(Database &, std::span<const UserId> ascending);
    // Null: there is no such user, or he was not asked for.
    Box *find(UserId user)
    {
        const auto it = m_boxes.find(user);
        return it == m_boxes.end() ? nullptr : &it->second;
    }
    void forget(UserId);

    // Adds the newest message to a box that was whole without it. False: there is no room, and the
    // box knows none of its messages until it has none.
    bool keep(Box &, Unread);
    // Takes those with first <= seq <= last out of a box, ascending.
    std::vector<Unread> take(Box &, Seq first, Seq last);

private:
    void empty(Box &);

    std::unordered_map<UserId, Box> m_boxes;
    size_t m_kept = 0; // messages, in all of them
};

} // namespace parley::storage::sql
