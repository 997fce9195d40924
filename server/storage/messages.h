// SPDX-License-Identifier: MIT
// What is done with messages: operations, and what comes of each. Plain values.
#pragma once

#include "core/clock.h"
#include "core/errorcode.h"
#include "core/ids.h"

#include <QByteArray>

#include <optional>
#include <vector>

namespace parley::storage {

// A message as the table `unread` holds it. Texts are UTF-8 without U+0000; null clientId: none.
struct Message {
    UserId receiver;
    Seq seq;
    UserId sender;
    QByteArray clientId;
    QByteArray body;
    Time sentAt;
    bool receipt = false;
};

// Stores a message in its receiver's mailbox under the mailbox's next seq.
//  1. A clientId that this sender used before (see Limits::idempotency) stores nothing: it is
//     answered with the first Stored and duplicate = true, or IdReused for another receiver.
//  2. Else `refusal`, when it is set, is the answer. (The asker refuses it, but only the store
//     knows whether the key is known, which comes first.)
//  3. Else UnknownUser when the receiver does not exist or is disabled.
//  4. Else MailboxFull when the mailbox holds Limits::mailboxMessages messages, or when its bodies
//     together with this one would pass Limits::mailboxBytes.
// A refused message takes no seq and leaves its key free.
struct StoreMessage {
    UserId sender;
    UserId receiver;
    QByteArray clientId;
    QByteArray body;
    bool receipt = false;
    std::optional<ErrorCode> refusal;
};
struct Stored {
    Seq seq;
    Time sentAt;
    bool duplicate = false;
    qint64 unread = 0; // in the mailbox now, with this one; unset for a duplicate
};

// Removes the user's unread messages with these seqs, or all up to one. What is not there is no
// error. Marks the removed in the memory of clientIds as confirmed now.
struct Confirm {
    UserId user;
    std::vector<Seq> seqs;
    std::optional<Seq> upTo;
};
struct Confirmed {
    // What was removed by this operation, ascending by seq; body is null.
    std::vector<Message> removed;
    qint64 bytes = 0; // of their bodies
};

// The oldest unread messages with seq > after, ascending, at most `limit`, and no more than fit
// into maxBytes of bodies (but always one).
struct Fetch {
    UserId user;
    Seq after;
    int limit = 0;
    qint64 maxBytes = 0;
};
struct Fetched {
    std::vector<Message> messages;
    bool more = false; // later ones are there
    Seq lastSeq; // the mailbox's last seq at the moment of reading
};

// What became of a message that was sent with this clientId.
struct Track {
    UserId sender;
    QByteArray clientId;
};
struct Tracked {
    bool known = false; // the rest is unset when not
    UserId receiver;
    Seq seq;
    Time sentAt;
    std::optional<Time> confirmedAt; // unset: still unread
};

// How full a mailbox is.
struct ReadMailbox {
    UserId user;
};
struct Mailbox {
    qint64 count = 0;
    Seq firstSeq; // 0: nothing unread
    Seq lastSeq; // that was ever given out; 0: none
    qint64 bytes = 0; // of the bodies in it
    // Of the whole store: another one after it was restored, for then seqs come again with other
    // messages.
    QByteArray epoch = {};
};

} // namespace parley::storage
