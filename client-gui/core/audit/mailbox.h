// SPDX-License-Identifier: MIT
#pragma once

#include "audit/finding.h"
#include "audit/ranges.h"
#include "protocol/commands.h"

#include <deque>
#include <optional>

namespace parley::audit {

// What is known of one user's mailbox. Frame numbers are the moments: what was seen in an earlier
// frame than that in which a command went out had happened when the server read that command.
class Mailbox {
public:
    static constexpr size_t MostEntries = 200'000;

    struct Entry {
        bool isKnown = false; // who sent it:
        UserId sender;
        QByteArray clientId;
        std::optional<quint64> body; // its fingerprint
        qint64 firstSeen = 0; // frames; 0: not yet
        qint64 accepted = 0;
        qint64 acceptedUs = 0; // when that was
        qint64 delivered = 0;
        qint64 confirmed = 0;
        // Must be in the mailbox until it is confirmed, though others as old need not.
        bool isOwed = false;

        // Who sent it, unless that is known.
        void introduce(UserId by, const QByteArray &withClientId)
        {
            if (isKnown)
                return;
            isKnown = true;
            sender = by;
            clientId = withClientId;
        }
    };
    // What a CONFIRM could have done when it went out.
    struct Bounds {
        qint64 least = 0;
        qint64 most = 0;
        Seq first; // of the `least`
        Seq last;
    };

    explicit Mailbox(Numbers &numbers)
        : m_numbers(numbers)
    {
    }

    // The entry of a message that has been seen, made if need be. `sent`: the frame of its SEND,
    // 0 if that was not seen. Valid until the next call.
    Entry &see(Seq, qint64 frame, qint64 sent = 0);
    const Entry *find(Seq) const;
    // The first entry from there on for which it holds.
    template <class Predicate> Seq findFrom(Seq from, Predicate predicate) const
    {
        for (auto at = m_entries.lower_bound(from); at != m_entries.end(); ++at) {
            if (predicate(at->first, at->second))
                return at->first;
        }
        return Seq();
    }
    void deliver(Entry &, qint64 frame);

    // From now on every seq behind `seq` is owed: whoever sent it, and until it is confirmed. The
    // first call counts. `unread`: how many up to it were unread; -1: unknown.
    void watchBehind(Seq, qint64 unread);
    // Seqs up to here have been given out.
    void grow(Seq, qint64 sent = 0);
    Seq top() const { return m_top; }

    // A CONFIRM goes out; its answer came.
    Bounds ask(const protocol::Confirm &);
    void confirm(const protocol::Confirm &, Seq top, qint64 frame);
    bool mayBeAsked(Seq) const;
    // What was said to be lost is not missed again.
    void writeOff(Seq seq) { m_asked.add(seq); }
    // That its CONFIRM was answered before this frame.
    bool wasConfirmedBefore(Seq, qint64 frame) const;

    // The first that must be in the mailbox, of from … to without `but`; 0: none is certain.
    Seq firstOwed(Seq from, Seq to, const Ranges &but = {}) const;
    qint64 countOwed(Seq to) const;

    bool isForeign = false; // others may confirm, unseen: nothing is owed
    bool isUnsure = false; // CONFIRMs may have gone out that were not seen
    bool hasPane = false; // its user was connected here
    qint64 confirms = 0; // CONFIRMs that were seen

private:
    struct Early { // a CONFIRM of seqs that were not known to exist
        protocol::Confirm confirm;
        qint64 answered = 0;
    };
    bool covers(const protocol::Confirm &, Seq) const;
    void excuse(Seq first, Seq last);
    void forgetOldest();

    Numbers &m_numbers;
    std::map<Seq, Entry> m_entries;
    Seq m_base{MaxInteger}; // behind it everything is owed
    qint64 m_unreadAtBase = -1;
    Seq m_top;
    Seq m_forgotten; // entries up to here were let go
    Ranges m_asked; // that a CONFIRM went out for, or which was written off
    Ranges m_confirmed; // that CONFIRMED came for
    std::deque<Early> m_early;
};

} // namespace parley::audit
