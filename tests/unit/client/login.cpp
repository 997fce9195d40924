// SPDX-License-Identifier: MIT
// Where a client's session comes from: a login, or whoever mints it.
#include "unit/client/options.h"

#include <QSignalSpy>
#include <QTest>

using namespace parley;
using namespace parley::client;
using namespace std::chrono_literals;
using test::FakeServer;
using test::loginOptions;
using test::options;

class ClientLoginTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aFreshSessionIsMintedForEachAttempt();
    void logsIn();
    void aRefusedLoginStaysAway();
    void aLimitedLoginComesBack();
    void anOldLoginSessionIsRenewedOnce();
    void logsOut();
};

namespace {

const QByteArray LoggedIn = protocol::encode(
    protocol::Login{UserId(2), "p1_new", fromMs(9), "/chat/private?userId=2&session=p1_new"});

} // namespace

void ClientLoginTest::aFreshSessionIsMintedForEachAttempt()
{
    FakeServer server;
    Options minting = options(server);
    int minted = 0;
    minting.identity = TicketProvider([&] {
        return Ticket{UserId(2), "minted" + QByteArray::number(++minted)};
    });
    ChatClient client(minting);
    client.connectToServer();
    QVERIFY(server.welcome());
    server.cut();
    QVERIFY(server.welcome());
    QVERIFY(server.requests()[0].contains("session=minted1 "));
    QVERIFY(server.requests()[1].contains("session=minted2 "));
}

void ClientLoginTest::logsIn()
{
    FakeServer server;
    server.answer(FakeServer::response(200, LoggedIn));
    ChatClient client(loginOptions(server));
    client.connectToServer();
    QCOMPARE(client.state(), State::LoggingIn);
    QVERIFY(server.welcome());
    QTRY_COMPARE(client.state(), State::Online);
    const QByteArray &login = server.requests()[0];
    QVERIFY(login.startsWith("POST /login HTTP/1.1\r\n"));
    const auto credentials = protocol::decodeCredentials(login.mid(login.indexOf("\r\n\r\n") + 4));
    QVERIFY(credentials);
    QCOMPARE(credentials->username, "bob");
    QCOMPARE(credentials->password, "say \"please\"");
    QVERIFY(server.requests()[1].contains("userId=2&session=p1_new "));
    // The session is good for the next connection, too.
    server.cut();
    QVERIFY(server.welcome());
    QCOMPARE(server.requests().size(), 3);
}

void ClientLoginTest::aRefusedLoginStaysAway()
{
    FakeServer server;
    server.answer(FakeServer::response(401));
    ChatClient client(loginOptions(server));
    client.connectToServer();
    QTRY_COMPARE(client.state(), State::Refused);
    QCOMPARE(server.requests().size(), 1);
}

void ClientLoginTest::aLimitedLoginComesBack()
{
    FakeServer server;
    server.answer(FakeServer::response(429, {}, "Retry-After: 1\r\n"));
    server.answer(FakeServer::response(200, LoggedIn));
    ChatClient client(loginOptions(server));
    QElapsedTimer timer;
    timer.start();
    client.connectToServer();
    QVERIFY(server.welcome());
    QVERIFY(timer.elapsed() >= 1000);
}

void ClientLoginTest::anOldLoginSessionIsRenewedOnce()
{
    FakeServer server;
    server.answer(FakeServer::response(200, LoggedIn));
    server.answer(FakeServer::response(200, LoggedIn));
    ChatClient client(loginOptions(server));
    client.connectToServer();
    QVERIFY(server.welcome());
    QTRY_COMPARE(client.state(), State::Online);
    server.refuse(FakeServer::response(401));
    server.refuse(FakeServer::response(401));
    server.cut();
    // Connects, is refused, logs in, connects, is refused.
    QTRY_COMPARE(client.state(), State::Refused);
    QCOMPARE(server.requests().size(), 5);
}

void ClientLoginTest::logsOut()
{
    FakeServer server;
    server.answer(FakeServer::response(200, LoggedIn));
    server.answer(FakeServer::response(204));
    ChatClient client(loginOptions(server));
    QSignalSpy loggedOut(&client, &ChatClient::loggedOut);
    client.connectToServer();
    QVERIFY(server.welcome());
    QTRY_COMPARE(client.state(), State::Online);
    client.logout();
    QTRY_COMPARE(loggedOut, (QList<QVariantList>{{true}}));
    QTRY_COMPARE(client.state(), State::Offline);
    QVERIFY(server.requests()[2].startsWith("POST /logout "));
    QVERIFY(server.requests()[2].contains("Authorization: Bearer p1_new\r\n"));
}

QTEST_GUILESS_MAIN(ClientLoginTest)
#include "login.moc"
