// SPDX-License-Identifier: MIT
// Players, with the real server.
#include "play/players.h"
#include "support/testserver.h"

#include <QSignalSpy>
#include <QTest>

using namespace parley;
using namespace parley::play;
using frames::Frame;
using frames::Kind;
using test::TestServer;

namespace {

constexpr int TimeoutMs = 20'000;

} // namespace

class PlayPlayer : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void aMessageIsConfirmedOnBothSides();
    void aMessageForWhoIsAwayIsCountedAndFetched();
    void withoutAutoConfirmOneOrAllAreConfirmedByHand();
    void droppedConfirmsLeaveTheMessageUnread();
    void delayedConfirmsComeLater();
    void doubledConfirmsComeTwiceInOrder();
    void whoGoesOnReadingGetsAllMessages();
    void whoIsCutOffComesBack();
    void aSessionThatIsRefusedIsInTheLog();
    void aLoginThatIsRefusedIsInTheLog();
    void theUnreadCountSurvivesASentThatComesLate();
    void theUnreadCountSurvivesAReconnect();
    void sendingAgainIsADuplicate();
    void whatIsMissingIsSaid();
    void whatIsDoneIsTold();
    void areNamedInOrderUpToALimit();

private:
    Account account(qint64 userId) const;
    bool connects(Player &);
    bool disconnects(Player &);
    // How many frames of this player's are in the log.
    int count(const Player &, Kind, const QByteArray &cmd) const;
    const Bubble *bubbleOf(Player &, const QByteArray &clientId) const;
    bool isAt(Player &, const QByteArray &clientId, Life) const;

    std::unique_ptr<TestServer> server;
    std::unique_ptr<Players> players;
    Player *alice = nullptr;
    Player *bob = nullptr;
};

void PlayPlayer::init()
{
    server = std::make_unique<TestServer>();
    players = std::make_unique<Players>();
    alice = players->addPlayer();
    bob = players->addPlayer();
    alice->setAccount(account(1));
    bob->setAccount(account(2));
}

void PlayPlayer::cleanup()
{
    players.reset();
    server.reset();
}

Account PlayPlayer::account(qint64 userId) const
{
    Account account;
    account.server = QUrl(QStringLiteral("ws://127.0.0.1:%1").arg(server->port()));
    account.way = Account::Way::SecretKey;
    account.userId = UserId(userId);
    account.secretKey = TestServer::SecretKey;
    return account;
}

bool PlayPlayer::connects(Player &player)
{
    return player.connectToServer()
        && QTest::qWaitFor([&] { return player.isOnline(); }, TimeoutMs);
}

bool PlayPlayer::disconnects(Player &player)
{
    player.disconnectFromServer();
    return QTest::qWaitFor([&] { return player.state() == client::State::Offline; }, TimeoutMs);
}

int PlayPlayer::count(const Player &player, Kind kind, const QByteArray &cmd) const
{
    int found = 0;
    const auto &log = players->log();
    for (qint64 number = log.firstNumber(); number <= log.lastNumber(); ++number) {
        const Frame *frame = log.frame(number);
        found += frame->pane == player.pane() && frame->kind == kind
            && (kind == Kind::Ended ? frame->code : frame->cmd) == cmd;
    }
    return found;
}

const Bubble *PlayPlayer::bubbleOf(Player &player, const QByteArray &clientId) const
{
    auto &conversation = player.conversation();
    for (int row = 0; row < conversation.rowCount(); ++row) {
        if (conversation.bubble(row).clientId == clientId)
            return &conversation.bubble(row);
    }
    return nullptr;
}

bool PlayPlayer::isAt(Player &player, const QByteArray &clientId, Life life) const
{
    const Bubble *bubble = bubbleOf(player, clientId);
    return bubble && bubble->life == life;
}

void PlayPlayer::aMessageIsConfirmedOnBothSides()
{
    QVERIFY(connects(*alice) && connects(*bob));
    const QByteArray id = alice->send(UserId(2), QStringLiteral("chào"));
    QVERIFY(isAt(*alice, id, Life::Sending));
    QTRY_VERIFY_WITH_TIMEOUT(isAt(*bob, id, Life::Confirmed), TimeoutMs);
    QTRY_VERIFY_WITH_TIMEOUT(isAt(*alice, id, Life::Confirmed), TimeoutMs);
    const Bubble *sent = bubbleOf(*alice, id);
    const Bubble *got = bubbleOf(*bob, id);
    QVERIFY(sent->isMine && !got->isMine);
    QCOMPARE(got->body, QStringLiteral("chào"));
    QCOMPARE(got->peer, UserId(1));
    QCOMPARE(got->seq, sent->seq);
    QVERIFY(sent->sendingAtUs > 0 && sent->storedAtUs >= sent->sendingAtUs);
    QVERIFY(sent->deliveredAtUs > 0 && sent->confirmedAtUs >= sent->deliveredAtUs);
    QTRY_COMPARE(bob->unread(), 0);
}

void PlayPlayer::aMessageForWhoIsAwayIsCountedAndFetched()
{
    QVERIFY(connects(*alice));
    QList<QByteArray> ids;
    for (int i = 0; i < 3; ++i)
        ids.append(alice->send(UserId(2), QString::number(i)));
    QTRY_VERIFY_WITH_TIMEOUT(isAt(*alice, ids[2], Life::Stored), TimeoutMs);
    QVERIFY(connects(*bob));
    QTRY_COMPARE(bob->unread(), 3);
    QCOMPARE(bob->conversation().rowCount(), 0);
    bob->fetch();
    for (const QByteArray &id : ids) {
        QTRY_VERIFY_WITH_TIMEOUT(isAt(*bob, id, Life::Confirmed), TimeoutMs);
        QTRY_VERIFY_WITH_TIMEOUT(isAt(*alice, id, Life::Confirmed), TimeoutMs);
    }
    QCOMPARE(bob->unread(), 0);
    QCOMPARE(count(*bob, Kind::Received, "MESSAGE"), 0);
}

void PlayPlayer::withoutAutoConfirmOneOrAllAreConfirmedByHand()
{
    QVERIFY(connects(*alice) && connects(*bob));
    bob->setAutoConfirm(false);
    QList<QByteArray> ids;
    for (int i = 0; i < 3; ++i)
        ids.append(alice->send(UserId(2), QString::number(i)));
    QTRY_COMPARE_WITH_TIMEOUT(bob->unread(), 3, TimeoutMs);
    QTRY_COMPARE_WITH_TIMEOUT(bob->conversation().unconfirmed().size(), 3U, TimeoutMs);
    QVERIFY(isAt(*bob, ids[1], Life::Delivered));
    bob->confirm({bubbleOf(*bob, ids[1])->seq});
    QTRY_VERIFY_WITH_TIMEOUT(isAt(*alice, ids[1], Life::Confirmed), TimeoutMs);
    QTRY_COMPARE_WITH_TIMEOUT(bob->unread(), 2, TimeoutMs);
    QVERIFY(isAt(*alice, ids[0], Life::Delivered));
    bob->confirmAll();
    QTRY_COMPARE_WITH_TIMEOUT(bob->unread(), 0, TimeoutMs);
    for (const QByteArray &id : ids)
        QTRY_VERIFY_WITH_TIMEOUT(isAt(*alice, id, Life::Confirmed), TimeoutMs);
}

void PlayPlayer::droppedConfirmsLeaveTheMessageUnread()
{
    QVERIFY(connects(*alice) && connects(*bob));
    bob->setConfirmHabit(ConfirmHabit::Dropped);
    const QByteArray id = alice->send(UserId(2), QStringLiteral("x"));
    QTRY_VERIFY_WITH_TIMEOUT(isAt(*bob, id, Life::Delivered), TimeoutMs);
    QVERIFY(disconnects(*bob));
    QVERIFY(connects(*bob));
    QTRY_COMPARE(bob->unread(), 1);
    QCOMPARE(count(*bob, Kind::Sent, "CONFIRM"), 0);
}

void PlayPlayer::delayedConfirmsComeLater()
{
    QVERIFY(connects(*alice) && connects(*bob));
    constexpr milliseconds Delay = 250ms;
    bob->setConfirmHabit(ConfirmHabit::Delayed, Delay);
    const QByteArray id = alice->send(UserId(2), QStringLiteral("x"));
    QTRY_VERIFY_WITH_TIMEOUT(isAt(*bob, id, Life::Confirmed), TimeoutMs);
    const Bubble *bubble = bubbleOf(*bob, id);
    QVERIFY(bubble->confirmedAtUs - bubble->deliveredAtUs
        >= std::chrono::microseconds(Delay - 20ms).count());
}

void PlayPlayer::doubledConfirmsComeTwiceInOrder()
{
    QVERIFY(connects(*alice) && connects(*bob));
    bob->setConfirmHabit(ConfirmHabit::Doubled);
    alice->send(UserId(2), QStringLiteral("x"));
    QTRY_COMPARE_WITH_TIMEOUT(count(*bob, Kind::Received, "CONFIRMED"), 2, TimeoutMs);
    QCOMPARE(count(*bob, Kind::Sent, "CONFIRM"), 2);
    std::vector<qint64> removed;
    const auto &log = players->log();
    for (qint64 number = log.firstNumber(); number <= log.lastNumber(); ++number) {
        const auto reply = protocol::decodeReply(log.frame(number)->payload);
        if (const auto *answer = reply ? std::get_if<protocol::Confirmed>(&*reply) : nullptr)
            removed.push_back(answer->removed);
    }
    QCOMPARE(removed, (std::vector<qint64>{1, 0}));
    QCOMPARE(bob->unread(), 0);
}

void PlayPlayer::whoGoesOnReadingGetsAllMessages()
{
    QVERIFY(connects(*alice) && connects(*bob));
    bob->setReading(false);
    QVERIFY(!bob->isReading());
    QByteArray last;
    for (int i = 0; i < 200; ++i)
        last = alice->send(UserId(2), QString(1000, QLatin1Char('x')));
    QTRY_VERIFY_WITH_TIMEOUT(bubbleOf(*alice, last)->life != Life::Sending, TimeoutMs);
    QCOMPARE(bob->conversation().rowCount(), 0);
    bob->setReading(true);
    QTRY_VERIFY_WITH_TIMEOUT(isAt(*bob, last, Life::Confirmed), TimeoutMs);
    QCOMPARE(bob->conversation().rowCount(), 200);
    QVERIFY(bob->isOnline());
    QCOMPARE(count(*bob, Kind::Opened, {}), 1);
}

void PlayPlayer::whoIsCutOffComesBack()
{
    QVERIFY(connects(*alice) && connects(*bob));
    QSignalSpy states(bob, &Player::stateChanged);
    bob->abortConnection();
    QTRY_COMPARE_WITH_TIMEOUT(count(*bob, Kind::Received, "HELLO"), 2, TimeoutMs);
    QTRY_VERIFY_WITH_TIMEOUT(bob->isOnline(), TimeoutMs);
    QCOMPARE(count(*bob, Kind::Ended, "1006"), 1);
    QVERIFY(states.size() >= 3);
    const QByteArray id = alice->send(UserId(2), QStringLiteral("x"));
    QTRY_VERIFY_WITH_TIMEOUT(isAt(*alice, id, Life::Confirmed), TimeoutMs);
}

void PlayPlayer::aSessionThatIsRefusedIsInTheLog()
{
    Account wrong = account(1);
    wrong.way = Account::Way::Session;
    wrong.session = client::mintTimeSession("another key", UserId(1), SystemClock().now());
    alice->setAccount(wrong);
    QVERIFY(alice->connectToServer());
    QTRY_COMPARE_WITH_TIMEOUT(alice->state(), client::State::Refused, TimeoutMs);
    QCOMPARE(count(*alice, Kind::Ended, "401"), 1);
    QVERIFY(alice->reason().contains(QLatin1String("401")));
    QVERIFY(!alice->sendRaw("{}"));
    alice->setAccount(account(1));
    QVERIFY(connects(*alice));
}

void PlayPlayer::aLoginThatIsRefusedIsInTheLog()
{
    Account login = account(1);
    login.way = Account::Way::Login;
    login.username = QStringLiteral("user1");
    login.password = QStringLiteral("wrong");
    alice->setAccount(login);
    QVERIFY(alice->connectToServer());
    QTRY_COMPARE_WITH_TIMEOUT(alice->state(), client::State::Refused, TimeoutMs);
    QCOMPARE(count(*alice, Kind::Ended, "401"), 1);
    login.password = QStringLiteral("secret");
    alice->setAccount(login);
    QVERIFY(connects(*alice));
    QCOMPARE(alice->userId(), UserId(1));
}

// Two connections have no order between them: what Bob was given and has confirmed may be told to
// Alice as stored only then.
void PlayPlayer::theUnreadCountSurvivesASentThatComesLate()
{
    QVERIFY(connects(*alice) && connects(*bob));
    const QByteArray id = alice->send(UserId(2), QStringLiteral("x"));
    QTRY_VERIFY_WITH_TIMEOUT(isAt(*bob, id, Life::Confirmed), TimeoutMs);
    QCOMPARE(bob->unread(), 0);
    QSignalSpy changes(bob, &Player::unreadChanged);
    bob->noteMailboxGrew(bubbleOf(*bob, id)->seq);
    QCOMPARE(bob->unread(), 0);
    QCOMPARE(changes.size(), 0);
    bob->noteMailboxGrew(bubbleOf(*bob, id)->seq.next());
    QCOMPARE(bob->unread(), 1);
}

void PlayPlayer::theUnreadCountSurvivesAReconnect()
{
    bob->setAutoConfirm(false);
    QVERIFY(connects(*alice) && connects(*bob));
    const QByteArray first = alice->send(UserId(2), QStringLiteral("seen, not confirmed"));
    QTRY_VERIFY_WITH_TIMEOUT(isAt(*bob, first, Life::Delivered), TimeoutMs);
    QVERIFY(disconnects(*bob));
    const QByteArray second = alice->send(UserId(2), QStringLiteral("not seen"));
    QTRY_VERIFY_WITH_TIMEOUT(isAt(*alice, second, Life::Stored), TimeoutMs);
    QVERIFY(connects(*bob));
    QTRY_COMPARE_WITH_TIMEOUT(bob->unread(), 2, TimeoutMs);
    bob->fetch();
    QTRY_VERIFY_WITH_TIMEOUT(isAt(*bob, second, Life::Delivered), TimeoutMs);
    QCOMPARE(bob->unread(), 2);
    bob->confirmAll();
    QTRY_COMPARE_WITH_TIMEOUT(bob->unread(), 0, TimeoutMs);
}

void PlayPlayer::sendingAgainIsADuplicate()
{
    QVERIFY(connects(*alice));
    QVERIFY(!alice->sendAgain());
    alice->send(UserId(2), QStringLiteral("x"), "key");
    QTRY_COMPARE_WITH_TIMEOUT(count(*alice, Kind::Received, "SENT"), 1, TimeoutMs);
    QVERIFY(alice->sendAgain());
    QTRY_COMPARE_WITH_TIMEOUT(count(*alice, Kind::Received, "SENT"), 2, TimeoutMs);
    const auto reply =
        protocol::decodeReply(players->log().frame(players->log().lastNumber())->payload);
    QVERIFY(reply && std::get<protocol::Sent>(*reply).duplicate);
    QCOMPARE(alice->conversation().rowCount(), 1);
}

void PlayPlayer::whatIsMissingIsSaid()
{
    Account empty = account(1);
    empty.secretKey.clear();
    alice->setAccount(empty);
    QVERIFY(!alice->connectToServer());
    QVERIFY(!alice->reason().isEmpty());
    QVERIFY(alice->send(UserId(2), QStringLiteral("x")).isEmpty());
    QCOMPARE(alice->conversation().rowCount(), 0);
}

void PlayPlayer::whatIsDoneIsTold()
{
    std::vector<Action::What> told;
    connect(
        alice, &Player::acted, this, [&](const Action &action) { told.push_back(action.what); });
    QVERIFY(connects(*alice));
    alice->setAutoConfirm(false);
    alice->setAutoConfirm(false); // no change
    alice->send(UserId(2), QStringLiteral("x"));
    alice->sendRaw("{");
    alice->sendBinary("\1");
    QVERIFY(disconnects(*alice));
    using enum Action::What;
    QCOMPARE(told, (std::vector{Connect, SetAutoConfirm, Send, Raw, Binary, Disconnect}));
    QCOMPARE(count(*alice, Kind::Sent, {}), 2);
}

void PlayPlayer::areNamedInOrderUpToALimit()
{
    QSignalSpy added(players.get(), &Players::playerAdded);
    while (players->addPlayer()) { }
    QCOMPARE(int(players->all().size()), Players::MostPlayers);
    QCOMPARE(int(added.size()), Players::MostPlayers - 2);
    QCOMPARE(players->player(QStringLiteral("ClientB")), bob);
    QCOMPARE(players->player(0), alice);
    QCOMPARE(players->player(Players::MostPlayers), nullptr);
    QCOMPARE(players->log().paneName(2), QStringLiteral("ClientC"));
    QVERIFY(connects(*alice));
    players->clear();
    QCOMPARE(players->log().rowCount(), 0);
    QVERIFY(alice->isOnline());
}

QTEST_GUILESS_MAIN(PlayPlayer)
#include "player.moc"
