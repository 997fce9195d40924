// SPDX-License-Identifier: MIT
// Delivers the new messages of mailboxes to those connections of a gateway that are their owners',
// in order, from whichever node they come.
#pragma once

#include "chat/sequence.h"
#include "storage/store.h"

#include <set>
#include <unordered_map>
#include <vector>

namespace parley::chat {

class Connection;
class Router;

class Delivery {
public:
    using Connections = std::vector<Connection *>;

    // Asks by way of the router, under this id.
    Delivery(Router &, ConnectionId id);

    void opened(Connection &);
    void closed(Connection &);
    const Connections &connectionsOf(UserId) const;
    // One of the user's connections is live, from this seq on; or is so no longer.
    void follow(UserId, Seq next);
    void unfollow(UserId);

    // A new message of a mailbox, of this node or of another. What others before it are missing is
    // looked for.
    void deliver(const storage::StoreMessage &, const storage::Stored &);
    void deliver(UserId receiver, NewMessage &&);
    // There is one, of which no more is known.
    void heardOf(UserId receiver, Seq);
    // Facts of other nodes may be missing: looks at the mailboxes of all who are live.
    void checkAll();
    // Asks what there is to ask: after each batch.
    void ask();
    // Now and then: asks again what was refused.
    void sweep();

    // This is asked of the store, by whomever; and this is the outcome.
    void asked(const storage::Action &);
    void answered(const storage::Operation &, const storage::Outcome &);

private:
    // Who is connected, or is about to be.
    struct Member {
        Connections connections;
        Sequence sequence;
        int readings = 0; // times that the mailbox is being read
    };
    using Members = std::unordered_map<UserId, Member>;

    void deliver(Members::value_type &, NewMessage &&);
    void push(const Member &, const NewMessage &);
    void pushHeld(Member &);
    void noteMissing(UserId, const Sequence &);
    void look(UserId, Sequence &);
    void askChecks();
    void noteMailbox(UserId, Sequence &, const storage::Operation &, const storage::Outcome &);
    void noteLook(const storage::Operation &, const storage::Outcome &);
    void noteFound(UserId, Member &, const storage::Fetched &);
    void forgetIdle(Members::iterator);

    Router &m_router;
    const ConnectionId m_id;
    qint64 m_heldBytes = 0; // of the members' sequences
    Members m_members;
    std::set<UserId> m_missing; // members whose sequence misses something
    int m_looks = 0; // under way
    qint64 m_lookNumber = 0; // of the last one
    bool m_mayLook = true; // the store answered the last one, or there was a sweep since
    std::pair<UserId, qint64> m_found; // by a look: whose mailbox, and how much is in it
    std::vector<UserId> m_unchecked; // by checkAll()
    size_t m_checks = 0; // under way
};

} // namespace parley::chat
