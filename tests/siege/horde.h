// SPDX-License-Identifier: MIT
#pragma once

#include "bench/target.h"
#include "siege/attack.h"
#include "siege/findings.h"
#include "siege/peer.h"
#include "siege/seen.h"

#include <atomic>
#include <deque>
#include <list>
#include <thread>
#include <unordered_set>

namespace parley::siege {

// All attackers, in a thread and a loop of their own, so that they hold up nobody but the server.
// Whenever one is done, chance begins another.
class Horde {
public:
    // `attacks` only; `target` and `findings` outlive the horde. `isNarrow`: the server has few
    // descriptors.
    Horde(const bench::Target &target, Findings &findings, std::vector<const Attack *> attacks,
        Chance chance, bool isNarrow = false);
    ~Horde();

    void start();
    // Begins no more of them, resets what is left of them, and joins the thread.
    void stop();
    std::vector<std::string> underWay() const; // from any thread
    int unready() const { return m_unready; } // how often /readyz said so; from any thread

    // After stop(); seen() below, too.
    std::map<std::string, qint64> begun() const { return m_begun; } // by attack
    qint64 connections() const { return m_connections; }

    // For scripts and peers, in the horde's thread.
    const bench::Target &target() const { return m_target; }
    Findings &findings() { return m_findings; }
    Seen &seen() { return m_seen; }
    bool isNarrow() const { return m_isNarrow; }
    void add(Peer &peer) { m_peers.insert(&peer); }
    void remove(Peer &peer) { m_peers.erase(&peer); }
    void watch(Peer &, int operation, unsigned events);
    void note(Act &, std::string words);
    void countUnready() { ++m_unready; }

private:
    void run();
    void begin();
    void turn();
    void reap();

    const bench::Target &m_target;
    Findings &m_findings;
    const std::vector<const Attack *> m_attacks;
    const bool m_isNarrow;
    Chance m_chance;
    const int m_epoll;
    std::thread m_thread;
    std::atomic<bool> m_stopping = false;
    std::atomic<int> m_unready = 0;
    std::unordered_set<Peer *> m_peers;
    std::vector<std::coroutine_handle<>> m_due; // of one turn
    std::map<const Attack *, int> m_running;
    std::map<std::string, qint64> m_begun;
    qint64 m_connections = 0;
    Seen m_seen;

    mutable std::mutex m_mutex; // of what underWay() tells
    std::list<Act> m_acts; // stay where they are
    std::deque<std::string> m_over; // the last ones that ended
};

} // namespace parley::siege
