// SPDX-License-Identifier: MIT
// Twenty users, each connected to both gateways, do everything at random to each other; then every
// promise of wire contract 4.2 to 4.5 is checked on all of it.
#include "integration/eachstore.h"

#include <QJsonDocument>
#include <QRandomGenerator>

#include <deque>
#include <map>
#include <set>

using namespace parley::test;
using namespace Qt::StringLiterals;

namespace {

constexpr int Actions = 150; // of each connection
constexpr size_t Pipeline = 8; // commands of a connection under way
constexpr int Window = 5; // so that connections fall behind all the time

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
    void wrong(const QString &what, const QJsonObject &frame)
    {
        wrongs.append(what + u": "_s
            + QString::fromUtf8(QJsonDocument(frame).toJson(QJsonDocument::Compact)));
    }

    QRandomGenerator random;
    std::map<Place, Message> sent; // by what the senders know
    std::map<Place, Message> received; // by what the receivers were given
    std::map<qint64, std::multiset<Place>> receiptsOwed; // to each sender
    QStringList wrongs;
};

// One connection. Of a user's, only one confirms: what that one has to see is exactly known.
class Player {
public:
    Player(const TestServer &server, World &world, qint64 user, bool confirms)
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

    void play() { m_left = Actions, act(); }
    // Reads, and confirms, what there is.
    void drain() { fetch(m_seen, 500), m_isDraining = true; }
    // Everything that was committed by now has come when this is answered.
    void fence() { ask({u"TRACK"_s}, {{u"clientId"_s, u"fence"_s}}); }

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
    void ask(Asked asked, QJsonObject frame)
    {
        asked.ref = ++m_lastRef;
        frame.insert(u"cmd"_s, asked.cmd);
        frame.insert(u"ref"_s, asked.ref);
        m_asked.push_back(std::move(asked));
        m_socket.sendTextMessage(
            QString::fromUtf8(QJsonDocument(frame).toJson(QJsonDocument::Compact)));
    }

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
    for (int i = below(2 * Window); i >= 0; --i)
        seqs.insert(std::max<qint64>(1, m_seen - below(3 * Window)));
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

using Players = std::vector<std::unique_ptr<Player>>;

template <class Condition> bool waitForAll(const Players &players, Condition condition)
{
    return QTest::qWaitFor(
        [&] {
            return std::ranges::all_of(
                players, [&](const auto &p) { return std::invoke(condition, *p); });
        },
        60'000);
}

} // namespace

class Stress : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase_data() { addEachStore(); }
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void everyPromiseHolds_data()
    {
        QTest::addColumn<quint32>("seed");
        for (const quint32 seed : {1U, QRandomGenerator::system()->generate()})
            QTest::addRow("seed %u", seed) << seed;
    }
    void everyPromiseHolds()
    {
        QFETCH(quint32, seed);
        World world(seed);
        StoredServer server(
            [](parley::app::Settings &settings) { settings.limits.window = Window; });
        Players players;
        for (int user = 1; user <= TestServer::Users; ++user)
            for (const bool confirms : {true, false})
                players.push_back(std::make_unique<Player>(server, world, user, confirms));
        QVERIFY(waitForAll(players, &Player::isGreeted));

        for (const auto phase : {&Player::play, &Player::drain, &Player::fence}) {
            for (const auto &player : players)
                (player.get()->*phase)();
            const bool finished = waitForAll(players, &Player::isIdle);
            QVERIFY2(world.wrongs.isEmpty(), qPrintable(world.wrongs.mid(0, 5).join(u'\n')));
            QVERIFY(finished);
        }
        check(server, world, players);
    }

private:
    static void check(const TestServer &server, const World &world, const Players &players)
    {
        QVERIFY(world.sent.size() > size_t(Actions));
        QVERIFY(world.sent == world.received); // nothing lost, nothing doubled, nothing changed
        int timesBehind = 0;
        for (const auto &player : players) {
            timesBehind += player->timesBehind();
            const auto owed = world.receiptsOwed.find(player->user());
            QVERIFY(owed == world.receiptsOwed.end() ? player->receipts().empty()
                                                     : player->receipts() == owed->second);
        }
        QVERIFY(timesBehind > TestServer::Users);
        for (int user = 1; user <= TestServer::Users; ++user) {
            const auto first = world.sent.lower_bound({user, 0});
            const auto end = world.sent.lower_bound({user + 1, 0});
            const qint64 count = std::distance(first, end);
            QCOMPARE(std::prev(end)->first.second, count); // 1, 2, 3 ... without gaps
            QCOMPARE(User(server, user).hello["unread"_L1],
                (QJsonObject{{u"count"_s, 0}, {u"lastSeq"_s, count}}));
        }
    }
};

QTEST_GUILESS_MAIN(Stress)
#include "stress.moc"
