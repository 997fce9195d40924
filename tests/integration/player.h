// SPDX-License-Identifier: MIT
// A connection that does everything at random, and checks what it is told.
#pragma once

#include "integration/eachstore.h"

#include <QRandomGenerator>

#include <deque>
#include <map>
#include <set>

namespace parley::test {

struct Message {
    qint64 sender = 0;
    qint64 time = 0;
    QString body;
    QString clientId;
    bool operator==(const Message &) const = default;
};
using Place = std::pair<qint64, qint64>; // receiver and seq

// What all the players together were told.
struct World {
    explicit World(quint32 seed)
        : random(seed)
    {
    }
    void wrong(const QString &what, const QJsonObject &frame);

    QRandomGenerator random;
    std::map<Place, Message> sent; // by what the senders know
    std::map<Place, Message> received; // by what the receivers were given
    std::map<qint64, std::multiset<Place>> receiptsOwed; // to each sender
    QStringList wrongs;
};

// One connection. Of a user's, only one confirms: what that one has to see is exactly known.
class Player {
public:
    Player(const TestServer &, World &, qint64 user, bool confirms);

    // Does so many things.
    void play(int actions);
    // Reads, and confirms, what there is.
    void drain();
    // Everything that was committed by now has come when this is answered.
    void fence();

    bool isGreeted() const { return m_isGreeted; }
    bool isIdle() const { return m_left == 0 && m_asked.empty(); }
    qint64 user() const { return m_user; }
    bool confirms() const { return m_confirms; }
    const std::multiset<Place> &receipts() const { return m_receipts; }
    int timesBehind() const { return m_timesBehind; }

private:
    struct Asked {
        QString cmd;
        qint64 receiver = 0;
        Message message = {};
        bool receipt = false;
        qint64 removed = 0; // by a CONFIRM
        int ref = 0;
    };

    int below(int bound) { return m_world.random.bounded(bound); }
    void ask(Asked, QJsonObject frame);

    void act();
    void send(qint64 receiver, const QString &clientId);
    void fetch(qint64 after, int limit);
    void confirm();
    void confirmUpTo(qint64 seq);

    void take(const QJsonObject &);
    void takeAnswer(const QJsonObject &);
    void takeSent(const Asked &, const QJsonObject &);
    void takePage(const Asked &, const QJsonObject &);
    void takePush(const QJsonObject &);
    void takeReceipts(const QJsonObject &);
    void see(const QJsonObject &message);
    void wrong(const QString &what, const QJsonObject &frame) { m_world.wrong(what, frame); }

    World &m_world;
    const qint64 m_user;
    const bool m_confirms;
    QWebSocket m_socket;
    bool m_isGreeted = false;
    bool m_isDraining = false;
    int m_left = 0;
    int m_lastRef = 0;
    std::deque<Asked> m_asked;

    std::map<QString, Place> m_keys; // what was SENT under them
    std::map<qint64, qint64> m_lastSeqTo; // by receiver
    std::multiset<Place> m_receipts;

    bool m_isLive = false;
    bool m_isCatchingUp = false;
    int m_timesBehind = 0;
    qint64 m_seen = 0; // the highest seq
    qint64 m_next = 0; // the push that must come; 0: not known
    std::set<qint64> m_unconfirmed;
    std::map<qint64, int> m_confirmedBy; // seq: the CONFIRM's ref
};

} // namespace parley::test
