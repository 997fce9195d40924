// SPDX-License-Identifier: MIT
#pragma once

#include "audit/mailbox.h"
#include "protocol/replies.h"

#include <QHash>

namespace parley::audit {

// A command that went out and is to be answered.
struct Asked {
    enum class What { Send, Confirm, Fetch, Track, Heartbeat, Status, Watch, Bad };
    What what = What::Bad;
    qint64 frame = 0;
    qint64 atUs = 0;
    protocol::Ref ref;
    QByteArray clientId; // of a SEND and a TRACK
    UserId receiver; // of a SEND
    quint64 body = 0; // likewise
    Seq top; // the highest seq then known to be given out: of the receiver's mailbox, or one's own
    Seq after; // of a FETCH
    protocol::Confirm confirm = {};
    Mailbox::Bounds bounds = {}; // of what the CONFIRM removes
    qint64 others = 0; // CONFIRMs that other connections had sent for this mailbox by then
};

// Whether it may be the answer to this command.
bool answers(const protocol::Sent &, const Asked &);
bool answers(const protocol::Messages &, const Asked &);
bool answers(const protocol::Confirmed &, const Asked &);
bool answers(const protocol::Tracked &, const Asked &);
bool answers(const protocol::HeartbeatReply &, const Asked &);
bool answers(const protocol::StatusReply &, const Asked &);
bool answers(const protocol::Error &, const Asked &);

// It says of no command that it is the one.
bool isNameless(const protocol::Error &);

// What is known of one pane's connection.
struct Connection {
    static constexpr size_t MostAsked = 50'000;
    static constexpr qsizetype MostReceivers = 10'000;

    enum class Feed {
        Unknown,
        Live,
        Behind,
    };
    UserId user;
    bool isOpen = false; // HELLO came
    Feed feed = Feed::Unknown;
    Seq next; // the push that must be next; 0: not known
    // Where `next` is not known, since a page made it live: what the page was asked from and held,
    // and what the next push must be behind.
    Seq after;
    Ranges page;
    Seq floor;

    std::deque<Asked> asked;
    qint64 attempted = 0; // no connection of this pane began before this frame
    qint64 fence = 0; // everything seen before this frame has been pushed
    qint64 beat = 0; // likewise, of what was accepted before beatUs, for a push may lag behind
    qint64 beatUs = 0;
    qint64 confirms = 0;
    QHash<UserId, Seq> given; // the last seq that a message from here got, by receiver

    // What was said not to have been pushed is not waited for again.
    void writeOff(Seq);
};

} // namespace parley::audit
