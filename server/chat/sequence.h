// SPDX-License-Identifier: MIT
// Puts the new messages of one mailbox in order, as they become known from this node and from
// others. What is missing is read from the store: a look.
#pragma once

#include "protocol/replies.h"

#include <map>
#include <memory>
#include <optional>

namespace parley::chat {

// A message on its way to who is connected.
struct NewMessage {
    protocol::Message message;
    qint64 unread = 0; // in the mailbox, with this one
};

class Sequence {
public:
    // From `next` on somebody wants every message; again from there, when it was further already.
    void follow(Seq next);
    // Nobody does any more.
    void stop();
    bool isFollowed() const { return m_next != Seq(); }

    enum class Verdict {
        Deliver, // it is the next one, or nobody follows
        Drop, // it was delivered
        Hold, // others are missing before it
    };
    Verdict offer(Seq);
    // Keeps one that is to be held, when there is room; the look finds it, too. `sum`: the bytes
    // that are held by all sequences that share it. It must outlive this.
    void hold(NewMessage &&, qint64 &sum);
    // The next one, when it is held; it is to be delivered.
    std::optional<NewMessage> takeNext();

    // The store has this one, and so all before it, unless they were confirmed.
    void heardOf(Seq last) { m_top = std::max(m_top, last); }
    // A message that the store has was not delivered.
    bool isMissing() const { return isFollowed() && m_top >= m_next; }

    // Begins a look at what the store has behind this seq, the one of this number (not 0). What is
    // held is dropped.
    Seq beginLook(qint64 number);
    bool isLooking() const { return m_catching && m_catching->look != 0; }
    bool isLook(qint64 number) const { return isLooking() && m_catching->look == number; }
    // Whether the look is of use; else another one is needed.
    bool isLookGood() const { return isFollowed() && m_next > m_catching->after; }
    // The look found this one, the first behind those before. True: it is to be delivered.
    bool find(Seq);
    // The look found no more up to this one: the others are gone, because they were confirmed.
    void skipTo(Seq last);
    // Complete: what the store had has been found.
    void endLook(bool isComplete);

private:
    // While something is missing.
    struct Catching {
        ~Catching() { drop(held.end()); }
        void drop(std::map<Seq, NewMessage>::iterator end); // those before it

        std::map<Seq, NewMessage> held;
        qint64 bytes = 0; // of these
        qint64 *sum = nullptr; // of all; set while something is held
        qint64 look = 0; // the number of the one under way; 0: there is none
        Seq after; // of the look
        Seq top; // m_top when it began
    };

    Seq m_next; // 0: nobody follows
    Seq m_top; // the last one that was heard of; while there is a look, since it began
    std::unique_ptr<Catching> m_catching;
};

} // namespace parley::chat
