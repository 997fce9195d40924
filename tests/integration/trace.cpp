// SPDX-License-Identifier: MIT
// docs/protocol.md 6: which steps are told, in which order, with what in them; and what never is.
#include "integration/eachstore.h"
#include "support/traced.h"

#include <algorithm>

using namespace parley;
using namespace parley::test;
using Kind = protocol::TraceKind;
using Steps = std::vector<protocol::TraceEvent>;

class Trace : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase_data() { addEachStore(); }
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void tellsOfAConnectionFromBeginningToEnd();
    void tellsTheWayOfAMessageToSomebodyOnline();
    void tellsTheWayOfAMessageThatIsFetched();
    void tellsAMessageThatIsSentAgainOnce();
    void tellsOfPresenceReadAndWritten();
    void tellsErrorsWithTheirCodes();
    void tellsRefusalsBeforeTheUpgrade();
    void tellsWithWhichCodeAConnectionEnds();
    void tellsStoredBeforeAllThatFollows();
    void neverTellsABodyOrASession();
    void tellsAllWhoWatchTheSame();
};

namespace {

// A watched server on which users 1 and 2 are connected, and that has been told.
struct Scene {
    Scene()
        : server(traced)
        , watcher(server)
        , alice(server, 1)
        , bob(server, 2)
    {
        bool written = false; // HELLO; and the store has written down that they are online
        bool online = false;
        while (!(written && online)) {
            const auto step = watcher.next();
            if (step.node.isEmpty())
                return; // it has failed
            written = written || (step.userId == UserId(2) && step.cmd == "HELLO");
            online = online || (step.userId == UserId(2) && step.code == "online");
        }
    }

    StoredServer server;
    TraceWatcher watcher;
    User alice;
    User bob;
};

qsizetype indexOf(const Steps &steps, Kind kind, qint64 user)
{
    const auto found = std::ranges::find_if(
        steps, [&](const auto &s) { return s.kind == kind && s.userId == UserId(user); });
    return found == steps.end() ? -1 : found - steps.begin();
}

QByteArray connectionId(const User &user)
{
    return user.hello.value(QStringLiteral("connectionId")).toString().toUtf8();
}

} // namespace

void Trace::tellsOfAConnectionFromBeginningToEnd()
{
    StoredServer server(traced);
    TraceWatcher watcher(server);
    const auto before = std::chrono::duration_cast<std::chrono::microseconds>(
        std::chrono::system_clock::now().time_since_epoch())
                            .count();
    User alice(server, 3);
    const auto opened = watcher.expect({Kind::Opened, 3});
    QCOMPARE(opened.connectionId, connectionId(alice));
    QVERIFY(!opened.node.isEmpty());
    QVERIFY(opened.atUs >= before && opened.atUs < before + 60'000'000);
    QCOMPARE(opened.dropped, 0);
    const auto hello = watcher.expectBoth(
        {Kind::Written, 3, 0, 0, {}, "HELLO"}, {Kind::Presence, 3, 0, 0, {}, {}, "online"});
    QCOMPARE(hello.connectionId, opened.connectionId);
    alice.close();
    QCOMPARE(
        watcher.expect({Kind::Closed, 3, 0, 0, {}, {}, "1000"}).connectionId, opened.connectionId);
    watcher.expect({Kind::Presence, 3, 0, 0, {}, {}, "offline"});
}

void Trace::tellsTheWayOfAMessageToSomebodyOnline()
{
    Scene scene;
    scene.alice.sendMessage(2, "x", "key");
    scene.bob.expectMessages(1, 1);
    scene.bob.confirmUpTo(1, 1);
    const Steps steps = scene.watcher.upTo(Kind::Written, 2, "CONFIRMED");
    const auto isStep = [&steps](qsizetype index, const Wanted &wanted) {
        return index >= 0 && index < qsizetype(steps.size())
            && isLike(steps[size_t(index)], wanted);
    };
    // The gateways of the two work side by side; all else has its order.
    QCOMPARE(steps.size(), size_t(9));
    QVERIFY(isStep(0, {Kind::Received, 1, 2, 0, "key", "SEND"}));
    QVERIFY(isStep(1, {Kind::Stored, 1, 2, 1, "key"}));
    QCOMPARE(steps[1].connectionId, connectionId(scene.alice));
    const auto routed = indexOf(steps, Kind::Routed, 2);
    const auto sent = indexOf(steps, Kind::Written, 1);
    const auto message = indexOf(steps, Kind::Written, 2);
    QVERIFY(isStep(sent, {Kind::Written, 1, 2, 1, "key", "SENT"}));
    QVERIFY(isStep(routed, {Kind::Routed, 2, 1, 1, "key"}));
    QVERIFY(isStep(message, {Kind::Written, 2, 1, 1, "key", "MESSAGE"}));
    QVERIFY(routed < message);
    QCOMPARE(steps[size_t(routed)].connectionId, connectionId(scene.bob));
    const auto confirm = indexOf(steps, Kind::Received, 2);
    QVERIFY(message < confirm);
    QVERIFY(isStep(confirm, {Kind::Received, 2, 0, 1, {}, "CONFIRM"}));
    const auto confirmed = indexOf(steps, Kind::Confirmed, 2);
    QVERIFY(confirm < confirmed);
    QVERIFY(isStep(confirmed, {Kind::Confirmed, 2, 0, 1}));
    QVERIFY(isStep(confirmed + 1, {Kind::Removed, 2, 1, 1, "key"}));
    QVERIFY(isStep(8, {Kind::Written, 2, 0, 0, {}, "CONFIRMED"}));
}

void Trace::tellsTheWayOfAMessageThatIsFetched()
{
    StoredServer server(traced);
    User alice(server, 1);
    alice.sendMessage(2, "x", "first"); // before anybody watches
    TraceWatcher watcher(server);
    alice.sendMessage(2, "y");
    watcher.expect({Kind::Received, 1, 2, 0, {}, "SEND"});
    watcher.expect({Kind::Stored, 1, 2, 2});
    watcher.expect({Kind::Written, 1, 2, 2, {}, "SENT"}); // and nothing is routed
    User bob(server, 2);
    watcher.untilConnected(2);
    QCOMPARE(bob.fetch({}, false), range(1, 2));
    watcher.expect({Kind::Received, 2, 0, 0, {}, "FETCH"});
    watcher.expect({Kind::Fetched, 2, 1, 1, "first"});
    watcher.expect({Kind::Fetched, 2, 1, 2});
    watcher.expect({Kind::Written, 2, 0, 0, {}, "MESSAGES"});
    bob.send(R"({"cmd":"CONFIRM","seqs":[2,1,7],"ref":1})");
    watcher.expect({Kind::Received, 2, 0, 7, {}, "CONFIRM"});
    watcher.expect({Kind::Confirmed, 2, 0, 7});
    watcher.expect({Kind::Removed, 2, 1, 1, "first"});
    watcher.expect({Kind::Removed, 2, 1, 2});
    watcher.expect({Kind::Written, 2, 0, 0, {}, "CONFIRMED"});
}

void Trace::tellsAMessageThatIsSentAgainOnce()
{
    Scene scene;
    scene.alice.sendMessage(3, "x", "key");
    scene.watcher.upTo(Kind::Written, 1, "SENT");
    scene.alice.sendMessage(3, "x", "key");
    scene.watcher.expect({Kind::Received, 1, 3, 0, "key", "SEND"});
    scene.watcher.expect({Kind::Written, 1, 3, 1, "key", "SENT"});
}

void Trace::tellsOfPresenceReadAndWritten()
{
    Scene scene;
    scene.alice.send(R"({"cmd":"HEARTBEAT"})");
    scene.watcher.expect({Kind::Received, 1, 0, 0, {}, "HEARTBEAT"});
    scene.watcher.expect({Kind::Written, 1, 0, 0, {}, "HEARTBEAT"});
    scene.watcher.expect({Kind::Presence, 1, 0, 0, {}, "HEARTBEAT"});
    scene.alice.send(R"({"cmd":"STATUS","userIds":[2]})");
    scene.watcher.expect({Kind::Received, 1, 0, 0, {}, "STATUS"});
    scene.watcher.expect({Kind::Presence, 1, 0, 0, {}, "STATUS"});
    scene.watcher.expect({Kind::Written, 1, 0, 0, {}, "STATUS"});
    scene.alice.send(R"({"cmd":"WATCH","userIds":[2]})");
    scene.watcher.expect({Kind::Received, 1, 0, 0, {}, "WATCH"});
    scene.watcher.expect({Kind::Presence, 1, 0, 0, {}, "WATCH"});
    scene.watcher.expect({Kind::Written, 1, 0, 0, {}, "STATUS"});
    scene.bob.close();
    scene.watcher.expect({Kind::Closed, 2, 0, 0, {}, {}, "1000"});
    scene.watcher.expect({Kind::Presence, 2, 0, 0, {}, {}, "offline"});
    scene.watcher.expect({Kind::Written, 1, 0, 0, {}, "STATUS"});
}

void Trace::tellsErrorsWithTheirCodes()
{
    Scene scene;
    scene.alice.send("{");
    scene.watcher.expect({Kind::Error, 1, 0, 0, {}, {}, "bad_json"});
    scene.watcher.expect({Kind::Written, 1, 0, 0, {}, "ERROR"});
    scene.alice.send(R"({"cmd":"SEND","receiveUserId":999,"body":"x","clientId":"k"})");
    scene.watcher.expect({Kind::Received, 1, 999, 0, "k", "SEND"});
    scene.watcher.expect({Kind::Error, 1, 0, 0, "k", {}, "unknown_user"});
    scene.watcher.expect({Kind::Written, 1, 0, 0, {}, "ERROR"});
}

void Trace::tellsRefusalsBeforeTheUpgrade()
{
    StoredServer server(traced);
    TraceWatcher watcher(server);
    const QByteArray wrong(32, '0');
    QCOMPARE(ask(server.port(), chatRequest(server.chatUrl(4, wrong))).status, 401);
    QVERIFY(
        !watcher.expect({Kind::Error, 4, 0, 0, {}, {}, "session_invalid"}).connectionId.isEmpty());
    QCOMPARE(ask(server.port(), loginRequest("nobody", "wrong")).status, 401);
    watcher.expect({Kind::Error, 0, 0, 0, {}, {}, "bad_credentials"});
    QCOMPARE(ask(server.port(), "GET /x HTTP/1.1\r\nHost: test\r\n\r\n").status, 404);
    watcher.expect({Kind::Error, 0, 0, 0, {}, {}, "not_found"});
    QVERIFY(!watcher.everything.contains(wrong));
}

void Trace::tellsWithWhichCodeAConnectionEnds()
{
    Scene scene;
    scene.bob.socket().abort();
    scene.watcher.expect({Kind::Closed, 2, 0, 0, {}, {}, "1006"});
    scene.watcher.expect({Kind::Presence, 2, 0, 0, {}, {}, "offline"});
    scene.server.advance(20s);
    scene.alice.expectClosed(4508);
    scene.watcher.expect({Kind::Closed, 1, 0, 0, {}, {}, "4508"});
}

void Trace::tellsStoredBeforeAllThatFollows()
{
    constexpr int Messages = 200;
    Scene scene;
    scene.alice.sendMessages(2, 1, Messages);
    scene.bob.expectMessages(1, Messages);
    scene.bob.confirmUpTo(Messages, Messages);
    std::map<qint64, std::vector<Kind>> kinds; // of each message
    for (const auto &step : scene.watcher.upTo(Kind::Written, 2, "CONFIRMED")) {
        if (step.seq != Seq() && step.cmd != "CONFIRM" && step.kind != Kind::Confirmed)
            kinds[step.seq.value()].push_back(step.kind);
    }
    QCOMPARE(kinds.size(), size_t(Messages));
    for (const auto &[seq, all] : kinds) {
        QCOMPARE(all.size(), size_t(5)); // stored, routed, twice written, removed
        QCOMPARE(int(all.front()), int(Kind::Stored));
        QCOMPARE(int(all.back()), int(Kind::Removed));
    }
}

void Trace::neverTellsABodyOrASession()
{
    StoredServer server(traced);
    TraceWatcher watcher(server);
    const HttpReply login = ask(server.port(), loginRequest("user1", "secret"));
    const QByteArray session = login.json().value(QStringLiteral("session")).toString().toUtf8();
    QVERIFY(session.startsWith("p1_"));
    User alice(server, 1);
    const QUrl again = server.chatUrl(1, session);
    TestClient byLogin(again);
    byLogin.expectHello();
    alice.sendMessage(1, "The Body", "k");
    alice.expectMessages(1, 1);
    alice.fetch({}, false);
    alice.send(R"({"cmd":"SEND","receiveUserId":1,"body":7,"x":"The Body"})");
    alice.expect(R"({"cmd":"ERROR","code":"bad_field"})");
    alice.confirmUpTo(1, 1);
    QCOMPARE(ask(server.port(), logoutRequest(session)).status, 204);
    byLogin.expectClosed(4401);
    watcher.upTo(Kind::Closed, 1, "4401");
    QVERIFY(watcher.everything.contains("MESSAGES"));
    const QByteArray timeSession = server.chatUrl(1).query().section(u'=', -1).toLatin1();
    for (const QByteArray &secret :
        {QByteArray("Body"), session, QByteArray("p1_"), timeSession, AdminToken})
        QVERIFY2(!watcher.everything.contains(secret), secret);
}

void Trace::tellsAllWhoWatchTheSame()
{
    StoredServer server(traced);
    TraceWatcher first(server);
    TraceWatcher second(server);
    User alice(server, 1);
    alice.sendMessages(2, 1, 50);
    alice.close();
    first.upTo(Kind::Presence, 1, "offline");
    second.upTo(Kind::Presence, 1, "offline");
    QCOMPARE(first.everything, second.everything);
}

QTEST_GUILESS_MAIN(Trace)
#include "trace.moc"
