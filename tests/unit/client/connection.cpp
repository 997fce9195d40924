// SPDX-License-Identifier: MIT
#include "unit/client/options.h"

#include <QSignalSpy>
#include <QTest>

using namespace parley;
using namespace parley::client;
using namespace std::chrono_literals;
using test::FakeServer;
using test::loginOptions;
using test::options;

class ClientConnectionTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void comesOnlineWithItsSession();
    void codesThatStayAway_data();
    void codesThatStayAway();
    void codesThatComeBack_data();
    void codesThatComeBack();
    void refusalsThatStayAway_data();
    void refusalsThatStayAway();
    void refusalsThatComeBack_data();
    void refusalsThatComeBack();
    void aRefusedClientCanBeToldToTryAgain();
    void goAwayIsHonoured();
    void aServerThatSaysNothingIsGivenUp();
    void disconnectsWithAGoodbye();
    void reconnectsRightAfterDisconnecting();
    void heartbeatsAreSentAndTimed();
    void aSilentServerIsLeft();
    void heartbeatsCanBeOff();
    void noIntervalIsTooLongToBeCounted();
    void badFramesAreIgnored();
    void aFrameBeyondTheLimitEndsTheConnection();
    void endsAnywhereWithoutALeak();
};

namespace {

protocol::Hello helloWithBeat(milliseconds interval, milliseconds timeout)
{
    protocol::Hello hello = FakeServer::hello();
    hello.limits.heartbeatInterval = interval;
    hello.limits.heartbeatTimeout = timeout;
    return hello;
}

} // namespace

void ClientConnectionTest::comesOnlineWithItsSession()
{
    FakeServer server;
    ChatClient client(options(server));
    QSignalSpy states(&client, &ChatClient::stateChanged);
    QSignalSpy hellos(&client, &ChatClient::helloReceived);
    client.connectToServer();
    QCOMPARE(client.state(), State::Connecting);
    QVERIFY(server.accept());
    QCOMPARE(client.state(), State::Connecting);
    server.say(FakeServer::hello());
    QTRY_COMPARE(client.state(), State::Online);
    QCOMPARE(hellos.size(), 1);
    QCOMPARE(states.size(), 2);
    QVERIFY(server.requests().front().startsWith(
        "GET /chat/private?userId=2&session=p1_session HTTP/1.1\r\n"));
}

void ClientConnectionTest::codesThatStayAway_data()
{
    QTest::addColumn<int>("code");
    for (const int code : {1002, 1007, 1009, 4400, 4401, 4409, 4429})
        QTest::addRow("%d", code) << code;
}

void ClientConnectionTest::codesThatStayAway()
{
    QFETCH(const int, code);
    FakeServer server;
    ChatClient client(options(server));
    QSignalSpy closed(&client, &ChatClient::closed);
    client.connectToServer();
    QVERIFY(server.welcome());
    QTRY_COMPARE(client.state(), State::Online);
    server.close(code, QStringLiteral("why"));
    QTRY_COMPARE(client.state(), State::Refused);
    QCOMPARE(closed, (QList<QVariantList>{{code, QStringLiteral("why")}}));
}

void ClientConnectionTest::codesThatComeBack_data()
{
    QTest::addColumn<int>("code");
    for (const int code : {1000, 1001, 1006, 4500, 4503, 4508, 4512, 4513})
        QTest::addRow("%d", code) << code;
}

void ClientConnectionTest::codesThatComeBack()
{
    QFETCH(const int, code);
    FakeServer server;
    ChatClient client(options(server));
    QSignalSpy closed(&client, &ChatClient::closed);
    client.connectToServer();
    QVERIFY(server.welcome());
    QTRY_COMPARE(client.state(), State::Online);
    if (code == 1006)
        server.cut();
    else
        server.close(code);
    QVERIFY(server.welcome());
    QTRY_COMPARE(client.state(), State::Online);
    QCOMPARE(closed.size(), 1);
    QCOMPARE(closed[0][0].toInt(), code);
}

void ClientConnectionTest::refusalsThatStayAway_data()
{
    QTest::addColumn<int>("status");
    for (const int status : {400, 401, 403, 404, 405, 426, 431})
        QTest::addRow("%d", status) << status;
}

void ClientConnectionTest::refusalsThatStayAway()
{
    QFETCH(const int, status);
    FakeServer server;
    server.refuse(FakeServer::response(status));
    ChatClient client(options(server));
    QSignalSpy closed(&client, &ChatClient::closed);
    client.connectToServer();
    QTRY_COMPARE(client.state(), State::Refused);
    QCOMPARE(server.requests().size(), 1);
    QCOMPARE(closed.size(), 0);
}

void ClientConnectionTest::refusalsThatComeBack_data()
{
    QTest::addColumn<int>("status");
    for (const int status : {408, 429, 500, 503})
        QTest::addRow("%d", status) << status;
}

void ClientConnectionTest::refusalsThatComeBack()
{
    QFETCH(const int, status);
    FakeServer server;
    server.refuse(FakeServer::response(status));
    server.refuse("garbage\r\n\r\n");
    ChatClient client(options(server));
    client.connectToServer();
    QVERIFY(server.welcome());
    QTRY_COMPARE(client.state(), State::Online);
    QCOMPARE(server.requests().size(), 3);
}

void ClientConnectionTest::aRefusedClientCanBeToldToTryAgain()
{
    FakeServer server;
    server.refuse(FakeServer::response(401));
    ChatClient client(options(server));
    client.connectToServer();
    QTRY_COMPARE(client.state(), State::Refused);
    client.connectToServer();
    QVERIFY(server.welcome());
    QTRY_COMPARE(client.state(), State::Online);
}

void ClientConnectionTest::goAwayIsHonoured()
{
    FakeServer server;
    ChatClient client(options(server));
    client.connectToServer();
    QVERIFY(server.welcome());
    QTRY_COMPARE(client.state(), State::Online);
    QElapsedTimer timer;
    timer.start();
    server.say(protocol::GoAway{300ms});
    server.close(4512);
    QTRY_COMPARE(client.state(), State::Waiting);
    QVERIFY(server.welcome());
    QVERIFY(timer.elapsed() >= 300);
}

void ClientConnectionTest::aServerThatSaysNothingIsGivenUp()
{
    FakeServer server;
    Options impatient = options(server);
    impatient.handshakeTimeout = 200ms;
    ChatClient client(impatient);
    client.connectToServer();
    QVERIFY(server.accept()); // and no HELLO
    QVERIFY(server.welcome());
    QTRY_COMPARE(client.state(), State::Online);
}

void ClientConnectionTest::disconnectsWithAGoodbye()
{
    FakeServer server;
    ChatClient client(options(server));
    QSignalSpy closed(&client, &ChatClient::closed);
    client.connectToServer();
    QVERIFY(server.welcome());
    QTRY_COMPARE(client.state(), State::Online);
    client.disconnectFromServer();
    QTRY_COMPARE(client.state(), State::Offline);
    QCOMPARE(closed[0][0].toInt(), 1000);
    QTRY_COMPARE(server.closeCode(), 1000);
}

void ClientConnectionTest::reconnectsRightAfterDisconnecting()
{
    FakeServer server;
    ChatClient client(options(server));
    client.connectToServer();
    QVERIFY(server.welcome());
    QTRY_COMPARE(client.state(), State::Online);
    client.disconnectFromServer();
    client.connectToServer();
    QVERIFY(server.welcome());
    QTRY_COMPARE(client.state(), State::Online);
}

void ClientConnectionTest::heartbeatsAreSentAndTimed()
{
    FakeServer server;
    ChatClient client(options(server));
    QSignalSpy answered(&client, &ChatClient::heartbeatAnswered);
    client.connectToServer();
    QVERIFY(server.welcome(helloWithBeat(10ms, 10s)));
    QTRY_VERIFY(answered.size() >= 3);
    QVERIFY(answered[0][0].value<milliseconds>() < 5s);
    QCOMPARE(client.state(), State::Online);
}

void ClientConnectionTest::aSilentServerIsLeft()
{
    FakeServer server;
    server.answersHeartbeats = false;
    ChatClient client(options(server));
    QSignalSpy closed(&client, &ChatClient::closed);
    client.connectToServer();
    QVERIFY(server.welcome(helloWithBeat(10ms, 100ms)));
    QVERIFY(server.welcome());
    QCOMPARE(closed[0][0].toInt(), 1006);
    QVERIFY(server.heartbeats > 0);
}

void ClientConnectionTest::heartbeatsCanBeOff()
{
    FakeServer server;
    Options still = options(server);
    still.heartbeat = false;
    ChatClient client(still);
    client.connectToServer();
    QVERIFY(server.welcome(helloWithBeat(10ms, 20ms)));
    QTRY_COMPARE(client.state(), State::Online);
    QTest::qWait(100);
    QCOMPARE(server.heartbeats, 0);
    QCOMPARE(client.state(), State::Online);
}

// 2^32 ms are no 0 ms.
void ClientConnectionTest::noIntervalIsTooLongToBeCounted()
{
    FakeServer server;
    ChatClient client(options(server));
    client.connectToServer();
    QVERIFY(server.welcome(helloWithBeat(milliseconds(qint64(1) << 32), 1ms)));
    QTRY_COMPARE(client.state(), State::Online);
    QTest::qWait(100);
    QCOMPARE(server.heartbeats, 0);
    QCOMPARE(client.state(), State::Online);
}

void ClientConnectionTest::badFramesAreIgnored()
{
    FakeServer server;
    ChatClient client(options(server));
    QSignalSpy frames(&client, &ChatClient::frameReceived);
    QSignalSpy messages(&client, &ChatClient::messageReceived);
    client.connectToServer();
    QVERIFY(server.accept());
    server.message(1); // before HELLO
    server.say(FakeServer::hello());
    const std::vector<QByteArray> bad{"", "nonsense", "{}", "[]", R"({"cmd":"DANCE"})",
        R"({"cmd":"MESSAGE","seq":"1"})", R"({"cmd":"MESSAGE","seq":-1,"sendUserId":1})",
        R"({"cmd":"SENT","clientId":5})", R"({"cmd":"ERROR"})", R"({"cmd":"MESSAGES"})",
        QByteArray(100'000, '[')};
    for (const QByteArray &frame : bad)
        server.sayRaw(frame);
    server.sayBinary("\x01\x02");
    server.say(FakeServer::hello()); // once more
    server.say(protocol::Sent{"unknown", UserId(1), Seq(1), fromMs(1), false, {}});
    server.say(protocol::Confirmed{1, "\"c99\""});
    server.messages({5}, false); // of no FETCH of ours
    server.message(1);
    QTRY_COMPARE(messages.size(), 1);
    QCOMPARE(frames.size(), int(bad.size()) + 7);
    QCOMPARE(client.state(), State::Online);
}

void ClientConnectionTest::aFrameBeyondTheLimitEndsTheConnection()
{
    FakeServer server;
    Options small = options(server);
    small.frameBytes = 1000;
    ChatClient client(small);
    QSignalSpy closed(&client, &ChatClient::closed);
    client.connectToServer();
    QVERIFY(server.welcome());
    QTRY_COMPARE(client.state(), State::Online);
    server.sayRaw(QByteArray(1001, ' '));
    QTRY_COMPARE(client.state(), State::Refused);
    QCOMPARE(closed[0][0].toInt(), 1009);
}

// For the sanitizers: a client may be deleted in every state.
void ClientConnectionTest::endsAnywhereWithoutALeak()
{
    FakeServer server;
    {
        ChatClient client(options(server));
    }
    {
        ChatClient client(loginOptions(server));
        client.connectToServer();
        QCOMPARE(client.state(), State::LoggingIn);
    }
    {
        ChatClient client(options(server));
        client.connectToServer();
        QCOMPARE(client.state(), State::Connecting);
    }
    {
        ChatClient client(options(server));
        client.connectToServer();
        QVERIFY(server.welcome());
        QTRY_COMPARE(client.state(), State::Online);
    }
    QVERIFY(QTest::qWaitFor([&] { return server.closeCode() != 0; }));
}

QTEST_GUILESS_MAIN(ClientConnectionTest)
#include "connection.moc"
