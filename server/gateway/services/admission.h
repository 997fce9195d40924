// SPDX-License-Identifier: MIT
// How many sockets there may be: not connections yet, chat connections, and those that are leaving;
// in all, for each network, and for each user.
#pragma once

#include "core/counters.h"
#include "core/ids.h"
#include "core/limits.h"

#include <QByteArray>

#include <functional>
#include <map>
#include <mutex>
#include <unordered_map>

namespace parley::gateway {

class Place;

// The places of one gateway's sockets, but for those of connections. Counted on its thread.
struct SocketCounts {
    Count pending;
    Count turnedAway;
    Count closing;
    Count everTurnedAway; // since the program began; counted by who tells them
};

// All functions: any thread. It outlives its places.
class Admission {
public:
    explicit Admission(const Limits &limits)
        : m_limits(limits)
    {
    }

    // A socket has come. There is always a place, but perhaps one for sockets that are only turned
    // away. If there is no other, the one that has been leaving for longest is ended for it.
    // Of a trusted proxy there may be any number that are not connections: they are its clients'.
    // The counts, if any, must outlive the place.
    Place arrive(const QByteArray &network, bool isProxy = false, SocketCounts * = nullptr);

private:
    friend class Place;
    struct Network {
        int pending = 0;
        int connections = 0;
        int places = 0; // of any kind
    };
    using Networks = std::unordered_map<std::string, Network>;
    struct Leaver {
        UserId user;
        std::function<void()> end;
    };
    void remember(qint64 number, Leaver);
    void forget(qint64 number);
    void end(qint64 number);

    const Limits m_limits;
    std::mutex m_mutex; // guards what follows, and what the places refer to
    int m_pending = 0;
    int m_connections = 0;
    Networks m_networks;
    std::map<qint64, Leaver> m_leavers; // by their numbers, which rise
    std::unordered_map<UserId, std::vector<qint64>> m_leaversOf;
    qint64 m_lastLeaver = 0;
};

// The share of the limits that one socket has taken; its destructor gives it back. On one thread.
class Place {
public:
    Place() = default;
    Place(Place &&) noexcept;
    Place &operator=(Place &&) noexcept;
    ~Place() { leave(); }

    // Over a limit: it may ask for health and metrics, and is refused everything else.
    bool isTurnedAway() const { return m_kind == Kind::TurnedAway; }
    // It turns out to be another network's, by what a proxy said. False: that one has too many, and
    // nothing is changed.
    [[nodiscard]] bool moveTo(const QByteArray &network);
    // Makes it a chat connection, unless a limit is reached.
    [[nodiscard]] bool enter();
    bool isInside() const { return m_kind == Kind::Inside; }
    // It has left the chat, but its socket is still there for a while: until leave(). `end` is
    // called, from any thread and with a lock held, when others need its place, or when the user
    // leaves with more than limits.connections_per_user.
    void exit(UserId, std::function<void()> end);
    void leave();

private:
    friend class Admission;
    enum class Kind { None, Pending, TurnedAway, Inside, Leaving };
    void become(Kind);
    void count(int more);

    SocketCounts *m_counts = nullptr;
    Admission *m_admission = nullptr;
    Admission::Networks::value_type *m_network = nullptr;
    Kind m_kind = Kind::None;
    qint64 m_number = 0; // of a leaver
};

} // namespace parley::gateway
