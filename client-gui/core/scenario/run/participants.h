// SPDX-License-Identifier: MIT
#pragma once

#include "play/players.h"
#include "scenario/run/target.h"

#include <QSet>

#include <map>
#include <set>

namespace parley::scenario {

// A message that came, by MESSAGE or by MESSAGES.
struct Received {
    Seq seq;
    UserId sender;
    QByteArray clientId;
    qint64 frame = 0; // its number in the log
};

// A client of the scenario, the player who plays it, and what it was sent.
struct Participant {
    Client client;
    KnownUser user;
    play::Player *player = nullptr;
    std::optional<play::Account> odd; // as whom it connects; nullopt: as itself

    // What the pane was before.
    play::Account oldAccount;
    bool oldAutoConfirm = true;
    bool oldHeartbeat = true;

    // Frames that it received and ends of its connections, by their numbers in the log; no answers
    // to the engine's own questions.
    std::vector<qint64> seen;
    size_t next = 0; // the first that no expectation has passed
    std::set<qint64> used; // met an expectation
    std::vector<Received> received; // every message once, as it came first
    std::set<Seq> receivedSeqs;
    QHash<QByteArray, qint64> answers; // to the engine's own questions, by ref
    QSet<QByteArray> unanswered; // clientIds of `send`
};

// All of them. Listens to the players' log.
class Participants : public QObject {
    Q_OBJECT

public:
    explicit Participants(play::Players &, QObject *parent = nullptr);

    // Gives each client a pane, made where there is none, its account and its habits. False: there
    // are too few panes.
    bool prepare(const Scenario &, const Target &);
    void leave();
    bool areAllOffline() const;
    // The panes are again what they were.
    void restore();

    // There must be one.
    Participant &at(const QString &client) { return m_all.at(client); }
    std::map<QString, Participant> &all() { return m_all; }
    // As which it connects without faults.
    play::Account account(const Participant &) const;
    // Null: it is no longer in the log.
    const frames::Frame *frame(qint64 number) const { return m_players.log().frame(number); }
    QJsonObject json(qint64 number) const;
    // What it was sent from there on, in words.
    QString seenSince(const Participant &, size_t from) const;
    // Asks the server on this connection for the engine's own sake, by the fields of a command
    // without its ref; what comes is in Participant::answers by the ref that is returned, and not
    // among what was seen. Null: it is not connected.
    QByteArray ask(Participant &, const QByteArray &fields);
    // What was answered by SENT, in the order of the seqs.
    const std::map<Seq, QByteArray> &accepted(UserId receiver) { return m_accepted[receiver]; }
    // What the scenario's clients sent to them, in order, by the sender.
    using Sends = std::map<UserId, std::vector<QByteArray>>;
    Sends &sends(UserId receiver) { return m_sends[receiver]; }

Q_SIGNALS:
    void happened(); // something that a step may wait for

private:
    void take(const frames::Frame &);
    void takeReceived(Participant &, const frames::Frame &);

    play::Players &m_players;
    Target m_target;
    std::map<QString, Participant> m_all;
    std::map<int, Participant *> m_byPane;
    std::map<UserId, std::map<Seq, QByteArray>> m_accepted;
    std::map<UserId, Sends> m_sends;
    quint64 m_lastRef = 0; // of the engine's own questions
};

} // namespace parley::scenario
