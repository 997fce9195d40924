// SPDX-License-Identifier: MIT
#pragma once

#include "core/clock.h"
#include "protocol/commands.h"

#include <QHash>

#include <map>
#include <set>
#include <unordered_map>

namespace parley::client {

// Refused for now: the same command may be sent again after a pause.
constexpr bool isTransient(ErrorCode code)
{
    return code == ErrorCode::RateLimited || code == ErrorCode::StoreUnavailable;
}

// The messages that the server has not yet said to be SENT. A message leaves by stored(), by a
// final refusal or by remove(), never by a lost connection: then it is taken again under the same
// clientId, which the server stores once.
//
// Order: messages to one receiver are taken in the order in which they were added, and a message
// that goes back is taken again before those behind it. With inFlightPerReceiver 1 the server so
// also stores them in that order; with more it does unless it refuses one for the moment and takes
// a later one that was in flight already.
class Outbox {
public:
    struct Capacity {
        int messages = 10'000;
        qint64 bytes = 64 << 20; // of bodies
        int inFlight = 256;
        int inFlightPerReceiver = 1;
    };
    enum class Fate { Unknown, WillBeSentAgain, GivenUp };

    explicit Outbox(Capacity);

    // False when full. A clientId that is already here is not added twice.
    [[nodiscard]] bool add(protocol::Send);
    // The next message that may go, which is in flight from now on; null when none may. Valid until
    // the next call.
    const protocol::Send *take(Instant now);

    bool stored(const QByteArray &clientId);
    Fate refused(const QByteArray &clientId, ErrorCode);
    bool remove(const QByteArray &clientId);
    void connectionLost();

    qsizetype size() const { return m_numbers.size(); }
    int inFlight() const { return int(m_inFlight.size()); }
    // Since when the server owes an answer.
    std::optional<Instant> oldestInFlight() const;

private:
    using Number = quint64; // the order of adding
    struct Receiver {
        std::set<Number> waiting;
        int inFlight = 0;
    };

    void putBack(Number);
    void refresh(const Receiver &);

    const Capacity m_capacity;
    Number m_lastNumber = 0;
    qint64 m_bytes = 0;
    QHash<QByteArray, Number> m_numbers;
    std::map<Number, protocol::Send> m_messages;
    std::map<Number, Instant> m_inFlight;
    std::unordered_map<UserId, Receiver> m_receivers;
    std::set<Number>
        m_ready; // the first waiting of every receiver that may have one more in flight
};

} // namespace parley::client
