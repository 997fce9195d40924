// SPDX-License-Identifier: MIT
// Twenty users, each connected to both gateways, do everything at random to each other; then every
// promise of docs/protocol.md 4.2 to 4.5 is checked on all of it.
#include "integration/player.h"

#include <functional>

using namespace parley::test;
using namespace Qt::StringLiterals;

namespace {

constexpr int Actions = 150; // of each connection
constexpr int Window = 5; // so that connections fall behind all the time

using Phases = std::vector<std::function<void(Player &)>>;
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

        const auto play = [](Player &player) { player.play(Actions); };
        for (const auto &phase : Phases{play, &Player::drain, &Player::fence}) {
            for (const auto &player : players)
                phase(*player);
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
