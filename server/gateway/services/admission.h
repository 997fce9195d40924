// SPDX-License-Identifier: MIT
// How many sockets there may be: let in to the chat, and not yet let in; in all and for each
// network.
#pragma once

#include "core/limits.h"

#include <QByteArray>

#include <mutex>
#include <unordered_map>

namespace parley::gateway {

class Place;

// All functions: any thread. It outlives its places.
class Admission {
public:
    explicit Admission(const Limits &limits)
        : m_limits(limits)
    {
    }

    // A socket has come. There is always a place, but perhaps one of those who are only turned
    // away.
    Place arrive(const QByteArray &network);

private:
    friend class Place;
    struct Network {
        int pending = 0;
        int connections = 0;
        int places = 0; // of any kind
    };
    using Networks = std::unordered_map<std::string, Network>;

    const Limits m_limits;
    std::mutex m_mutex; // guards what follows, and what the places refer to
    int m_pending = 0;
    int m_connections = 0;
    Networks m_networks;
};

// What one socket has taken of the limits; its end gives it back. On one thread.
class Place {
public:
    Place() = default;
    Place(Place &&) noexcept;
    Place &operator=(Place &&) noexcept;
    ~Place() { leave(); }

    // Over a limit: it may ask for health and metrics, and is refused everything else.
    bool isTurnedAway() const { return m_kind == Kind::TurnedAway; }
    // Lets it in to the chat, unless a limit is reached.
    [[nodiscard]] bool enter();
    bool isInside() const { return m_kind == Kind::Inside; }
    // It has left the chat, but its socket is still there for a while.
    void exit();
    void leave();

private:
    friend class Admission;
    enum class Kind { None, Pending, TurnedAway, Inside };
    Admission *m_admission = nullptr;
    Admission::Networks::value_type *m_network = nullptr;
    Kind m_kind = Kind::None;
};

} // namespace parley::gateway
