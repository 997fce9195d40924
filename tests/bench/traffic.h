// SPDX-License-Identifier: MIT
#pragma once

#include "bench/engine.h"
#include "bench/ledger.h"
#include "bench/pacer.h"
#include "bench/tag.h"
#include "core/histogram.h"

#include <limits>

namespace parley::bench {

// Messages between pairs of clients: client p sends to client pairs + p. Sends, times and checks.
class Traffic final : public Observer {
public:
    // When a message makes room for the next one.
    enum class Until { Sent, Confirmed };
    struct Plan {
        int pairs = 0;
        int window = 1;
        int bodyBytes = 200; // at least Tag::Size
        Until until = Until::Confirmed;
        qint64 each = std::numeric_limits<int>::max(); // messages a sender
    };
    Traffic(Plan, UserId first);

    void start(Engine &);
    void stop() { m_sending = false; } // what is outstanding goes on

    void measure(bool on) { m_measuring = on; } // latencies
    const Histogram &sentLatency() const { return m_sentLatency; } // µs
    const Histogram &deliveredLatency() const { return m_deliveredLatency; }

    qint64 planned() const { return m_plan.pairs * m_plan.each; }
    qint64 opened() const { return m_opened; }
    qint64 answered() const { return m_answered; }
    qint64 delivered() const { return m_delivered; }
    qint64 completed() const { return m_completed; }
    qint64 foreign() const { return m_foreign; } // messages of others, or of an earlier run
    bool paced() const; // the server limits the rate of commands
    // Something was refused or disconnected: the run's figures say nothing.
    bool isSpoilt() const;

    // Asks for every receiver's mailbox and sums up what was wrong.
    Faults conclude(Engine &);
    const std::string &firstRefusal() const { return m_firstRefusal; }

private:
    void greeted(Client &) override;
    void sent(Client &, const Reply &) override;
    void delivered(Client &, const Mail &) override;
    void confirmed(Client &, Seq) override;
    void refused(Client &, const Reply &) override;
    void checked(Client &, bool empty) override;
    void turn(Moment) override;

    struct Pair {
        Ledger ledger;
        Pacer pacer;
        bool based = false; // the ledger has its base
        bool waiting = false; // in m_waiting
        bool refused = false; // sends no more
    };
    UserId userAt(int index) const { return UserId(m_first.value() + index); }
    qint64 outstanding(const Pair &) const;
    void pump(int pair);
    void send(int pair, quint32 number);
    bool isOurs(const Client &receiver, const Mail &, const Tag &) const;

    const Plan m_plan;
    const UserId m_first;
    const quint32 m_run;
    Engine *m_engine = nullptr;
    std::string m_filler; // of every body, behind its tag
    std::vector<Pair> m_pairs;
    std::vector<int> m_waiting; // for their pacers
    Faults m_faults; // those of no pair
    std::string m_firstRefusal;
    Histogram m_sentLatency;
    Histogram m_deliveredLatency;
    qint64 m_opened = 0;
    qint64 m_answered = 0;
    qint64 m_delivered = 0;
    qint64 m_completed = 0;
    qint64 m_foreign = 0;
    int m_checked = 0;
    bool m_sending = false;
    bool m_measuring = false;
};

} // namespace parley::bench
