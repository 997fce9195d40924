// SPDX-License-Identifier: MIT
#include "integration/player.h"

#include <QJsonDocument>

namespace parley::test {

using namespace Qt::StringLiterals;

namespace {

constexpr size_t Pipeline = 8; // commands under way

} // namespace

void World::wrong(const QString &what, const QJsonObject &frame)
{
    wrongs.append(
        what + u": "_s + QString::fromUtf8(QJsonDocument(frame).toJson(QJsonDocument::Compact)));
}

Player::Player(const TestServer &server, World &world, qint64 user, bool confirms)
    : m_world(world)
    , m_user(user)
    , m_confirms(confirms)
{
    QObject::connect(
        &m_socket, &QWebSocket::textMessageReceived, &m_socket, [this](const QString &text) {
            take(QJsonDocument::fromJson(text.toUtf8()).object());
            act();
        });
    m_socket.open(server.chatUrl(user));
}

void Player::play(int actions)
{
    m_left = actions;
    act();
}

void Player::drain()
{
    m_isDraining = true;
    fetch(m_seen, 500);
}

void Player::fence()
{
    ask({u"TRACK"_s}, {{u"clientId"_s, u"fence"_s}});
}

void Player::ask(Asked asked, QJsonObject frame)
{
    asked.ref = ++m_lastRef;
    frame.insert(u"cmd"_s, asked.cmd);
    frame.insert(u"ref"_s, asked.ref);
    m_asked.push_back(std::move(asked));
    m_socket.sendTextMessage(
        QString::fromUtf8(QJsonDocument(frame).toJson(QJsonDocument::Compact)));
}

void Player::act()
{
    while (m_left > 0 && m_asked.size() < Pipeline) {
        --m_left;
        const qint64 receiver = 1 + below(TestServer::Users);
        const QString newKey = u"%1-%2"_s.arg(m_confirms).arg(m_lastRef);
        switch (below(20)) {
        case 0:
            ask({u"HEARTBEAT"_s}, {});
            break;
        case 1:
            fetch(0, 1 + below(20));
            break;
        case 2:
            send(receiver, {});
            break;
        case 3: // a key of before, to the same or to another
        case 4:
            if (m_keys.empty())
                break;
            if (const auto key = std::next(m_keys.begin(), below(int(m_keys.size()))); below(2))
                send(key->second.first, key->first);
            else
                send(receiver, key->first);
            break;
        case 5:
            send(999, newKey);
            break;
        case 6:
        case 7:
        case 8:
            confirm();
            break;
        default:
            send(receiver, newKey);
        }
    }
}

void Player::send(qint64 receiver, const QString &clientId)
{
    const bool receipt = below(2) == 0;
    const Message message{m_user, 0, u"%1 from %2"_s.arg(m_lastRef).arg(m_user), clientId};
    QJsonObject frame{
        {u"receiveUserId"_s, receiver}, {u"body"_s, message.body}, {u"receipt"_s, receipt}};
    if (!clientId.isEmpty())
        frame.insert(u"clientId"_s, clientId);
    ask({u"SEND"_s, receiver, message, receipt}, frame);
}

void Player::fetch(qint64 after, int limit)
{
    ask({u"FETCH"_s}, {{u"after"_s, after}, {u"limit"_s, limit}});
}

void Player::confirm()
{
    if (!m_confirms || m_seen == 0)
        return;
    if (below(3) == 0)
        return confirmUpTo(1 + below(int(m_seen)));
    std::set<qint64> seqs;
    for (int i = below(10); i >= 0; --i)
        seqs.insert(std::max<qint64>(1, m_seen - below(15)));
    qint64 removed = 0;
    QJsonArray array;
    for (qint64 seq : seqs) {
        array.append(seq);
        removed += qint64(m_unconfirmed.erase(seq));
        m_confirmedBy.emplace(seq, m_lastRef + 1);
    }
    ask({u"CONFIRM"_s, 0, {}, false, removed}, {{u"seqs"_s, array}});
}

void Player::confirmUpTo(qint64 seq)
{
    qint64 removed = 0;
    while (!m_unconfirmed.empty() && *m_unconfirmed.begin() <= seq) {
        m_confirmedBy.emplace(*m_unconfirmed.begin(), m_lastRef + 1);
        m_unconfirmed.erase(m_unconfirmed.begin());
        ++removed;
    }
    ask({u"CONFIRM"_s, 0, {}, false, removed}, {{u"upTo"_s, seq}});
}

void Player::take(const QJsonObject &frame)
{
    const QString cmd = frame["cmd"_L1].toString();
    if (frame.contains("ref"_L1))
        return takeAnswer(frame);
    if (cmd == "MESSAGE"_L1)
        return takePush(frame);
    if (cmd == "RECEIPT"_L1)
        return takeReceipts(frame);
    if (cmd == "HELLO"_L1) {
        m_isGreeted = m_isLive = true; // nobody has sent anything yet
        m_next = 1;
    } else if (cmd == "BEHIND"_L1) {
        if (!m_isLive)
            wrong(u"told twice"_s, frame);
        m_isLive = false;
        ++m_timesBehind;
        fetch(m_seen, 1 + below(20));
        m_isCatchingUp = true;
    } else {
        wrong(u"unasked"_s, frame);
    }
}

void Player::takeAnswer(const QJsonObject &frame)
{
    if (m_asked.empty() || m_asked.front().ref != frame["ref"_L1].toInteger())
        return wrong(u"out of turn"_s, frame);
    const Asked asked = m_asked.front();
    m_asked.pop_front();
    const QString cmd = frame["cmd"_L1].toString();
    if (asked.cmd == "SEND"_L1) {
        takeSent(asked, frame);
    } else if (asked.cmd == "FETCH"_L1 && cmd == "MESSAGES"_L1) {
        takePage(asked, frame);
    } else if (asked.cmd == "CONFIRM"_L1 && cmd == "CONFIRMED"_L1) {
        if (frame["removed"_L1].toInteger() != asked.removed)
            wrong(u"not %1 removed"_s.arg(asked.removed), frame);
    } else if (asked.cmd != cmd) {
        wrong(u"no answer to "_s + asked.cmd, frame);
    }
}

void Player::takeSent(const Asked &asked, const QJsonObject &frame)
{
    Message message = asked.message;
    const auto known = m_keys.find(message.clientId);
    if (frame["cmd"_L1] == "ERROR"_L1) {
        const QString code = frame["code"_L1].toString();
        const bool isReused = known != m_keys.end() && known->second.first != asked.receiver;
        if (code != (isReused ? "id_reused"_L1 : "unknown_user"_L1)
            || (!isReused && asked.receiver != 999))
            wrong(u"refused"_s, frame);
        return;
    }
    const Place place{frame["receiveUserId"_L1].toInteger(), frame["seq"_L1].toInteger()};
    message.time = frame["time"_L1].toInteger();
    if (place.first != asked.receiver)
        wrong(u"sent to another"_s, frame);
    if (frame["duplicate"_L1].toBool()) {
        if (known == m_keys.end() || known->second != place
            || m_world.sent[place].time != message.time)
            wrong(u"not the first SENT"_s, frame);
        return;
    }
    if (known != m_keys.end())
        wrong(u"a key stored twice"_s, frame);
    if (!m_world.sent.emplace(place, message).second)
        wrong(u"a seq given out twice"_s, frame);
    if (place.second <= std::exchange(m_lastSeqTo[place.first], place.second))
        wrong(u"a seq that does not rise"_s, frame);
    if (!message.clientId.isEmpty())
        m_keys.emplace(message.clientId, place);
    if (asked.receipt)
        m_world.receiptsOwed[m_user].insert(place);
}

void Player::takePage(const Asked &asked, const QJsonObject &frame)
{
    qint64 before = 0;
    for (const auto &message : frame["messages"_L1].toArray()) {
        const qint64 seq = message["seq"_L1].toInteger();
        const auto confirmed = m_confirmedBy.find(seq);
        if (confirmed != m_confirmedBy.end() && confirmed->second < asked.ref)
            wrong(u"a confirmed message"_s, message.toObject());
        if (seq <= std::exchange(before, seq))
            wrong(u"a page out of order"_s, frame);
        see(message.toObject());
    }
    const bool more = frame["more"_L1].toBool();
    if (!more && !m_isLive) {
        m_isLive = true;
        m_next = m_confirms ? m_seen + 1 : 0;
    }
    if (m_isDraining && more)
        fetch(m_seen, 500);
    else if (m_isDraining && m_confirms && !m_unconfirmed.empty())
        confirmUpTo(m_seen);
    else if (m_isCatchingUp && !m_isLive)
        fetch(m_seen, 1 + below(20));
    m_isCatchingUp = !m_isLive;
}

void Player::takePush(const QJsonObject &frame)
{
    const qint64 seq = frame["seq"_L1].toInteger();
    if (!m_isLive)
        wrong(u"pushed while behind"_s, frame);
    if (m_next != 0 && seq != m_next)
        wrong(u"pushed instead of %1"_s.arg(m_next), frame);
    m_next = seq + 1;
    see(frame);
}

void Player::takeReceipts(const QJsonObject &frame)
{
    for (const auto &receipt : frame["receipts"_L1].toArray())
        m_receipts.emplace(receipt["receiveUserId"_L1].toInteger(), receipt["seq"_L1].toInteger());
}

void Player::see(const QJsonObject &frame)
{
    const qint64 seq = frame["seq"_L1].toInteger();
    const Message message{frame["sendUserId"_L1].toInteger(), frame["time"_L1].toInteger(),
        frame["body"_L1].toString(), frame["clientId"_L1].toString()};
    const auto [known, isNew] = m_world.received.emplace(Place{m_user, seq}, message);
    if (!isNew && known->second != message)
        wrong(u"not the same as before"_s, frame);
    if (seq <= m_seen)
        return;
    if (m_confirms && seq != m_seen + 1)
        wrong(u"a gap after %1"_s.arg(m_seen), frame);
    m_seen = seq;
    if (m_confirms)
        m_unconfirmed.insert(seq);
}

} // namespace parley::test
