// SPDX-License-Identifier: MIT
// The auditor cries wolf for nothing that a user does in the window.
#include "workbench/observers.h"
#include "support/testserver.h"

#include <QTest>

using namespace parley;
using client::State;
using test::TestServer;

class ObserversTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void connectingTwiceForgetsNoConfirm();
    void anotherServerHasOtherMailboxes();
    void twoServersAtOnceAreNotMixedUp();
    void whoConfirmsWhereNobodySeesIsNotAccused();
    void whoIsNotLetInElsewhereChangesNothing();

private:
    static constexpr int Patience = 10'000; // ms
    void play(const TestServer &);
    void connectTo(const TestServer &, play::Player *, qint64 userId);
    void leave();
    bool says(int count);

    std::unique_ptr<play::Players> m_players;
    std::unique_ptr<workbench::Observers> m_observers;
    play::Player *m_alice = nullptr;
    play::Player *m_bob = nullptr;
};

void ObserversTest::init()
{
    m_observers.reset();
    m_players = std::make_unique<play::Players>();
    m_alice = m_players->addPlayer();
    m_bob = m_players->addPlayer();
    m_observers = std::make_unique<workbench::Observers>(*m_players, workbench::Observers::Token());
}

void ObserversTest::play(const TestServer &server)
{
    connectTo(server, m_alice, 1);
    connectTo(server, m_bob, 2);
}

void ObserversTest::connectTo(const TestServer &server, play::Player *player, qint64 userId)
{
    play::Account account;
    account.server = server.url();
    account.way = play::Account::Way::SecretKey;
    account.secretKey = TestServer::SecretKey;
    account.userId = UserId(userId);
    player->setAccount(account);
    QVERIFY(player->connectToServer());
    QTRY_VERIFY_WITH_TIMEOUT(player->isOnline(), Patience);
}

void ObserversTest::leave()
{
    for (play::Player *player : {m_alice, m_bob}) {
        player->disconnectFromServer();
        QTRY_COMPARE_WITH_TIMEOUT(player->state(), State::Offline, Patience);
    }
}

// alice writes, and all of it is confirmed.
bool ObserversTest::says(int count)
{
    QByteArray last;
    for (int i = 0; i < count; ++i)
        last = m_alice->send(UserId(2), QString::number(i));
    return QTest::qWaitFor(
        [&] {
            const play::Bubble *sent = m_alice->conversation().lastSent();
            return sent->clientId == last && sent->life == play::Life::Confirmed;
        },
        Patience);
}

void ObserversTest::connectingTwiceForgetsNoConfirm()
{
    const TestServer server;
    play(server);
    QVERIFY(says(2));
    m_bob->connectToServer(); // bob is online
    QVERIFY(says(3));
    leave();
    play(server);
    QVERIFY(says(1));
    QCOMPARE(m_observers->auditor().verdict(), audit::Verdict::Good);
}

void ObserversTest::anotherServerHasOtherMailboxes()
{
    const TestServer first;
    const TestServer second;
    play(first);
    QVERIFY(says(5));
    leave();
    play(second);
    QVERIFY(says(2));
    QCOMPARE(m_observers->auditor().verdict(), audit::Verdict::Good);
}

void ObserversTest::twoServersAtOnceAreNotMixedUp()
{
    const TestServer first;
    const TestServer second;
    play(first);
    play::Player *other = m_players->addPlayer();
    connectTo(second, other, 2);
    QVERIFY(says(3));
    other->send(UserId(2), QStringLiteral("to themself, there"));
    QTRY_VERIFY_WITH_TIMEOUT(
        other->conversation().rowCount() == 2 && other->unread() == 0, Patience);
    QVERIFY(says(1));
    QCOMPARE(m_observers->auditor().verdict(), audit::Verdict::Good);
}

// bob's pane is on the first server; on the second they are somewhere else.
void ObserversTest::whoConfirmsWhereNobodySeesIsNotAccused()
{
    const TestServer first;
    const TestServer second;
    play(first);
    play::Players elsewhere;
    connectTo(second, elsewhere.addPlayer(), 2);
    play::Player *sender = m_players->addPlayer();
    connectTo(second, sender, 1);
    sender->send(UserId(2), QStringLiteral("there"));
    QTRY_COMPARE_WITH_TIMEOUT(
        sender->conversation().lastSent()->life, play::Life::Confirmed, Patience);
    QCOMPARE(m_observers->auditor().verdict(), audit::Verdict::Good);
}

void ObserversTest::whoIsNotLetInElsewhereChangesNothing()
{
    const TestServer first;
    const TestServer second;
    play(first);
    QVERIFY(says(3));
    play::Player *other = m_players->addPlayer();
    play::Account account;
    account.server = second.url();
    account.username = QStringLiteral("nobody");
    other->setAccount(account);
    other->connectToServer();
    QTRY_COMPARE_WITH_TIMEOUT(other->state(), State::Refused, Patience);
    QCOMPARE(m_observers->auditor().numbers().accepted, 3);
    // Only that it was asked for, and refused.
    const auto &diagram = m_observers->diagram();
    QCOMPARE(diagram.at(diagram.size() - 2).label, QStringLiteral("POST /login nobody"));
    QCOMPARE(diagram.at(diagram.size() - 1).label, QStringLiteral("refused 401"));
}

QTEST_MAIN(ObserversTest)
#include "observers.moc"
