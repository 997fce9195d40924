// SPDX-License-Identifier: MIT
// What was done by hand is a scenario that passes.
#include "scenario/record/recorder.h"
#include "scenario/run/runner.h"
#include "support/testserver.h"

#include <QSignalSpy>
#include <QTest>

using namespace parley;
using namespace parley::scenario;
using namespace parley::test;

namespace {

play::Account accountOf(const TestServer &server, int user)
{
    play::Account account;
    account.server = QUrl(QStringLiteral("ws://127.0.0.1:%1").arg(server.port()));
    account.way = play::Account::Way::SecretKey;
    account.userId = UserId(user);
    account.secretKey = TestServer::SecretKey;
    return account;
}

bool isAnswered(const play::Player &player, play::Conversation &conversation, size_t unconfirmed)
{
    return QTest::qWaitFor(
        [&] { return player.isOnline() && conversation.unconfirmed().size() == unconfirmed; });
}

} // namespace

class TestScenarioRecorder : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aSessionByHandPassesWhenItIsRunAgain();
    void whoWasWatchedBeforeIsWatchedAgain();
    void whatIsSecretIsNotRecorded();
    void itStopsByItself();

private:
    void playByHand(play::Players &, TestServer &);

    QByteArray m_text; // what was recorded
};

void TestScenarioRecorder::playByHand(play::Players &players, TestServer &server)
{
    play::Player &a = *players.addPlayer();
    play::Player &b = *players.addPlayer();
    a.setAccount(accountOf(server, 1));
    b.setAccount(accountOf(server, 2));
    b.setAutoConfirm(false);
    Recorder recorder(players);
    recorder.start();
    a.connectToServer();
    QVERIFY(QTest::qWaitFor([&] { return a.isOnline(); }));
    QSignalSpy presence(&a, &play::Player::presenceChanged);
    a.watch(UserId(2));
    QVERIFY(presence.wait());
    b.connectToServer();
    QVERIFY(QTest::qWaitFor([&] { return b.isOnline(); }));
    QVERIFY(!a.send(UserId(2), QStringLiteral("for 5$ \"quoted\" & größer\n")).isNull());
    QVERIFY(!b.send(UserId(1), QStringLiteral("an answer")).isNull());
    QVERIFY(isAnswered(b, b.conversation(), 1));
    b.confirm(b.conversation().unconfirmed());
    QVERIFY(isAnswered(b, b.conversation(), 0));
    QVERIFY(a.sendAgain());
    QVERIFY(QTest::qWaitFor([&] { return b.unread() == 0 && a.unread() == 0; }));
    b.disconnectFromServer();
    QVERIFY(QTest::qWaitFor([&] { return b.state() == client::State::Offline; }));
    QVERIFY(!a.send(UserId(2), QStringLiteral("first")).isNull());
    QVERIFY(!a.send(UserId(2), QStringLiteral("second")).isNull());
    QVERIFY(!a.send(UserId(999'999), QStringLiteral("nobody")).isNull());
    QVERIFY(a.sendRaw("{\"cmd\":\"DANCE\"}"));
    QVERIFY(a.sendBinary("\x01\x02"));
    QVERIFY(QTest::qWaitFor([&] { return b.unread() == 2; }));
    b.connectToServer();
    QVERIFY(QTest::qWaitFor([&] { return b.isOnline(); }));
    b.fetch();
    QVERIFY(isAnswered(b, b.conversation(), 2));
    b.confirm({b.conversation().unconfirmed().back()});
    QVERIFY(isAnswered(b, b.conversation(), 1));
    b.confirmAll();
    QVERIFY(isAnswered(b, b.conversation(), 0));
    for (int i = 0; i < 8; ++i)
        QVERIFY(a.sendRaw("{}"));
    QVERIFY(QTest::qWaitFor([&] { return a.state() == client::State::Refused; }));
    recorder.stop();
    m_text = recorder.text(QStringLiteral("By \"hand\""));
}

void TestScenarioRecorder::aSessionByHandPassesWhenItIsRunAgain()
{
    {
        TestServer server;
        play::Players players;
        playByHand(players, server);
        if (QTest::currentTestFailed())
            return;
    }
    const auto scenario = parse(m_text, QStringLiteral("recorded.yaml"));
    QVERIFY2(scenario, scenario ? "" : qPrintable(scenario.failure().text));
    QCOMPARE(scenario->name, QStringLiteral("By \"hand\""));
    // It says what is to be seen, and not only what was done.
    for (const char *step : {"cmd: SENT, receiveUserId: $user2, duplicate: null", "duplicate: true",
             "body: \"for 5$$ \\\"quoted\\\" & größer\\n\"", "closed: {client: A",
             "code: \"unknown_user\"", "code: \"unknown_cmd\"", "confirm: B", ".messages.1.seq]"})
        QVERIFY2(m_text.contains(step), m_text.constData());
    // On another server, and on one where the users are others.
    for (const int shift : {0, 5}) {
        TestServer server;
        play::Players players;
        Runner runner(players);
        QSignalSpy finished(&runner, &Runner::finished);
        auto users = knownUsers(*scenario);
        for (KnownUser &user : users)
            user.id = UserId(user.id.value() + shift);
        runner.start(*scenario, {accountOf(server, 1).server, TestServer::SecretKey, users});
        QVERIFY(finished.wait(30'000));
        QVERIFY2(runner.verdict().passed(),
            (runner.verdict().failure.toUtf8() + '\n' + m_text).constData());
    }
}

void TestScenarioRecorder::whoWasWatchedBeforeIsWatchedAgain()
{
    {
        TestServer server;
        play::Players players;
        play::Player &a = *players.addPlayer();
        play::Player &b = *players.addPlayer();
        a.setAccount(accountOf(server, 1));
        b.setAccount(accountOf(server, 2));
        a.watch(UserId(2));
        for (play::Player *player : {&a, &b}) {
            player->connectToServer();
            QVERIFY(QTest::qWaitFor([&] { return player->isOnline(); }));
        }
        Recorder recorder(players);
        recorder.start();
        QSignalSpy presence(&a, &play::Player::presenceChanged);
        b.disconnectFromServer();
        QTRY_VERIFY(!presence.isEmpty() && !presence.last()[0].value<protocol::Presence>().online);
        recorder.stop();
        m_text = recorder.text(QStringLiteral("Watched"));
    }
    QVERIFY2(m_text.contains("online: false"), m_text.constData());
    const auto scenario = parse(m_text, QStringLiteral("recorded.yaml"));
    QVERIFY2(scenario, scenario ? "" : qPrintable(scenario.failure().text));
    TestServer server;
    play::Players players;
    Runner runner(players);
    QSignalSpy finished(&runner, &Runner::finished);
    runner.start(
        *scenario, {accountOf(server, 1).server, TestServer::SecretKey, knownUsers(*scenario)});
    QVERIFY(finished.wait(30'000));
    QVERIFY2(
        runner.verdict().passed(), (runner.verdict().failure.toUtf8() + '\n' + m_text).constData());
}

void TestScenarioRecorder::whatIsSecretIsNotRecorded()
{
    TestServer server;
    play::Players players;
    play::Player &a = *players.addPlayer();
    play::Account account = accountOf(server, 0);
    account.way = play::Account::Way::Login;
    account.username = QStringLiteral("user1");
    account.password = QStringLiteral("secret");
    a.setAccount(account);
    Recorder recorder(players);
    recorder.start();
    a.connectToServer();
    QVERIFY(QTest::qWaitFor([&] { return a.isOnline(); }));
    recorder.stop();
    const QByteArray text = recorder.text(QStringLiteral("x"));
    QVERIFY2(text.contains("A: {user: user1, login: true}"), text.constData());
    QVERIFY2(!text.contains("secret") && !text.contains("p1_"), text.constData());
    QVERIFY(parse(text, QStringLiteral("x.yaml")));
}

void TestScenarioRecorder::itStopsByItself()
{
    play::Players players;
    play::Player &a = *players.addPlayer();
    Recorder recorder(players);
    QSignalSpy changed(&recorder, &Recorder::recordingChanged);
    recorder.start();
    for (size_t i = 0; i < Recorder::MostEntries; ++i)
        a.fetch();
    QVERIFY(!recorder.isRecording());
    QCOMPARE(changed.size(), 2);
    a.fetch();
    QCOMPARE(recorder.entries(), Recorder::MostEntries);
}

QTEST_GUILESS_MAIN(TestScenarioRecorder)
#include "recorder.moc"
