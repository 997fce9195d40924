// SPDX-License-Identifier: MIT
// A server that does not do what it should is found out.
#include "play/faults.h"
#include "play/players.h"
#include "support/fakeserver.h"

#include <QTest>

using namespace parley;
using namespace parley::play;
using test::FakeServer;

class FaultsNotMet : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void aDuplicateThatIsStoredAgain();
    void aDuplicateThatDoesNotSaySo();
    void aMessageThatIsGoneUnconfirmed();
    void aMessageThatIsGoneBeforeItsConfirm();
    void aSecondConfirmThatRemovesAgain();
    void aBadFrameThatIsNotAnswered();
    void aBadFrameThatEndsTheConnection();
    void aBinaryFrameThatIsTakenForJson();
    void aSessionThatIsLetIn();
    void aSilenceThatIsNotMinded();
    void anEndThatComesTooEarly();
    void anOversizedFrameThatIsTaken();
    void aFloodThatIsNotMinded();
    void aRefusalWithoutRetryAfter();
    void whoWasCutAndIsNotToldOf();

private:
    void begin(FaultKind);
    // The check's own message to itself is stored and pushed as number 1; its clientId.
    QByteArray takeMessage();
    void isNotMet();
    template <class T> T expectCommand()
    {
        const auto command = server->expect<T>();
        return command.value_or(T());
    }

    std::unique_ptr<FakeServer> server;
    std::unique_ptr<Players> players;
    std::unique_ptr<FaultCheck> check;
    Player *player = nullptr;
};

void FaultsNotMet::init()
{
    server = std::make_unique<FakeServer>();
    players = std::make_unique<Players>();
    player = players->addPlayer();
    Account account;
    account.server = server->url();
    account.way = Account::Way::Session;
    account.userId = UserId(2);
    account.session = "s";
    player->setAccount(account);
    player->connectToServer();
    auto hello = FakeServer::hello();
    hello.limits.heartbeatInterval = 100ms;
    hello.limits.heartbeatTimeout = 1000ms;
    hello.limits.commandsPerSecond = 10;
    hello.limits.burst = 10;
    QVERIFY(server->welcome(hello));
    QTRY_VERIFY(player->isOnline());
}

void FaultsNotMet::cleanup()
{
    check.reset();
    players.reset();
    server.reset();
}

void FaultsNotMet::begin(FaultKind kind)
{
    check = makeFaultCheck(kind, *players, *player,
        {.answer = 1s, .lateness = 300ms, .comeBack = 5s, .confirmDelay = 50ms});
    check->start();
    QVERIFY(check->isRunning());
}

void FaultsNotMet::isNotMet()
{
    QTRY_VERIFY_WITH_TIMEOUT(!check->isRunning(), 15'000);
    QVERIFY2(
        check->outcome().state == FaultCheck::State::NotMet, qPrintable(check->outcome().text));
}

QByteArray FaultsNotMet::takeMessage()
{
    const auto send = expectCommand<protocol::Send>();
    server->stored(send, 1);
    server->say(protocol::Message{Seq(1), UserId(2), send.body, fromMs(1), send.clientId});
    return send.clientId;
}

void FaultsNotMet::aDuplicateThatIsStoredAgain()
{
    begin(FaultKind::SameClientId);
    server->stored(expectCommand<protocol::Send>(), 1);
    server->stored(expectCommand<protocol::Send>(), 2);
    isNotMet();
}

void FaultsNotMet::aDuplicateThatDoesNotSaySo()
{
    begin(FaultKind::SameClientId);
    server->stored(expectCommand<protocol::Send>(), 1);
    server->stored(expectCommand<protocol::Send>(), 1);
    isNotMet();
}

void FaultsNotMet::aMessageThatIsGoneUnconfirmed()
{
    begin(FaultKind::DropConfirms);
    takeMessage();
    for (int i = 0; i < 2; ++i) {
        expectCommand<protocol::Fetch>();
        server->say(protocol::Messages{{}, false, server->ref()});
    }
    isNotMet();
    QVERIFY(check->outcome().frame > 0);
}

void FaultsNotMet::aMessageThatIsGoneBeforeItsConfirm()
{
    begin(FaultKind::DelayConfirms);
    const QByteArray clientId = takeMessage();
    std::optional<protocol::Track> track;
    while (!track) {
        track = server->expect<protocol::Track>();
        QVERIFY(QTest::currentTestFailed() == false);
    }
    server->say(protocol::Tracked{clientId, protocol::TrackState::Confirmed, UserId(2), Seq(1),
        fromMs(1), fromMs(2), server->ref()});
    isNotMet();
}

void FaultsNotMet::aSecondConfirmThatRemovesAgain()
{
    begin(FaultKind::DoubleConfirms);
    takeMessage();
    for (int confirms = 0; confirms < 2;) {
        if (!server->expect<protocol::Confirm>())
            continue; // the FETCH
        ++confirms;
        server->say(protocol::Confirmed{1, server->ref()});
    }
    isNotMet();
}

void FaultsNotMet::aBadFrameThatIsNotAnswered()
{
    server->takesBadFrames = true;
    begin(FaultKind::Malformed);
    isNotMet();
}

void FaultsNotMet::aBadFrameThatEndsTheConnection()
{
    server->takesBadFrames = true;
    begin(FaultKind::Malformed);
    server->say(protocol::Error{ErrorCode::BadJson, {}, {}, {}, {}, {}});
    server->close(4400);
    isNotMet();
}

void FaultsNotMet::aBinaryFrameThatIsTakenForJson()
{
    begin(FaultKind::Binary);
    server->say(protocol::Error{ErrorCode::BadJson, {}, {}, {}, {}, {}});
    isNotMet();
}

void FaultsNotMet::aSessionThatIsLetIn()
{
    begin(FaultKind::OthersSession);
    QVERIFY(server->welcome());
    isNotMet();
    QVERIFY(player->isOnline());
}

void FaultsNotMet::aSilenceThatIsNotMinded()
{
    begin(FaultKind::StopHeartbeats);
    isNotMet();
    QVERIFY(player->heartbeat());
}

void FaultsNotMet::anEndThatComesTooEarly()
{
    begin(FaultKind::StopHeartbeats);
    server->close(4508);
    isNotMet();
}

void FaultsNotMet::anOversizedFrameThatIsTaken()
{
    begin(FaultKind::Oversized);
    isNotMet();
}

void FaultsNotMet::aFloodThatIsNotMinded()
{
    begin(FaultKind::Flood);
    isNotMet();
}

void FaultsNotMet::aRefusalWithoutRetryAfter()
{
    begin(FaultKind::Flood);
    server->say(protocol::Error{ErrorCode::RateLimited, {}, {}, {}, {}, {}});
    isNotMet();
    QVERIFY(check->outcome().frame > 0);
}

void FaultsNotMet::whoWasCutAndIsNotToldOf()
{
    begin(FaultKind::Abort);
    const auto answer = [&] {
        const auto status = server->expect<protocol::Status>();
        if (status)
            server->say(protocol::StatusReply{{{UserId(2), true, fromMs(5)}}, server->ref()});
        return status.has_value();
    };
    QVERIFY(answer());
    QVERIFY(server->welcome());
    while (check->isRunning() && answer()) { }
    isNotMet();
}

QTEST_GUILESS_MAIN(FaultsNotMet)
#include "notmet.moc"
