// SPDX-License-Identifier: MIT
// What became of every message of one pair of users; finds what was lost, doubled or out of order.
#pragma once

#include "bench/moment.h"
#include "core/ids.h"

#include <set>
#include <vector>

namespace parley::bench {

// Each is a breach of the protocol, or a run that says nothing about the server.
struct Faults {
    qint64 lost = 0; // SENT, but never delivered
    qint64 unanswered = 0; // neither SENT nor refused; or another command without an answer
    qint64 doubled = 0; // delivered, or answered, twice
    qint64 misordered = 0; // delivered, or answered, after a later one
    qint64 misnumbered = 0; // a seq that is not the mailbox's next
    qint64 damaged = 0; // another body, sender or receiver than was sent
    qint64 refused = 0; // an ERROR
    qint64 left = 0; // mailboxes that were not empty after everything was confirmed
    qint64 disconnected = 0; // connections that did not come up, or broke

    Faults &operator+=(const Faults &);
    qint64 total() const;
};

struct FaultKind {
    const char *name;
    const char *words;
    qint64 Faults::*count;
};
extern const std::vector<FaultKind> FaultKinds;

// The numbers 1, 2, 3 … of a sender's messages as they come in. One sender fills a mailbox, so that
// numbers and seqs go in step.
class Arrivals {
public:
    void setBase(Seq base) { m_base = base.value(); } // the seq before number 1
    qint64 base() const { return m_base; }
    void add(quint32 number, Seq seq, Faults &faults);
    bool has(quint32 number) const { return number < m_next && !m_missing.contains(number); }
    qint64 count() const { return qint64(m_next) - 1 - qint64(m_missing.size()); }

private:
    qint64 m_base = 0;
    quint32 m_next = 1;
    std::set<quint32> m_missing; // below m_next
};

class Ledger {
public:
    // At most `window` messages are outstanding at once.
    explicit Ledger(int window);
    // The mailbox's last seq before the first message.
    void setBase(Seq base);

    quint32 open(Moment now); // the next message's number
    void sent(quint32 number, Seq seq);
    void delivered(quint32 number, Seq seq);
    void confirmed(Seq upTo); // the receiver's CONFIRM was written
    void refused() { ++m_faults.refused; }

    Ticks::duration age(quint32 number, Moment now) const;
    qint64 opened() const { return m_opened; }
    qint64 answered() const { return m_sent.count() + m_faults.refused; }
    qint64 deliveredCount() const { return m_delivered.count(); }
    // Messages that are through: answered with SENT, delivered, and their CONFIRM was written.
    qint64 completed() const;
    // When nothing more is to come: everything that was not as it ought to be.
    Faults conclude() const;

private:
    std::vector<Moment> m_openedAt; // by number, modulo its size: a power of two
    Arrivals m_sent;
    Arrivals m_delivered;
    quint32 m_opened = 0;
    qint64 m_confirmed = 0;
    Faults m_faults;
};

} // namespace parley::bench
