// SPDX-License-Identifier: MIT
#include "unit/client/options.h"

#include <QSignalSpy>
#include <QTest>

using namespace parley;
using namespace parley::client;
using namespace std::chrono_literals;
using protocol::Send;
using test::FakeServer;
using test::options;

class ClientSendingTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void isToldWhenAMessageIsStored();
    void whatWasSentOfflineGoesOutOnline();
    void reconnectSendsTheUnansweredAgainInOrder();
    void toOneReceiverOneIsInFlight();
    void theUnansweredAreBounded();
    void refusedForTheMomentIsSentAgainAfterAPause_data();
    void refusedForTheMomentIsSentAgainAfterAPause();
    void refusedForGoodFails();
    void whatTheServerWouldRefuseIsNotSent_data();
    void whatTheServerWouldRefuseIsNotSent();
    void aFullOutboxAcceptsNothing();
    void staysUnderTheCommandRate();
    void anAnswerThatNeverComesEndsTheConnection();
    void receiptsAreAskedForAndReceived();
    void tracks();
    void asksForPresence();
    void watchesAgainAfterReconnect();
    void aRefusedWatchIsAskedAgain();
    void rawFramesGoOutAsTheyAre();
};

namespace {

constexpr UserId Bob(3);
constexpr UserId Carol(4);

// A client that is online with a server that said this HELLO.
struct Online {
    explicit Online(const protocol::Hello &hello = FakeServer::hello())
        : Online(hello, [](Options &) {})
    {
    }
    template <class Change>
    Online(const protocol::Hello &hello, Change change)
        : client([&] {
            Options changed = options(server);
            change(changed);
            return changed;
        }())
    {
        client.connectToServer();
        ok = server.welcome(hello)
            && QTest::qWaitFor([this] { return client.state() == State::Online; });
    }

    FakeServer server;
    ChatClient client;
    bool ok = false;
};

protocol::Error refusal(ErrorCode code, const QByteArray &id, std::optional<milliseconds> wait = {})
{
    return {code, "why", {}, id, {}, wait};
}

} // namespace

void ClientSendingTest::isToldWhenAMessageIsStored()
{
    Online t;
    QVERIFY(t.ok);
    QSignalSpy stored(&t.client, &ChatClient::stored);
    const QByteArray id = t.client.send(Bob, "hello");
    const auto send = t.server.expect<Send>();
    QVERIFY(send);
    QCOMPARE(send->receiveUserId, Bob);
    QCOMPARE(send->body, "hello");
    QCOMPARE(send->clientId, id);
    QCOMPARE(send->receipt, false);
    QCOMPARE(t.client.pendingMessages(), 1);
    t.server.stored(*send, 9);
    t.server.stored(*send, 9); // told once all the same
    QTRY_COMPARE(stored.size(), 1);
    QCOMPARE(stored[0][0].toByteArray(), id);
    QCOMPARE(stored[0][1].value<protocol::Sent>().seq, Seq(9));
    QCOMPARE(t.client.pendingMessages(), 0);
}

void ClientSendingTest::whatWasSentOfflineGoesOutOnline()
{
    FakeServer server;
    ChatClient client(options(server));
    const QByteArray id = client.send(Bob, "early", {.clientId = "mine", .receipt = {}});
    QCOMPARE(id, "mine");
    client.connectToServer();
    QVERIFY(server.welcome());
    const auto send = server.expect<Send>();
    QVERIFY(send);
    QCOMPARE(send->clientId, "mine");
}

void ClientSendingTest::reconnectSendsTheUnansweredAgainInOrder()
{
    Online t(FakeServer::hello(), [](Options &options) { options.outbox.inFlightPerReceiver = 3; });
    QVERIFY(t.ok);
    std::vector<QByteArray> ids;
    for (const char *body : {"1", "2", "3"})
        ids.push_back(t.client.send(Bob, body));
    for (const QByteArray &id : ids) {
        const auto send = t.server.expect<Send>();
        QVERIFY(send);
        QCOMPARE(send->clientId, id);
        if (id == ids[0])
            t.server.stored(*send, 1);
    }
    QTRY_COMPARE(t.client.pendingMessages(), 2);
    t.server.cut();
    QTRY_VERIFY(t.client.state() != State::Online);
    ids.push_back(t.client.send(Bob, "4"));
    QVERIFY(t.server.welcome());
    for (size_t i = 1; i < ids.size(); ++i) {
        const auto send = t.server.expect<Send>();
        QVERIFY(send);
        QCOMPARE(send->clientId, ids[i]);
        QCOMPARE(send->body, QByteArray::number(qint64(i) + 1));
        t.server.stored(*send, qint64(i) + 1);
    }
    QTRY_COMPARE(t.client.pendingMessages(), 0);
}

void ClientSendingTest::toOneReceiverOneIsInFlight()
{
    Online t;
    QVERIFY(t.ok);
    const QByteArray first = t.client.send(Bob, "1");
    const QByteArray second = t.client.send(Bob, "2");
    const QByteArray other = t.client.send(Carol, "3");
    auto send = t.server.expect<Send>();
    QVERIFY(send && send->clientId == first);
    QVERIFY(t.server.expect<Send>().value_or(Send()).clientId == other);
    QVERIFY(t.server.isSilent());
    t.server.stored(*send, 1);
    send = t.server.expect<Send>();
    QVERIFY(send && send->clientId == second);
}

void ClientSendingTest::theUnansweredAreBounded()
{
    Online t(FakeServer::hello(), [](Options &options) {
        options.outbox.inFlight = 2;
        options.outbox.inFlightPerReceiver = 100;
    });
    QVERIFY(t.ok);
    for (int i = 0; i < 5; ++i)
        QVERIFY(!t.client.send(Bob, "x").isEmpty());
    const auto first = t.server.expect<Send>();
    QVERIFY(first);
    QVERIFY(t.server.expect<Send>());
    // A question is answered in order, so nothing more was sent before it.
    QVERIFY(t.client.status({Bob}));
    QVERIFY(t.server.expect<protocol::Status>());
    t.server.stored(*first, 1);
    QVERIFY(t.server.expect<Send>());
}

void ClientSendingTest::refusedForTheMomentIsSentAgainAfterAPause_data()
{
    QTest::addColumn<int>("code");
    QTest::newRow("store_unavailable") << int(ErrorCode::StoreUnavailable);
    QTest::newRow("rate_limited") << int(ErrorCode::RateLimited);
}

void ClientSendingTest::refusedForTheMomentIsSentAgainAfterAPause()
{
    QFETCH(const int, code);
    Online t;
    QVERIFY(t.ok);
    QSignalSpy failed(&t.client, &ChatClient::sendFailed);
    QSignalSpy errors(&t.client, &ChatClient::errorReceived);
    const QByteArray first = t.client.send(Bob, "1");
    const QByteArray second = t.client.send(Bob, "2");
    QVERIFY(t.server.expect<Send>());
    QElapsedTimer timer;
    timer.start();
    t.server.say(refusal(ErrorCode(code), first, 200ms));
    auto send = t.server.expect<Send>();
    QVERIFY(timer.elapsed() >= 200);
    QVERIFY(send && send->clientId == first);
    t.server.stored(*send, 1);
    send = t.server.expect<Send>();
    QVERIFY(send && send->clientId == second);
    QCOMPARE(errors.size(), 1);
    QCOMPARE(failed.size(), 0);
}

void ClientSendingTest::refusedForGoodFails()
{
    Online t;
    QVERIFY(t.ok);
    QSignalSpy failed(&t.client, &ChatClient::sendFailed);
    const QByteArray id = t.client.send(Bob, "1");
    QVERIFY(!t.client.send(Bob, "2").isEmpty());
    QVERIFY(t.server.expect<Send>());
    t.server.say(refusal(ErrorCode::UnknownUser, id));
    QVERIFY(t.server.expect<Send>());
    QCOMPARE(failed.size(), 1);
    QCOMPARE(failed[0][0].toByteArray(), id);
    QCOMPARE(failed[0][1].value<protocol::Error>().code, ErrorCode::UnknownUser);
    QCOMPARE(t.client.pendingMessages(), 1);
}

void ClientSendingTest::whatTheServerWouldRefuseIsNotSent_data()
{
    QTest::addColumn<qint64>("receiver");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("id");
    QTest::addColumn<QByteArray>("field");
    const QByteArray id = "id";
    QTest::newRow("nobody") << qint64(0) << QByteArray("x") << id << QByteArray("receiveUserId");
    QTest::newRow("too large") << qint64(3) << QByteArray(101, 'x') << id << QByteArray("body");
    QTest::newRow("not UTF-8") << qint64(3) << QByteArray("\xff") << id << QByteArray("body");
    QTest::newRow("U+0000") << qint64(3) << QByteArray(1, '\0') << id << QByteArray("body");
    QTest::newRow("long id") << qint64(3) << QByteArray("x") << QByteArray(65, 'i')
                             << QByteArray("clientId");
}

// A frame that breaks the contract could cost the connection, again and again.
void ClientSendingTest::whatTheServerWouldRefuseIsNotSent()
{
    QFETCH(const qint64, receiver);
    QFETCH(const QByteArray, body);
    QFETCH(const QByteArray, id);
    QFETCH(const QByteArray, field);
    protocol::Hello hello = FakeServer::hello();
    hello.limits.bodyBytes = 100;
    Online t(hello);
    QVERIFY(t.ok);
    QSignalSpy failed(&t.client, &ChatClient::sendFailed);
    QCOMPARE(t.client.send(UserId(receiver), body, {.clientId = id, .receipt = {}}), id);
    QVERIFY(!t.client.send(Bob, QByteArray(100, 'x')).isEmpty());
    QCOMPARE(t.server.expect<Send>().value_or(Send()).body, QByteArray(100, 'x'));
    QCOMPARE(failed.size(), 1);
    QCOMPARE(failed[0][0].toByteArray(), id);
    QCOMPARE(failed[0][1].value<protocol::Error>().field, field);
}

void ClientSendingTest::aFullOutboxAcceptsNothing()
{
    FakeServer server;
    Options tiny = options(server);
    tiny.outbox.messages = 1;
    ChatClient client(tiny);
    QVERIFY(!client.send(Bob, "1").isNull());
    QVERIFY(client.send(Bob, "2").isNull());
}

void ClientSendingTest::staysUnderTheCommandRate()
{
    protocol::Hello hello = FakeServer::hello();
    hello.limits.commandsPerSecond = 100;
    hello.limits.burst = 5;
    Online t(hello, [](Options &options) { options.outbox.inFlightPerReceiver = 100; });
    QVERIFY(t.ok);
    QElapsedTimer timer;
    timer.start();
    for (int i = 0; i < 25; ++i)
        QVERIFY(!t.client.send(Bob, "x").isEmpty());
    for (int i = 0; i < 25; ++i)
        QVERIFY(t.server.expect<Send>());
    QVERIFY2(timer.elapsed() >= 180, "20 of 25 commands had to wait for 10 ms each");
}

void ClientSendingTest::anAnswerThatNeverComesEndsTheConnection()
{
    protocol::Hello hello = FakeServer::hello();
    hello.limits.heartbeatInterval = 10ms;
    Online t(hello, [](Options &options) { options.answerTimeout = 100ms; });
    QVERIFY(t.ok);
    const QByteArray id = t.client.send(Bob, "x");
    QVERIFY(t.server.expect<Send>());
    QVERIFY(t.server.welcome());
    QCOMPARE(t.server.expect<Send>().value_or(Send()).clientId, id);
}

void ClientSendingTest::receiptsAreAskedForAndReceived()
{
    Online t(FakeServer::hello(), [](Options &options) { options.receipts = true; });
    QVERIFY(t.ok);
    QSignalSpy receipts(&t.client, &ChatClient::receiptReceived);
    QVERIFY(!t.client.send(Bob, "x").isEmpty());
    QVERIFY(!t.client.send(Carol, "x", {.clientId = {}, .receipt = false}).isEmpty());
    QCOMPARE(t.server.expect<Send>().value_or(Send()).receipt, true);
    QCOMPARE(t.server.expect<Send>().value_or(Send{{}, {}, {}, true}).receipt, false);
    t.server.say(
        protocol::Receipts{{{"a", Bob, Seq(1), fromMs(5)}, {"b", Bob, Seq(2), fromMs(5)}}});
    QTRY_COMPARE(receipts.size(), 2);
    QCOMPARE(receipts[1][0].value<protocol::Receipt>().clientId, "b");
}

void ClientSendingTest::tracks()
{
    Online t;
    QVERIFY(t.ok);
    QSignalSpy tracked(&t.client, &ChatClient::tracked);
    QSignalSpy failed(&t.client, &ChatClient::sendFailed);
    const QByteArray id = t.client.send(Bob, "x");
    QVERIFY(t.server.expect<Send>());
    QVERIFY(t.client.track(id));
    QCOMPARE(t.server.expect<protocol::Track>().value_or(protocol::Track()).clientId, id);
    // The refusal of a TRACK is not that of the SEND whose clientId it holds.
    protocol::Error error = refusal(ErrorCode::Internal, id);
    error.ref = t.server.ref();
    t.server.say(error);
    protocol::Tracked answer;
    answer.clientId = id;
    t.server.say(answer);
    QTRY_COMPARE(tracked.size(), 1);
    QCOMPARE(failed.size(), 0);
    QCOMPARE(t.client.pendingMessages(), 1);

    t.server.cut();
    QTRY_VERIFY(t.client.state() != State::Online);
    QVERIFY(!t.client.track(id));
}

void ClientSendingTest::asksForPresence()
{
    Online t;
    QVERIFY(t.ok);
    QSignalSpy presence(&t.client, &ChatClient::presenceChanged);
    QVERIFY(!t.client.status(std::vector<UserId>(1001, Bob)));
    QVERIFY(t.client.status({Bob, Carol}));
    QCOMPARE(t.server.expect<protocol::Status>().value_or(protocol::Status()).userIds,
        (std::vector{Bob, Carol}));
    t.server.say(protocol::StatusReply{{{Bob, true, fromMs(7)}, {Carol, false, {}}}, {}});
    QTRY_COMPARE(presence.size(), 2);
    QCOMPARE(presence[0][0].value<protocol::Presence>().online, true);
}

void ClientSendingTest::watchesAgainAfterReconnect()
{
    FakeServer server;
    ChatClient client(options(server));
    QVERIFY(!client.watch(std::vector<UserId>(1001, Bob)));
    QVERIFY(client.watch({Bob}));
    client.connectToServer();
    for (int connection = 0; connection < 2; ++connection) {
        QVERIFY(server.welcome());
        QCOMPARE(
            server.expect<protocol::Watch>().value_or(protocol::Watch()).userIds, std::vector{Bob});
        server.cut();
    }
    QVERIFY(client.watch({Carol}));
    QVERIFY(server.welcome());
    QCOMPARE(
        server.expect<protocol::Watch>().value_or(protocol::Watch()).userIds, std::vector{Carol});
}

void ClientSendingTest::aRefusedWatchIsAskedAgain()
{
    Online t;
    QVERIFY(t.ok);
    QVERIFY(t.client.watch({Bob}));
    QVERIFY(t.server.expect<protocol::Watch>());
    t.server.say(protocol::Error{ErrorCode::StoreUnavailable, {}, t.server.ref(), {}, {}, 20ms});
    QVERIFY(t.server.expect<protocol::Watch>());
}

void ClientSendingTest::rawFramesGoOutAsTheyAre()
{
    Online t;
    QVERIFY(t.ok);
    QSignalSpy sent(&t.client, &ChatClient::frameSent);
    const QByteArray raw = R"( {"cmd":"FETCH"} )";
    QVERIFY(t.client.sendRaw(raw));
    QVERIFY(t.server.expect<protocol::Fetch>());
    QCOMPARE(sent, (QList<QVariantList>{{raw}}));
    t.client.disconnectFromServer();
    QVERIFY(!t.client.sendRaw(raw));
}

QTEST_GUILESS_MAIN(ClientSendingTest)
#include "sending.moc"
