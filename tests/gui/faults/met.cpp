// SPDX-License-Identifier: MIT
// Every fault against the real server, which does what the contract has.
#include "play/faults.h"
#include "play/players.h"
#include "support/testserver.h"

#include <QSignalSpy>
#include <QTest>

using namespace parley;
using namespace parley::play;
using test::TestServer;

namespace {

void hurry(app::Settings &settings)
{
    settings.limits.heartbeatInterval = 500ms;
    settings.limits.heartbeatTimeout = 1500ms;
    settings.limits.commandsPerSecond = 200;
    settings.limits.burst = 300;
}

Account bySecretKey(const TestServer &server, qint64 userId)
{
    Account account;
    account.server = QUrl(QStringLiteral("ws://127.0.0.1:%1").arg(server.port()));
    account.way = Account::Way::SecretKey;
    account.userId = UserId(userId);
    account.secretKey = TestServer::SecretKey;
    return account;
}

Account byLogin(const TestServer &server, int user)
{
    Account account = bySecretKey(server, user);
    account.way = Account::Way::Login;
    account.username = QStringLiteral("user%1").arg(user);
    account.password = QStringLiteral("secret");
    return account;
}

bool comesOnline(Player &player)
{
    player.connectToServer();
    return QTest::qWaitFor([&] { return player.isOnline(); }, 10'000);
}

FaultCheck::Outcome run(FaultKind kind, Players &players, Player &player,
    const FaultCheck::Patience &patience = {.slowReader = 17s, .confirmDelay = 200ms})
{
    const auto check = makeFaultCheck(kind, players, player, patience);
    check->start();
    if (!QTest::qWaitFor([&] { return !check->isRunning(); }, 60'000))
        check->stop();
    return check->outcome();
}

} // namespace

class FaultsMet : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theServerDoesWhatItShould_data();
    void theServerDoesWhatItShould();
    void sessionsOfALoginAreRefusedToo_data();
    void sessionsOfALoginAreRefusedToo();
    void theTenthBadFrameMayEndTheConnection();
    void whatIsAloneIsTriedAsWell();
    void whatCannotBeTriedSaysSo();
    void whoStopsOneHasHisHabitsBack();
    void everyFaultIsExplained();
};

void FaultsMet::theServerDoesWhatItShould_data()
{
    QTest::addColumn<int>("kind");
    QTest::addColumn<bool>("autoConfirm");
    for (const Fault &fault : faults()) {
        QTest::addRow("%s", qPrintable(fault.title)) << int(fault.kind) << true;
        QTest::addRow("%s, by hand", qPrintable(fault.title)) << int(fault.kind) << false;
    }
}

void FaultsMet::theServerDoesWhatItShould()
{
    QFETCH(const int, kind);
    QFETCH(const bool, autoConfirm);
    const TestServer server(hurry);
    Players players;
    Player &alice = *players.addPlayer();
    Player &bob = *players.addPlayer();
    alice.setAccount(bySecretKey(server, 1));
    bob.setAccount(bySecretKey(server, 2));
    alice.setAutoConfirm(autoConfirm);
    QVERIFY(comesOnline(alice));
    QVERIFY(comesOnline(bob));
    const auto outcome = run(FaultKind(kind), players, alice);
    QVERIFY2(outcome.state == FaultCheck::State::Met, qPrintable(outcome.text));
    const auto *shown = players.log().frame(outcome.frame);
    QVERIFY(shown);
    QCOMPARE(shown->pane, alice.pane());
    QVERIFY(!outcome.text.isEmpty());
    // It is as it was.
    QCOMPARE(alice.confirmHabit(), ConfirmHabit::Proper);
    QCOMPARE(alice.autoConfirm(), autoConfirm);
    QVERIFY(alice.heartbeat());
    QVERIFY(alice.isReading());
    QTRY_VERIFY_WITH_TIMEOUT(alice.isOnline(), 10'000);
    QVERIFY(bob.isOnline());
}

void FaultsMet::sessionsOfALoginAreRefusedToo_data()
{
    QTest::addColumn<int>("kind");
    QTest::newRow("wrong") << int(FaultKind::WrongSession);
    QTest::newRow("expired") << int(FaultKind::ExpiredSession);
    QTest::newRow("another user's") << int(FaultKind::OthersSession);
}

void FaultsMet::sessionsOfALoginAreRefusedToo()
{
    QFETCH(const int, kind);
    const TestServer server(hurry);
    Players players;
    Player &alice = *players.addPlayer();
    alice.setAccount(byLogin(server, 1));
    QVERIFY(comesOnline(alice));
    const auto outcome = run(FaultKind(kind), players, alice);
    QVERIFY2(outcome.state == FaultCheck::State::Met, qPrintable(outcome.text));
    QCOMPARE(players.log().frame(outcome.frame)->code, QByteArray("401"));
    QVERIFY(alice.isOnline());
}

void FaultsMet::theTenthBadFrameMayEndTheConnection()
{
    const TestServer server(hurry);
    Players players;
    Player &alice = *players.addPlayer();
    alice.setAccount(bySecretKey(server, 1));
    QVERIFY(comesOnline(alice));
    FaultCheck::Outcome outcome;
    for (int i = 0; i < limits::BadFrames; ++i) {
        outcome = run(i % 2 ? FaultKind::Malformed : FaultKind::Binary, players, alice);
        QVERIFY2(outcome.state == FaultCheck::State::Met, qPrintable(outcome.text));
    }
    QCOMPARE(players.log().frame(outcome.frame)->code, QByteArray("4400"));
}

void FaultsMet::whatIsAloneIsTriedAsWell()
{
    const TestServer server(hurry);
    Players players;
    Player &alice = *players.addPlayer();
    alice.setAccount(bySecretKey(server, 1));
    QVERIFY(comesOnline(alice));
    for (const FaultKind kind : {FaultKind::OthersSession, FaultKind::StopReading}) {
        const auto outcome = run(kind, players, alice);
        QVERIFY2(outcome.state == FaultCheck::State::Met, qPrintable(outcome.text));
    }
}

void FaultsMet::whatCannotBeTriedSaysSo()
{
    const TestServer server([](app::Settings &settings) { settings.limits.commandsPerSecond = 0; });
    Players players;
    Player &alice = *players.addPlayer();
    const auto isNotTried = [&](FaultKind kind) {
        const auto outcome = run(kind, players, alice);
        return outcome.state == FaultCheck::State::NotTried && !outcome.text.isEmpty();
    };
    for (const Fault &fault : faults())
        QVERIFY2(isNotTried(fault.kind), qPrintable(fault.title));
    alice.setAccount(bySecretKey(server, 1));
    QVERIFY(comesOnline(alice));
    QVERIFY(isNotTried(FaultKind::Flood)); // there is no rate
    Player &again = *players.addPlayer(); // may confirm what alice drops
    again.setAccount(bySecretKey(server, 1));
    QVERIFY(comesOnline(again));
    QVERIFY(isNotTried(FaultKind::DropConfirms));
    Account account = alice.account();
    account.way = Account::Way::Session;
    account.session = "x";
    alice.setAccount(account);
    QVERIFY(isNotTried(FaultKind::ExpiredSession));
}

void FaultsMet::whoStopsOneHasHisHabitsBack()
{
    const TestServer server(hurry);
    Players players;
    Player &alice = *players.addPlayer();
    alice.setAccount(bySecretKey(server, 1));
    QVERIFY(comesOnline(alice));
    for (const FaultKind kind : {FaultKind::StopHeartbeats, FaultKind::DelayConfirms}) {
        const auto check = makeFaultCheck(kind, players, alice);
        QSignalSpy finished(check.get(), &FaultCheck::finished);
        check->start();
        QVERIFY(check->isRunning());
        check->stop();
        QCOMPARE(finished.size(), 1);
        QVERIFY(alice.heartbeat());
        QCOMPARE(alice.confirmHabit(), ConfirmHabit::Proper);
        check->stop();
        QCOMPARE(finished.size(), 1);
    }
}

void FaultsMet::everyFaultIsExplained()
{
    const auto all = faults();
    for (size_t i = 0; i < all.size(); ++i) {
        QCOMPARE(size_t(all[i].kind), i);
        QVERIFY(!all[i].title.isEmpty() && !all[i].whatItDoes.isEmpty());
        QVERIFY(!all[i].whatTheServerShouldDo.isEmpty());
    }
    QCOMPARE(all.back().kind, FaultKind::Flood);
}

QTEST_GUILESS_MAIN(FaultsMet)
#include "met.moc"
