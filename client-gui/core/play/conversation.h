// SPDX-License-Identifier: MIT
#pragma once

#include "protocol/replies.h"

#include <QAbstractListModel>
#include <QHash>

#include <deque>

namespace parley::play {

// How far a message has come, as far as this player knows.
enum class Life { Sending, Stored, Delivered, Confirmed, Failed };

// A message as a bubble. Times are microseconds since 1970 UTC; 0: not yet.
struct Bubble {
    bool isMine = false;
    UserId peer; // the other side
    QByteArray clientId;
    Seq seq; // 0: not yet stored
    QString body;
    Life life = Life::Sending;
    qint64 sendingAtUs = 0;
    qint64 storedAtUs = 0;
    qint64 deliveredAtUs = 0;
    qint64 confirmedAtUs = 0;
    QString failure; // why it was refused, in words
};

// What a player wrote and was sent, as it happened; the newest MostBubbles are kept.
class Conversation : public QAbstractListModel {
    Q_OBJECT

public:
    static constexpr qsizetype MostBubbles = 5000;
    static constexpr qsizetype MostUnconfirmed = 100'000; // ten full mailboxes, by default
    static constexpr int BubbleRole = Qt::UserRole; // the row, for bubble()

    explicit Conversation(QObject *parent = nullptr);

    void noteSending(UserId receiver, const QString &body, const QByteArray &clientId);
    void noteStored(const protocol::Sent &);
    void noteFailed(const QByteArray &clientId, const QString &why);
    // What is still being sent never will be.
    void noteAllFailed(const QString &why);
    // Of a message of ours: its receiver was given it; confirmed it.
    void noteDelivered(const QByteArray &clientId);
    void noteConfirmed(const QByteArray &clientId);
    void noteReceived(const protocol::Message &);
    // Of messages to us: the server has removed them.
    void noteRemoved(const std::vector<Seq> &);
    void noteRemovedUpTo(Seq);
    // From now on seqs are another mailbox's.
    void forgetUnconfirmed() { m_unconfirmed.clear(); }
    void clear();

    const Bubble &bubble(int row) const { return m_bubbles[size_t(row)]; }
    // Of the row's message, for as long as it is here; no other ever has it.
    qint64 numberOf(int row) const { return m_first + row; }
    // Received and not confirmed yet, ascending; also what has no bubble any more.
    std::vector<Seq> unconfirmed() const;
    qsizetype unconfirmedCount() const { return m_unconfirmed.size(); }
    // The newest of ours; null: none.
    const Bubble *lastSent() const;

    int rowCount(const QModelIndex &parent = {}) const override;
    // The body, for views that want no more.
    QVariant data(const QModelIndex &, int role = Qt::DisplayRole) const override;

private:
    void add(Bubble);
    Bubble *mine(const QByteArray &clientId);
    void changed(qint64 number);
    void removed(Seq);

    std::deque<Bubble> m_bubbles;
    qint64 m_first = 0; // the number of m_bubbles.front()
    QHash<QByteArray, qint64> m_mine; // numbers by clientId
    QMap<Seq, qint64> m_unconfirmed; // numbers, also below m_first, by seq
};

} // namespace parley::play
