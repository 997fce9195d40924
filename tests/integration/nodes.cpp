// SPDX-License-Identifier: MIT
// Several servers on one store: for their clients they are one.
#include "integration/eachstore.h"
#include "support/postgres.h"
#include "support/rawclient.h"
#include "support/why.h"

#include "storage/sql/open.h"

#include <QRandomGenerator>

#include <optional>

using namespace parley;
using namespace parley::test;
using namespace Qt::StringLiterals;

namespace {

// Another bus, and what can go wrong on it.
class BadBus final : public storage::Bus {
public:
    explicit BadBus(std::unique_ptr<storage::Bus> bus)
        : m_bus(std::move(bus))
    {
    }

    Done publish(std::span<const QByteArray> notices) override { return m_bus->publish(notices); }
    Result<std::vector<storage::CommitMark>> readMarks() override { return m_bus->readMarks(); }
    Done listen() override
    {
        ++listened;
        return m_bus->listen();
    }
    Result<std::vector<QByteArray>> hear(milliseconds patience) override
    {
        auto heard = m_bus->hear(patience);
        if (!heard || !isBad)
            return heard;
        std::vector<QByteArray> notices = std::exchange(m_late, {});
        for (const QByteArray &notice : *heard) {
            const int chance = isDeaf ? 0 : m_random.bounded(10);
            if (chance >= 3) // else it is lost
                (chance == 3 ? m_late : notices).push_back(notice);
            if (chance == 4)
                notices.push_back(notice);
        }
        std::ranges::reverse(notices);
        return notices;
    }
    void interrupt() override { m_bus->interrupt(); }

    std::atomic<bool> isBad = false; // loses, doubles, delays, changes the order
    std::atomic<bool> isDeaf = false; // and hears nothing at all
    std::atomic<int> listened = 0;

private:
    const std::unique_ptr<storage::Bus> m_bus;
    std::vector<QByteArray> m_late;
    QRandomGenerator m_random{20261128};
};

// Of the connections that listen.
const QByteArray Listeners = "FROM pg_stat_activity WHERE datname = current_database()"
                             " AND query = 'LISTEN parley'";

} // namespace

class Nodes : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        const auto started = m_postgres.start();
        QVERIFY2(started, why(started));
    }
    void init()
    {
        m_database.emplace(m_postgres);
        for (size_t i = 0; i < m_buses.size(); ++i) {
            auto bus = std::make_unique<BadBus>(storage::sql::makeBus(m_database->url()));
            m_buses[i] = bus.get();
            m_nodes[i].emplace(smallWindow, m_database->url(), std::move(bus));
        }
        QTRY_COMPARE(m_database->query("SELECT count(*) " + Listeners), QByteArray("2"));
    }
    void cleanup()
    {
        for (auto &node : m_nodes)
            node.reset();
    }

    void whatIsSentHereArrivesThere()
    {
        User alice(*m_nodes[0], 1);
        User bob(*m_nodes[1], 2);
        alice.send(R"({"cmd":"SEND","receiveUserId":2,"body":"hello \u20ac","clientId":"k",)"
                   R"("receipt":true,"ref":1})");
        const QJsonObject sent = alice.expect(R"({"cmd":"SENT","seq":1,"ref":1})");
        const QJsonObject message =
            bob.expect(R"({"cmd":"MESSAGE","seq":1,"sendUserId":1,"clientId":"k"})");
        QCOMPARE(message["body"_L1].toString(), u"hello \u20ac"_s);
        QCOMPARE(message["time"_L1], sent["time"_L1]);
        bob.confirmUpTo(1, 1);
        const QJsonArray receipts = alice.expect(R"({"cmd":"RECEIPT"})")["receipts"_L1].toArray();
        QCOMPARE(receipts.size(), 1);
        QCOMPARE(receipts[0]["clientId"_L1].toString(), u"k"_s);
        QCOMPARE(receipts[0]["receiveUserId"_L1].toInteger(), 2);
    }

    // Each node is told of the other's messages later than of its own; on a bad bus of some not at
    // all, but the store has all of them, and says when something is missing.
    void allComeInOrderWhoeverSends_data()
    {
        QTest::addColumn<bool>("isBad");
        QTest::newRow("a good bus") << false;
        QTest::newRow("a bad bus") << true;
    }
    void allComeInOrderWhoeverSends()
    {
        constexpr int Each = 100;
        QFETCH(const bool, isBad);
        for (BadBus *bus : m_buses)
            bus->isBad = isBad;
        User alice(*m_nodes[0], 1);
        User carol(*m_nodes[1], 3);
        User here(*m_nodes[0], 2);
        User there(*m_nodes[1], 2);
        for (int i = 1; i <= Each; ++i) {
            for (User *sender : {&alice, &carol})
                sender->send(R"({"cmd":"SEND","receiveUserId":2,"body":""})");
            for (User *sender : {&alice, &carol})
                sender->expect(R"({"cmd":"SENT"})");
        }
        here.expectMessages(1, 2 * Each);
        there.expectMessages(1, 2 * Each);
    }

    // A message that does not fit into a notice is read from the store.
    void aLargeMessageArrives()
    {
        User alice(*m_nodes[0], 1);
        User bob(*m_nodes[1], 2);
        const QByteArray large(20'000, 'x');
        alice.sendMessage(2, large);
        alice.sendMessage(2, "small");
        QCOMPARE(
            bob.expect(R"({"cmd":"MESSAGE","seq":1})")["body"_L1].toString().size(), large.size());
        bob.expect(R"({"cmd":"MESSAGE","seq":2,"body":"small"})");
    }

    void whatIsConfirmedThereMakesRoomHere()
    {
        User alice(*m_nodes[0], 1);
        User here(*m_nodes[0], 2);
        User there(*m_nodes[1], 2);
        for (int i = 1; i <= Window + 50; ++i) {
            alice.sendMessage(2, "x");
            here.expectMessages(i, i);
            there.expectMessages(i, i);
            if (i % (Window / 2) == 0)
                there.confirmUpTo(i, Window / 2);
        }
    }

    // One that begins to listen looks for what it has missed.
    void aListenerThatIsEndedMissesNothing()
    {
        User alice(*m_nodes[0], 1);
        User bob(*m_nodes[1], 2);
        for (int i = 1; i <= 60; ++i) {
            if (i % 10 == 0)
                m_database->query("SELECT pg_terminate_backend(pid) " + Listeners);
            alice.sendMessage(2, "x");
        }
        bob.expectMessages(1, 60);
    }

    // For users, it is one service: whoever is connected anywhere is online.
    void presenceIsThatOfAllNodes()
    {
        User alice(*m_nodes[0], 1);
        alice.send(R"({"cmd":"WATCH","userIds":[2],"ref":"w"})");
        alice.expect(R"({"cmd":"STATUS","ref":"w"})");
        const auto expectOnline = [&alice](bool isOnline) {
            const QJsonObject status = alice.expect(R"({"cmd":"STATUS"})");
            const QJsonObject bob = status["users"_L1].toArray().first().toObject();
            QCOMPARE(bob["userId"_L1].toInteger(), 2);
            QCOMPARE(bob["online"_L1].toBool(), isOnline);
        };
        auto here = std::make_unique<User>(*m_nodes[0], 2);
        expectOnline(true);
        auto there = std::make_unique<User>(*m_nodes[1], 2);
        expectLinks(3);
        here.reset();
        expectLinks(2);
        m_nodes[2].emplace(smallWindow, m_database->url()); // takes nobody offline
        alice.expectNothing();
        there.reset();
        expectOnline(false);
        User again(*m_nodes[2], 2);
        expectOnline(true);
    }

    void aSessionIsThatOfAllNodes()
    {
        const HttpReply login = ask(m_nodes[0]->port(), loginRequest("user2", "secret"));
        QCOMPARE(login.status, 200);
        RawClient there(m_nodes[1]->port());
        QCOMPARE(there.upgrade(chatRequest(login)).status, 101);
        const QByteArray session = login.json()["session"_L1].toString().toLatin1();
        QCOMPARE(ask(m_nodes[0]->port(), logoutRequest(session)).status, 204);
        QCOMPARE(there.closeCode(), 4401);
        RawClient again(m_nodes[1]->port());
        QCOMPARE(again.upgrade(chatRequest(login)).status, 401);
    }

    // The eleventh ends the oldest, wherever it is.
    void twelveOverThreeNodes()
    {
        m_nodes[2].emplace(smallWindow, m_database->url());
        std::vector<std::unique_ptr<User>> bobs;
        for (int i = 0; i < 12; ++i) {
            bobs.push_back(std::make_unique<User>(*m_nodes[i % 3], 2));
            // Whose is the oldest is told by the order in which the store learns of them.
            expectLinks(std::min(i + 1, 10));
        }
        bobs[0]->expectClosed(4409);
        bobs[1]->expectClosed(4409);
        User alice(*m_nodes[0], 1);
        alice.sendMessage(2, "x");
        for (int i = 2; i < 12; ++i)
            bobs[size_t(i)]->expectMessages(1, 1);
    }

    // Its users are offline soon, and nobody else's.
    void theDeathOfANodeIsTold()
    {
        User alice(*m_nodes[0], 1);
        User carol(*m_nodes[1], 3);
        expectLinks(2);
        m_database->query(
            "INSERT INTO node VALUES ('dead', 'dead', '', now(), now() - INTERVAL '11 s')");
        m_database->query("INSERT INTO link VALUES (2, 'dead', 1, now())");
        m_database->query("INSERT INTO presence VALUES (2, NULL, TRUE)");
        alice.send(R"({"cmd":"WATCH","userIds":[2,3],"ref":"w"})");
        alice.expect(R"({"cmd":"STATUS","ref":"w"})");
        // Three signs of life that are not late, which on a busy machine they may be.
        for (int i = 0; i < 20 && m_database->query("SELECT count(*) FROM node") != "2"; ++i)
            beat();
        const QJsonArray users = alice.expect(R"({"cmd":"STATUS"})")["users"_L1].toArray();
        QCOMPARE(users.size(), 1);
        QCOMPARE(users[0]["userId"_L1].toInteger(), 2);
        QCOMPARE(users[0]["online"_L1].toBool(), false);
        QVERIFY(users[0]["lastSeen"_L1].toInteger() > 0); // its last sign of life
        alice.expectNothing();
    }

    // One that was stopped for a while.
    void whoWasTakenForDeadComesBack()
    {
        User alice(*m_nodes[0], 1);
        User bob(*m_nodes[1], 2);
        expectLinks(2);
        alice.send(R"({"cmd":"WATCH","userIds":[2],"ref":"w"})");
        alice.expect(R"({"cmd":"STATUS","ref":"w"})");
        m_database->query("WITH nodes AS (DELETE FROM node), links AS (DELETE FROM link)"
                          " UPDATE presence SET online = FALSE");
        beat();
        expectLinks(2);
        const QJsonArray users = alice.expect(R"({"cmd":"STATUS"})")["users"_L1].toArray();
        QCOMPARE(users[0]["online"_L1].toBool(), true);
        alice.sendMessage(2, "x");
        bob.expectMessages(1, 1);
    }

    // It takes what others send from the store, and begins to listen anew.
    void whoHearsNothingNoticesIt()
    {
        User alice(*m_nodes[0], 1);
        User bob(*m_nodes[1], 2);
        m_buses[1]->isBad = m_buses[1]->isDeaf = true;
        const int before = m_buses[1]->listened;
        alice.sendMessage(2, "x");
        bob.expectMessages(1, 1);
        QTRY_VERIFY(m_buses[1]->listened > before);
        m_buses[1]->isBad = false;
        alice.sendMessage(2, "x");
        bob.expectMessages(2, 2);
    }

private:
    // So many connections are known to the store, which learns of them after their HELLO.
    void expectLinks(int count)
    {
        QTRY_COMPARE(m_database->query("SELECT count(*) FROM link"), QByteArray::number(count));
    }

    // Time passes for the two nodes, and each says that it is alive.
    void beat()
    {
        const QByteArray now = m_database->query("SELECT now()");
        for (size_t i = 0; i < m_buses.size(); ++i)
            m_nodes[i]->advance(storage::NodeBeat);
        QTRY_COMPARE(m_database->query("SELECT count(*) FROM node WHERE beat_at > '" + now + '\''),
            QByteArray("2"));
    }

    static constexpr int Window = 250;
    static void smallWindow(parley::app::Settings &settings) { settings.limits.window = Window; }

    Postgres m_postgres;
    std::optional<PostgresDatabase> m_database;
    std::array<BadBus *, 2> m_buses{}; // their nodes'
    std::array<std::optional<TestServer>, 3> m_nodes; // the third when it is wanted
};

QTEST_GUILESS_MAIN(Nodes)
#include "nodes.moc"
