// SPDX-License-Identifier: MIT
#pragma once

#include "bench/client.h"
#include "core/limits.h"

#include <array>
#include <deque>
#include <functional>
#include <memory>
#include <vector>

namespace parley::bench {

// All connections of a run, and the one loop that drives them: connects, reads, writes and sends
// every connection's heartbeats, evenly spread.
class Engine {
public:
    // `clients` connections, of the users first, first + 1, …; none of them is connected yet.
    Engine(const Target &, Observer &, UserId first, int clients);
    ~Engine();

    Client &client(int index) { return *m_clients[index]; }
    int clients() const { return int(m_clients.size()); }

    // Connects these, up to 200 at once, and empties their mailboxes. How many did not come up.
    [[nodiscard]] int connect(int from, int count);
    // From connect() to the last HELLO.
    double connectSeconds() const { return seconds(m_lastGreeted - m_connectStart); }
    // Closes these and waits for the server to do so, too; for a while.
    void leave(int from, int count);

    using Condition = std::function<bool()>;
    // Runs the loop until the condition holds, checked once a turn; false when time is over.
    bool run(const Condition &, milliseconds limit);
    // The same, for as long as the server says something other than heartbeats.
    bool runWhileBusy(const Condition &);

    void stopHeartbeats() { m_beating = false; }
    qint64 heartbeats() const { return m_heartbeats; } // that were sent
    qint64 brokenCount() const { return m_broken; }
    const std::string &firstBroken() const { return m_firstBroken; } // why
    const std::string &lastBroken() const { return m_lastBroken; }

    // For clients.
    void moved(Phase from, Phase to);
    void broken(const Client &, std::string_view why);
    void touch(Client &client) { m_touched.push_back(&client); }
    void progressed() { ++m_progress; }

private:
    int count(Phase phase) const { return m_counts[int(phase)]; }
    void turn();
    void startConnecting();
    void beat(Moment now);
    void flush(Client &);
    void dispatch(Client &, unsigned events);
    void watch(Client &, bool writes, int operation);

    const Target &m_target;
    Observer &m_observer;
    int m_epoll;
    std::unique_ptr<char[]> m_buffer;
    std::vector<std::unique_ptr<Client>> m_clients;
    std::vector<bool> m_watchesWrites; // by index
    std::deque<Client *> m_toConnect;
    std::vector<Client *> m_touched; // something of theirs is to be written
    std::array<int, 4> m_counts{}; // of clients, by phase
    qint64 m_progress = 0;
    qint64 m_broken = 0;
    std::string m_firstBroken;
    std::string m_lastBroken;
    Moment m_connectStart;
    Moment m_lastGreeted;
    Moment m_lastBeat = Ticks::now();
    double m_beatsDue = 0;
    int m_nextBeat = 0; // index
    qint64 m_heartbeats = 0;
    bool m_beating = true;
};

} // namespace parley::bench
