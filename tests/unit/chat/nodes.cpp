// SPDX-License-Identifier: MIT
// Several nodes on one store, without threads and sockets, and a bus that loses, doubles, delays
// and changes the order: whoever is live gets every message, once and in order, but for what was
// confirmed elsewhere. The same seed gives the same schedule. PARLEY_SCHEDULES says how many there
// are, PARLEY_SEED which one is the first.
#include "coordinator/watermark.h"
#include "storage/memorystore.h"
#include "support/chatscene.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRandomGenerator>
#include <QTest>

#include <set>

using namespace parley;
using test::ChatPeer;

namespace {

constexpr int Nodes = 3;
constexpr int Senders = 3;
const UserId Receiver(9);

// What all nodes share.
struct World {
    explicit World(quint32 seed)
        : random(seed)
        , store(Limits())
    {
        (void)store.open();
        std::vector<storage::Operation> users;
        for (const int id : {1, 2, 3, 9})
            users.push_back(
                {storage::AddUser{{UserId(id), QByteArray::number(id), {}, true}}, {}, {}});
        (void)store.apply(users, clock.now());
    }

    int below(int most) { return int(random.bounded(most)); }
    bool oneIn(int chances) { return below(chances) == 0; }

    QRandomGenerator random;
    test::FakeClock clock;
    storage::MemoryStore store;
    std::map<QByteArray, qint64> marks; // of each writer
    std::set<qint64> confirmed; // seqs of the receiver
    qint64 stored = 0;
};

// One node: a gateway, its store thread, and its end of the bus.
class Node {
public:
    Node(World &world, int number)
        : m_world(world)
        , m_writer("node-" + QByteArray::number(number))
        , m_directory(backend, world.clock, 10, true)
        , router(number, backend, m_directory, m_tracer, world.clock, Limits())
    {
    }

    // One transaction, of some of what was asked; its batch is on its way to the gateway.
    void commit()
    {
        router.submit();
        auto batch = std::make_shared<storage::Batch>();
        for (auto *queue : {&backend.presence, &backend.questions}) {
            for (int some = m_world.below(4) + 1; some > 0 && !queue->empty(); --some) {
                batch->operations.push_back(std::move(queue->front()));
                queue->pop_front();
            }
        }
        if (batch->operations.empty())
            return;
        auto outcomes = m_world.store.apply(batch->operations, m_world.clock.now());
        batch->outcomes = std::move(*outcomes);
        batch->mark = {m_writer, ++m_world.marks[m_writer]};
        for (const storage::Outcome &outcome : batch->outcomes) {
            if (std::holds_alternative<storage::Stored>(outcome))
                ++m_world.stored;
            if (const auto *confirmed = std::get_if<storage::Confirmed>(&outcome)) {
                for (const storage::Message &message : confirmed->removed)
                    m_world.confirmed.insert(message.seq.value());
            }
        }
        m_committed.push_back(batch);
        m_untold.push_back(batch);
        m_mark = batch->mark;
    }
    void applyNext()
    {
        if (m_committed.empty())
            return;
        router.applyBatch(m_committed.front());
        m_committed.pop_front();
    }
    // What it tells, of all that has gathered; or that it is alive.
    std::vector<QByteArray> tell()
    {
        if (m_mark.writer.isNull())
            return {};
        return coordinator::toNotices(std::exchange(m_untold, {}), m_mark, m_told);
    }
    void hear(const QByteArray &text)
    {
        const auto notice = coordinator::readNotice(text);
        QVERIFY(notice);
        if (notice->writer == m_writer)
            return;
        const bool isMissed = m_watermark.heard(
            notice->writer, notice->number, notice->mark, m_world.clock.instant());
        router.applyFacts(notice->facts);
        if (isMissed)
            router.delivery().checkAll();
    }
    void readMarks()
    {
        std::vector<storage::CommitMark> marks;
        for (const auto &[writer, number] : m_world.marks)
            marks.push_back({writer, number});
        if (m_watermark.read(marks, m_writer, m_world.clock.instant()))
            router.delivery().checkAll();
    }
    bool isIdle()
    {
        router.submit();
        return backend.questions.empty() && backend.presence.empty() && m_committed.empty();
    }

    test::ScriptedAsyncStore backend;

private:
    World &m_world;
    const QByteArray m_writer;
    trace::Tracer m_tracer{"test"};
    chat::Directory m_directory;
    std::deque<storage::BatchPtr> m_committed; // and not yet with the gateway
    std::vector<storage::BatchPtr> m_untold;
    storage::CommitMark m_mark;
    qint64 m_told = 0;
    coordinator::Watermark m_watermark;

public:
    chat::Router router;
};

// A connection of the receiver, and what it may be pushed.
class Ear {
public:
    Ear(World &world, Node &node)
        : m_world(world)
        , m_peer(std::make_unique<ChatPeer>(node.router, Receiver))
    {
    }

    // Looks at what it was sent; empty: all is right.
    QString listen()
    {
        for (const QByteArray &text : m_peer->hears().split('|')) {
            const QJsonObject frame = QJsonDocument::fromJson(text).object();
            const QString cmd = frame[QStringLiteral("cmd")].toString();
            const qint64 seq = frame[QStringLiteral("seq")].toInteger();
            if (cmd == QStringLiteral("HELLO")) {
                const QJsonObject unread = frame[QStringLiteral("unread")].toObject();
                m_isLive = unread[QStringLiteral("count")].toInteger() == 0;
                m_last = unread[QStringLiteral("lastSeq")].toInteger();
            } else if (cmd == QStringLiteral("MESSAGES")) {
                m_isFetching = false;
                m_isLive = !frame[QStringLiteral("more")].toBool();
                const QJsonArray page = frame[QStringLiteral("messages")].toArray();
                if (!page.isEmpty())
                    m_last = std::max(m_last, page.last()[QStringLiteral("seq")].toInteger());
            } else if (cmd == QStringLiteral("BEHIND")) {
                m_isLive = false;
            } else if (cmd == QStringLiteral("MESSAGE")) {
                if (!m_isLive)
                    return QStringLiteral("%1 was pushed to who is behind").arg(seq);
                if (seq <= m_last)
                    return QStringLiteral("%1 came behind %2").arg(seq).arg(m_last);
                for (qint64 missing = m_last + 1; missing < seq; ++missing) {
                    if (!m_world.confirmed.contains(missing))
                        return QStringLiteral("%1 came, and %2 did not").arg(seq).arg(missing);
                }
                m_last = seq;
            }
        }
        return {};
    }
    void act()
    {
        if (!m_isLive && !m_isFetching && !m_world.oneIn(3)) {
            m_isFetching = true;
            m_peer->says(R"({"cmd":"FETCH"})");
        } else if (m_last > 0 && m_world.oneIn(3)) {
            m_peer->says(R"({"cmd":"CONFIRM","upTo":)" + QByteArray::number(m_last) + '}');
        }
    }
    // When all is quiet: whether it has all there is.
    QString missing() const
    {
        for (qint64 seq = m_last + 1; seq <= m_world.stored && m_isLive; ++seq) {
            if (!m_world.confirmed.contains(seq))
                return QStringLiteral("%1 never came; the last was %2").arg(seq).arg(m_last);
        }
        return {};
    }

private:
    World &m_world;
    std::unique_ptr<ChatPeer> m_peer;
    bool m_isLive = false;
    bool m_isFetching = false;
    qint64 m_last = 0;
};

// Of ten notices.
constexpr int AllOfThem = 10;

// One schedule.
class Schedule {
public:
    // The loss is chance where it is not given.
    explicit Schedule(quint32 seed, bool hasWatermark = true, std::optional<int> loss = {})
        : m_world(seed)
        , m_hasWatermark(hasWatermark)
        , m_loss(loss.value_or(m_world.below(4)))
    {
        for (int i = 0; i < Nodes; ++i)
            m_nodes.push_back(std::make_unique<Node>(m_world, i));
        for (int i = 0; i < Senders; ++i)
            m_senders.push_back(
                std::make_unique<ChatPeer>(m_nodes[size_t(i)]->router, UserId(i + 1)));
    }

    // Empty: nothing was wrong.
    QString run()
    {
        for (int step = 0; step < 80 && m_wrong.isEmpty(); ++step) {
            doSomething(*m_nodes[size_t(m_world.below(Nodes))]);
            listen();
        }
        for (int round = 0; round < 12 && m_wrong.isEmpty(); ++round) {
            becomeQuiet(round < 4);
            listen();
        }
        for (const auto &ear : m_ears) {
            if (m_wrong.isEmpty())
                m_wrong = ear->missing();
        }
        return m_wrong;
    }

private:
    void doSomething(Node &node)
    {
        switch (m_world.below(9)) {
        case 0:
        case 1:
            return m_senders[size_t(m_world.below(Senders))]->says(
                R"({"cmd":"SEND","receiveUserId":9,"body":"x"})");
        case 2:
            return node.commit();
        case 3:
            return node.applyNext();
        case 4:
            return tell(node);
        case 5:
            return hearOne();
        case 6:
            m_world.clock.advance(milliseconds(m_world.below(300)));
            return readMarks(node);
        case 7:
            return comeOrGo(node);
        case 8:
            if (!m_ears.empty())
                m_ears[size_t(m_world.below(int(m_ears.size())))]->act();
        }
    }
    void comeOrGo(Node &node)
    {
        if (m_ears.size() < 3 && m_world.oneIn(2))
            m_ears.push_back(std::make_unique<Ear>(m_world, node));
        else if (!m_ears.empty() && m_world.oneIn(4))
            m_ears.erase(m_ears.begin() + m_world.below(int(m_ears.size())));
    }
    void tell(Node &node)
    {
        for (const QByteArray &notice : node.tell()) {
            for (int to = 0; to < Nodes; ++to) {
                const bool isLost = m_world.below(10) < m_loss;
                for (int copies = isLost ? 0 : m_world.oneIn(8) ? 2 : 1; copies > 0; --copies)
                    m_bus.emplace_back(to, notice);
            }
        }
    }
    void hearOne()
    {
        if (m_bus.empty())
            return;
        // Mostly the first, which is the oldest.
        const size_t which = m_world.oneIn(3) ? size_t(m_world.below(int(m_bus.size()))) : 0;
        const auto [to, notice] = m_bus[which];
        m_bus.erase(m_bus.begin() + qsizetype(which));
        m_nodes[size_t(to)]->hear(notice);
    }
    void readMarks(Node &node)
    {
        if (m_hasWatermark)
            node.readMarks();
    }
    // Whatever is lost stays lost.
    void becomeQuiet(bool tells)
    {
        for (bool isIdle = false; !isIdle;) {
            isIdle = m_bus.empty();
            for (const auto &node : m_nodes) {
                isIdle = isIdle && node->isIdle();
                node->commit();
                node->applyNext();
                node->router.sweep();
            }
            hearOne();
        }
        m_world.clock.advance(coordinator::MarkInterval);
        for (const auto &node : m_nodes) {
            readMarks(*node);
            if (tells)
                tell(*node);
        }
    }
    void listen()
    {
        for (const auto &ear : m_ears) {
            if (m_wrong.isEmpty())
                m_wrong = ear->listen();
        }
    }

    World m_world;
    const bool m_hasWatermark;
    const int m_loss;
    std::vector<std::unique_ptr<Node>> m_nodes;
    std::vector<std::unique_ptr<ChatPeer>> m_senders;
    std::vector<std::unique_ptr<Ear>> m_ears;
    std::vector<std::pair<int, QByteArray>> m_bus; // to whom, what
    QString m_wrong;
};

} // namespace

class ChatNodes : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void nothingIsMissedDoubledOrOutOfOrder()
    {
        const int schedules = qEnvironmentVariableIntValue("PARLEY_SCHEDULES");
        const auto first = quint32(qEnvironmentVariableIntValue("PARLEY_SEED"));
        for (quint32 seed = first; seed < first + quint32(schedules > 0 ? schedules : 500);
             ++seed) {
            const QString wrong = Schedule(seed).run();
            QVERIFY2(
                wrong.isEmpty(), qPrintable(QStringLiteral("seed %1: %2").arg(seed).arg(wrong)));
        }
    }

    // Then only the marks of commits are left, and without them something is missed: the test can
    // fail.
    void onABusThatLosesAllTheWatermarkIsEnough()
    {
        int missed = 0;
        for (quint32 seed = 0; seed < 50; ++seed) {
            const QString wrong = Schedule(seed, true, AllOfThem).run();
            QVERIFY2(
                wrong.isEmpty(), qPrintable(QStringLiteral("seed %1: %2").arg(seed).arg(wrong)));
            missed += int(!Schedule(seed, false, AllOfThem).run().isEmpty());
        }
        QVERIFY(missed > 0);
    }
};

QTEST_GUILESS_MAIN(ChatNodes)
#include "nodes.moc"
