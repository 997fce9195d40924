// SPDX-License-Identifier: MIT
#pragma once

#include "protocol/trace.h"

#include <deque>
#include <map>
#include <set>

namespace parley::audit {

// What the server's own trace told of the newest messages. Its steps come in the order in which
// they were done, which is another than that of the frames.
class Traced {
public:
    static constexpr size_t MostMessages = 200'000;

    struct Message {
        bool isStored = false;
        bool isSeen = false; // delivered, fetched or answered
        QByteArray clientId; // as it was stored
    };

    // Steps are missing: one of them may be what makes another right.
    void forgetMessages();
    void forgetAll();
    void note(const protocol::TraceEvent &);

    // Null: nothing was told of it.
    const Message *find(UserId mailbox, Seq) const;
    bool hasConfirmed(UserId user) const { return m_confirmers.contains(user); }

private:
    using Place = std::pair<UserId, Seq>;
    Message &at(UserId mailbox, Seq);

    std::map<Place, Message> m_messages;
    std::deque<Place> m_order;
    std::set<UserId> m_confirmers; // of whom a CONFIRM was told
};

} // namespace parley::audit
