// SPDX-License-Identifier: MIT
#pragma once

#include "bench/engine.h"
#include "bench/ledger.h"
#include "bench/pacer.h"
#include "siege/findings.h"
#include "siege/seen.h"

#include <functional>
#include <map>

namespace parley::siege {

// The innocent: pairs of users that talk without pause while the siege goes on around them. User
// 1 + p sends to user 1 + pairs + p. Whatever becomes of one of their messages, or of their
// connections, that ought not to be is a finding.
class Pairs final : public bench::Observer {
public:
    // `lastSeqs`, by pair, are what the mailboxes had given out when the server last stopped.
    Pairs(int pairs, Findings &, std::vector<Seq> lastSeqs);

    // `everyTurn` is called in each turn of the engine's loop, also while connections are made
    // anew.
    void start(bench::Engine &, std::function<void(bench::Moment)> everyTurn);
    void stop() { m_sending = false; }
    bool isQuiet() const; // everything that was begun is through
    // When nothing more is to come: what was not as it ought to be.
    void conclude(bench::Engine &);
    std::vector<Seq> lastSeqs() const;

    // While the siege makes it impossible that messages are stored: refusals are expected, and
    // each is sent again. A pair has one message outstanding meanwhile, for a refused one lets
    // later ones overtake it.
    void expectRefusals(bool on);
    bool isGentle() const; // no pair has more than one outstanding
    qint64 refusals() const { return m_refusals; } // that were expected
    // While the server is stopped: nothing is timed.
    void excuse(bool on);
    // Connections that broke are made anew, one at a time, so that what follows is seen as well.
    bool mustRejoin() const { return !m_away.empty(); }
    void rejoin(bench::Engine &);

    qint64 messages() const; // that are through
    double worst() const { return m_worst; } // seconds from SEND to SENT, but for what is excused
    double worstExcused() const { return m_worstExcused; }
    const Seen &seen() const { return m_seen; }

private:
    void greeted(bench::Client &) override;
    void sent(bench::Client &, const bench::Reply &) override;
    void delivered(bench::Client &, const bench::Mail &) override;
    void confirmed(bench::Client &, Seq) override;
    void refused(bench::Client &, const bench::Reply &) override;
    void checked(bench::Client &, bool empty) override;
    void turn(bench::Moment) override;

    static constexpr int Window = 8; // messages outstanding
    struct Pair {
        bench::Ledger ledger{Window};
        bench::Pacer pacer;
        std::map<quint32, bench::Moment> outstanding; // since when
        std::vector<quint32> again; // refused, to be sent again
        bench::Moment pauseUntil; // after a refusal
        bool based = false;
        bool rejoined = false;
        bool mustFetch = false;
        bool mayRepeat = false; // what was not confirmed is read anew
        quint32 deliveredUpTo = 0;
        Seq deliveredSeq;
        Seq lastSeq;
    };
    int pairOf(const bench::Client &client) const { return client.index() % int(m_pairs.size()); }
    bool isSender(const bench::Client &client) const
    {
        return client.index() < int(m_pairs.size());
    }
    void pump(int pair, bench::Moment now);
    void send(int pair, quint32 number);
    void fault(const std::string &kind, int pair, const std::string &more = {});
    void findHangs(bench::Moment now);
    void findAway();

    Findings &m_findings;
    const quint32 m_run;
    bench::Engine *m_engine = nullptr;
    std::function<void(bench::Moment)> m_everyTurn;
    std::vector<Pair> m_pairs;
    std::vector<int> m_away; // clients, by index
    Seen m_seen;
    bench::Moment m_excusedAt; // the last that anything was excused
    bench::Moment m_nextLook;
    qint64 m_refusals = 0;
    double m_worst = 0;
    double m_worstExcused = 0;
    int m_checked = 0;
    bool m_sending = false;
    bool m_expecting = false;
    bool m_excusing = false;
};

} // namespace parley::siege
