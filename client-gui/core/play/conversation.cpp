// SPDX-License-Identifier: MIT
#include "play/conversation.h"

#include "frames/frame.h"

namespace parley::play {

using frames::nowUs;

Conversation::Conversation(QObject *parent)
    : QAbstractListModel(parent)
{
}

void Conversation::add(Bubble bubble)
{
    if (qsizetype(m_bubbles.size()) >= MostBubbles) {
        beginRemoveRows({}, 0, 0);
        const Bubble &oldest = m_bubbles.front();
        if (oldest.isMine && m_mine.value(oldest.clientId, -1) == m_first)
            m_mine.remove(oldest.clientId);
        m_bubbles.pop_front();
        ++m_first;
        endRemoveRows();
    }
    const int row = int(m_bubbles.size());
    beginInsertRows({}, row, row);
    // Who is told of the row finds everything as it is from now on.
    if (bubble.isMine)
        m_mine.insert(bubble.clientId, m_first + row);
    else
        m_unconfirmed.insert(bubble.seq, m_first + row);
    if (m_unconfirmed.size() > MostUnconfirmed)
        m_unconfirmed.erase(m_unconfirmed.cbegin());
    m_bubbles.push_back(std::move(bubble));
    endInsertRows();
}

void Conversation::changed(qint64 number)
{
    const QModelIndex row = index(int(number - m_first));
    Q_EMIT dataChanged(row, row);
}

Bubble *Conversation::mine(const QByteArray &clientId)
{
    const auto found = m_mine.constFind(clientId);
    return found == m_mine.constEnd() ? nullptr : &m_bubbles[size_t(*found - m_first)];
}

void Conversation::noteSending(UserId receiver, const QString &body, const QByteArray &clientId)
{
    Bubble bubble;
    bubble.isMine = true;
    bubble.peer = receiver;
    bubble.clientId = clientId;
    bubble.body = body;
    bubble.sendingAtUs = nowUs();
    add(std::move(bubble));
}

void Conversation::noteStored(const protocol::Sent &sent)
{
    Bubble *bubble = mine(sent.clientId);
    if (!bubble)
        return;
    bubble->seq = sent.seq;
    if (bubble->storedAtUs == 0)
        bubble->storedAtUs = nowUs();
    // Its delivery may have been seen before its SENT was.
    if (bubble->life == Life::Sending || bubble->life == Life::Failed)
        bubble->life = Life::Stored;
    changed(m_mine.value(sent.clientId));
}

void Conversation::noteFailed(const QByteArray &clientId, const QString &why)
{
    Bubble *bubble = mine(clientId);
    if (!bubble || bubble->life != Life::Sending)
        return;
    bubble->life = Life::Failed;
    bubble->failure = why;
    changed(m_mine.value(clientId));
}

void Conversation::noteAllFailed(const QString &why)
{
    for (const Bubble &bubble : m_bubbles) {
        if (bubble.isMine)
            noteFailed(bubble.clientId, why);
    }
}

void Conversation::noteDelivered(const QByteArray &clientId)
{
    Bubble *bubble = mine(clientId);
    if (!bubble || bubble->deliveredAtUs != 0)
        return;
    bubble->deliveredAtUs = nowUs();
    if (bubble->life < Life::Delivered)
        bubble->life = Life::Delivered;
    changed(m_mine.value(clientId));
}

void Conversation::noteConfirmed(const QByteArray &clientId)
{
    Bubble *bubble = mine(clientId);
    if (!bubble || bubble->life == Life::Confirmed)
        return;
    bubble->confirmedAtUs = nowUs();
    bubble->life = Life::Confirmed;
    changed(m_mine.value(clientId));
}

void Conversation::noteReceived(const protocol::Message &message)
{
    Bubble bubble;
    bubble.peer = message.sendUserId;
    bubble.clientId = message.clientId;
    bubble.seq = message.seq;
    bubble.body = QString::fromUtf8(message.body);
    bubble.life = Life::Delivered;
    bubble.storedAtUs = toMs(message.time) * 1000;
    bubble.deliveredAtUs = nowUs();
    add(std::move(bubble));
}

void Conversation::removed(Seq seq)
{
    const auto found = m_unconfirmed.constFind(seq);
    if (found == m_unconfirmed.constEnd())
        return;
    const qint64 number = *found;
    m_unconfirmed.erase(found);
    if (number < m_first)
        return; // its bubble is no longer here
    Bubble &bubble = m_bubbles[size_t(number - m_first)];
    bubble.life = Life::Confirmed;
    bubble.confirmedAtUs = nowUs();
    changed(number);
}

void Conversation::noteRemoved(const std::vector<Seq> &seqs)
{
    for (const Seq seq : seqs)
        removed(seq);
}

void Conversation::noteRemovedUpTo(Seq last)
{
    while (!m_unconfirmed.isEmpty() && m_unconfirmed.firstKey() <= last)
        removed(m_unconfirmed.firstKey());
}

void Conversation::clear()
{
    beginResetModel();
    m_first += qint64(m_bubbles.size());
    m_bubbles.clear();
    m_mine.clear();
    m_unconfirmed.clear();
    endResetModel();
}

std::vector<Seq> Conversation::unconfirmed() const
{
    const QList<Seq> seqs = m_unconfirmed.keys();
    return {seqs.begin(), seqs.end()};
}

const Bubble *Conversation::lastSent() const
{
    const auto found = std::find_if(
        m_bubbles.rbegin(), m_bubbles.rend(), [](const Bubble &bubble) { return bubble.isMine; });
    return found == m_bubbles.rend() ? nullptr : &*found;
}

int Conversation::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_bubbles.size());
}

QVariant Conversation::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    if (role == Qt::DisplayRole)
        return bubble(index.row()).body;
    return role == BubbleRole ? QVariant(index.row()) : QVariant();
}

} // namespace parley::play
