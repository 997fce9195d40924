// SPDX-License-Identifier: MIT
// docs/protocol.md 4.7 and 4.8: what is answered with ERROR, and what ends a connection.
#include "support/chatscene.h"

#include <QTest>

using namespace parley;
using test::ChatPeer;
using test::ChatScene;

Q_DECLARE_METATYPE(parley::storage::AccountChange)

namespace {

using storage::AccountChange;
using Scope = AccountChange::Scope;

const UserId Alice(1);
const QByteArray Hash = QByteArrayLiteral("hash of a login session");
constexpr const char Heartbeat[] = R"({"cmd":"HEARTBEAT"})";
constexpr const char Track[] = R"({"cmd":"TRACK","clientId":"a"})";

Limits oneASecond()
{
    Limits limits;
    limits.commandsPerSecond = 1;
    limits.burst = 1;
    return limits;
}

// What was changed is read from the store by each node.
void tell(ChatScene &scene, const AccountChange &change)
{
    scene.commit(storage::ReadAccountChanges{}, storage::AccountChanges{change.number, {change}});
}

} // namespace

class ChatClosing : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void aFrameThatIsNoCommandIsAnsweredWithWhatIsWrong_data()
    {
        QTest::addColumn<QByteArray>("frame");
        QTest::addColumn<QByteArray>("error");
        QTest::newRow("bad_json") << QByteArray("{") << QByteArray("ERROR:bad_json");
        QTest::newRow("missing_field")
            << QByteArray(R"({"cmd":"TRACK","ref":1})") << QByteArray("ERROR:missing_field:1");
        QTest::newRow("bad_field") << QByteArray(R"({"cmd":"WATCH","userIds":[0],"ref":2})")
                                   << QByteArray("ERROR:bad_field:2");
        QTest::newRow("unknown_cmd")
            << QByteArray(R"({"cmd":"SENT","ref":3})") << QByteArray("ERROR:unknown_cmd:3");
    }
    void aFrameThatIsNoCommandIsAnsweredWithWhatIsWrong()
    {
        QFETCH(QByteArray, frame);
        QFETCH(QByteArray, error);
        ChatScene scene;
        const auto alice = ChatPeer::greeted(scene, Alice);
        alice->says(frame);
        QCOMPARE(alice->hearsInShort(), error);
        QVERIFY(!alice->closedWith);
    }

    void anErrorNamesTheFieldAndTheClientId()
    {
        ChatScene scene;
        const auto alice = ChatPeer::greeted(scene, Alice);
        alice->says(R"({"cmd":"SEND","receiveUserId":2,"body":7,"clientId":"a","ref":"r"})");
        QVERIFY(alice->hears().endsWith(R"(,"ref":"r","clientId":"a","field":"body"})"));
    }

    void aBinaryFrameIsUnsupported()
    {
        ChatScene scene;
        const auto alice = ChatPeer::greeted(scene, Alice);
        alice->connection->receiveBinary();
        QCOMPARE(alice->hearsInShort(), "ERROR:unsupported");
    }

    void theTenthBadFrameWithinAMinuteClosesWith4400()
    {
        ChatScene scene;
        const auto alice = ChatPeer::greeted(scene, Alice);
        for (int i = 0; i < limits::BadFrames - 1; ++i)
            alice->says("{");
        QVERIFY(!alice->closedWith);
        scene.clock.advance(limits::BadFrameWindow);
        for (int i = 0; i < limits::BadFrames - 1; ++i)
            alice->says("{");
        QVERIFY(!alice->closedWith);
        (void)alice->hears();
        alice->says("{");
        QCOMPARE(alice->hearsInShort(), "ERROR:bad_json");
        QCOMPARE(alice->closedWith, CloseCode::BadFrames);
    }

    void itClosesBehindTheAnswersToWhatWasAskedBefore()
    {
        ChatScene scene;
        const auto alice = ChatPeer::greeted(scene, Alice);
        alice->says(Track);
        for (int i = 0; i < limits::BadFrames; ++i)
            alice->says("{");
        alice->says(Track); // no more commands are taken
        QCOMPARE(scene.asked(), "track 1 a");
        QVERIFY(alice->connection->isSaturated());
        QCOMPARE(alice->hears(), "");
        QVERIFY(!alice->closedWith);
        scene.answer({storage::Tracked()});
        const QByteArray answers = alice->hearsInShort();
        QVERIFY(answers.startsWith("TRACK ERROR:bad_json"));
        QCOMPARE(answers.count("ERROR"), qsizetype(limits::BadFrames));
        QCOMPARE(alice->closedWith, CloseCode::BadFrames);
        QCOMPARE(scene.router.budget().taken(), qint64(0));
    }

    // What waits for room comes before the close, too: what asks the store, and what does not.
    void itClosesBehindACommandThatWaitsForRoom()
    {
        for (const char *command : {Track, Heartbeat}) {
            ChatScene scene;
            const auto alice = ChatPeer::greeted(scene, Alice);
            alice->waitingBytes = limits::MaxWaitingBytes;
            alice->says(command);
            alice->connection->pause();
            alice->connection->closeInTurn(CloseCode::Replaced);
            QVERIFY(!alice->closedWith);
            alice->waitingBytes = 0;
            alice->connection->retry();
            if (!scene.asked().isEmpty())
                scene.answer({storage::Tracked()});
            QCOMPARE(alice->hearsInShort(), command == Track ? "TRACK" : "HEARTBEAT");
            QCOMPARE(alice->closedWith, CloseCode::Replaced);
        }
    }

    void afterTheCloseNothingIsSent()
    {
        ChatScene scene;
        const auto alice = ChatPeer::greeted(scene, Alice);
        alice->says(Track);
        alice->connection->close(CloseCode::Normal);
        alice->connection->close(CloseCode::InternalError);
        scene.store(UserId(2), Alice, 1);
        scene.answer({storage::Tracked()});
        alice->says(Heartbeat);
        QCOMPARE(alice->hears(), "");
        QCOMPARE(alice->closedWith, CloseCode::Normal);
    }

    void everyCommandCountsTowardsTheRate()
    {
        ChatScene scene(oneASecond());
        const auto alice = ChatPeer::greeted(scene, Alice);
        alice->says(Heartbeat);
        alice->says(R"({"cmd":"HEARTBEAT","ref":1})");
        const QByteArray heard = alice->hears();
        QVERIFY(heard.startsWith(R"({"cmd":"HEARTBEAT",)"));
        QVERIFY(heard.contains(R"({"cmd":"ERROR","code":"rate_limited",)"));
        QVERIFY(heard.endsWith(R"("ref":1,"retryAfter":1000})"));
        scene.clock.advance(1s);
        alice->says(Heartbeat);
        QCOMPARE(alice->hearsInShort(), "HEARTBEAT");
    }

    void overTheRateFor30SecondsWithoutAPauseClosesWith4429()
    {
        ChatScene scene(oneASecond());
        const auto alice = ChatPeer::greeted(scene, Alice);
        alice->says(Heartbeat);
        alice->says(Heartbeat);
        for (milliseconds passed(0); passed < limits::OverRate; passed += 500ms) {
            QVERIFY(!alice->closedWith);
            scene.clock.advance(500ms);
            alice->says(Heartbeat);
            alice->says(Heartbeat);
        }
        QCOMPARE(alice->closedWith, CloseCode::OverRate);
    }

    void anAccountChangeClosesWith4401WhomItConcerns_data()
    {
        QTest::addColumn<AccountChange>("change");
        QTest::addColumn<bool>("endsTime");
        QTest::addColumn<bool>("endsLogin");
        QTest::newRow("disabled") << AccountChange{Alice, Scope::All, {}, 6} << true << true;
        QTest::newRow("a new password")
            << AccountChange{Alice, Scope::LoginSessions, {}, 6} << false << true;
        QTest::newRow("this session")
            << AccountChange{Alice, Scope::Session, Hash, 6} << false << true;
        QTest::newRow("another session")
            << AccountChange{Alice, Scope::Session, "x", 6} << false << false;
        QTest::newRow("another user")
            << AccountChange{UserId(2), Scope::All, {}, 6} << false << false;
        // The session was checked when 5 was the newest.
        QTest::newRow("before the check")
            << AccountChange{Alice, Scope::All, {}, 5} << false << false;
    }
    void anAccountChangeClosesWith4401WhomItConcerns()
    {
        QFETCH(AccountChange, change);
        QFETCH(bool, endsTime);
        QFETCH(bool, endsLogin);
        ChatScene scene;
        ChatPeer time(scene, Alice, {}, 5);
        ChatPeer login(scene, Alice, Hash, 5);
        tell(scene, change);
        const std::optional<CloseCode> ended(CloseCode::SessionEnded);
        QCOMPARE(time.closedWith, endsTime ? ended : std::nullopt);
        QCOMPARE(login.closedWith, endsLogin ? ended : std::nullopt);
    }

    void logoutClosesTheConnectionsOfThatSession()
    {
        ChatScene scene;
        ChatPeer here(scene, Alice, Hash, 5);
        ChatPeer elsewhere(scene, Alice, "another", 5);
        scene.commit(storage::EndSession{Hash}, storage::EndedSession{Alice});
        QCOMPARE(here.closedWith, CloseCode::SessionEnded);
        QVERIFY(!elsewhere.closedWith);
    }

    void oneTooManyReplacesTheOldestInTurnWith4409()
    {
        Limits limits;
        limits.connectionsPerUser = 2;
        ChatScene scene(limits);
        const auto oldest = ChatPeer::greeted(scene, Alice);
        const auto second = ChatPeer::greeted(scene, Alice);
        oldest->says(Track);
        ChatPeer newest(scene, Alice);
        QVERIFY(!oldest->closedWith);
        scene.answer({storage::Tracked()}, oldest->connection->id());
        QCOMPARE(oldest->hearsInShort(), "TRACK");
        QCOMPARE(oldest->closedWith, CloseCode::Replaced);
        QVERIFY(!second->closedWith);
        QVERIFY(!newest.closedWith);
    }

    void silenceClosesWith4508()
    {
        ChatScene scene;
        const auto alice = ChatPeer::greeted(scene, Alice);
        scene.clock.advance(10s);
        alice->connection->heard(); // any frame will do
        scene.clock.advance(Limits().heartbeatTimeout - 1ms);
        QCOMPARE(alice->connection->sweep(scene.router.now()), scene.router.now() + 1ms);
        QVERIFY(!alice->closedWith);
        scene.clock.advance(1ms);
        alice->connection->sweep(scene.router.now());
        QCOMPARE(alice->closedWith, CloseCode::HeartbeatTimeout);
    }

    void aStandstillOfTheServerIsNobodysSilence()
    {
        ChatScene scene;
        const auto alice = ChatPeer::greeted(scene, Alice);
        scene.clock.advance(20s);
        scene.router.sleptFor(19s);
        alice->connection->sweep(scene.router.now());
        QVERIFY(!alice->closedWith);
        scene.clock.advance(Limits().heartbeatTimeout - 1s);
        alice->connection->sweep(scene.router.now());
        QCOMPARE(alice->closedWith, CloseCode::HeartbeatTimeout);
    }

    void whoIsNotReadIsNotSilent()
    {
        ChatScene scene;
        const auto alice = ChatPeer::greeted(scene, Alice);
        alice->connection->pause();
        scene.clock.advance(Limits().heartbeatTimeout);
        QCOMPARE(alice->connection->sweep(scene.router.now()), scene.router.now()); // and so again
        QVERIFY(!alice->closedWith);
        alice->connection->retry();
        scene.clock.advance(Limits().heartbeatTimeout);
        alice->connection->sweep(scene.router.now());
        QCOMPARE(alice->closedWith, CloseCode::HeartbeatTimeout);
    }
};

QTEST_APPLESS_MAIN(ChatClosing)
#include "closing.moc"
