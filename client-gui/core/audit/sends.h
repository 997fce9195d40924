// SPDX-License-Identifier: MIT
#pragma once

#include "protocol/replies.h"

#include <QByteArray>

#include <deque>
#include <map>
#include <optional>
#include <vector>

namespace parley::audit {

// Of a message's body, to tell whether it is the same.
quint64 fingerprint(QByteArrayView body);

// What became of the SENDs with one (sender, clientId).
struct Sending {
    struct Text {
        UserId receiver;
        quint64 body = 0;
    };
    std::vector<Text> texts; // that were sent; the first accepted is the message
    int sends = 0;
    int refused = 0; // answered by an ERROR
    bool isAccepted = false; // then:
    UserId receiver;
    Seq seq;
    Time time;
    bool hadFirst = false; // a SENT that was no duplicate
    bool isOlder = false; // stored before it was watched: another text may be the message

    static constexpr size_t MostTexts = 16;
    // nullopt: too many texts were sent to be sure of anything.
    std::optional<bool> wasSentTo(UserId) const;
    std::optional<bool> wasSent(UserId receiver, quint64 body) const;
    // It was accepted, and its key is not free again by then.
    bool isKeptAt(Time) const;
    // Each of them was answered by an ERROR, but for `left`.
    bool isRefused(int left = 0) const;

    void accept(const protocol::Sent &);
    void refuse(ErrorCode);
};

// The newest MostSends of them.
class Sends {
public:
    static constexpr size_t MostSends = 200'000;

    // Null: not known.
    Sending *find(UserId sender, const QByteArray &clientId);
    // Also when clientId is not known yet.
    Sending &at(UserId sender, const QByteArray &clientId);
    void add(UserId sender, const QByteArray &clientId, UserId receiver, quint64 body);
    void clear();

private:
    using Key = std::pair<UserId, QByteArray>;
    std::map<Key, Sending> m_sendings;
    std::deque<Key> m_order;
};

} // namespace parley::audit
