// SPDX-License-Identifier: MIT
// docs/protocol.md 4.6: who is online, and who is told of it.
#include "support/chatscene.h"

#include <QTest>

using namespace parley;
using test::ChatPeer;
using test::ChatScene;
using test::refused;

namespace {

const UserId Alice(1);
const UserId Bob(2);
const UserId Carol(3);

storage::FoundPresence found(std::initializer_list<storage::PresenceRow> rows)
{
    return {rows};
}

// The store has written that the user came or went.
void change(ChatScene &scene, UserId user, bool online)
{
    scene.commit(
        storage::WritePresence{{{user, online, std::nullopt}}}, storage::WrittenPresence());
}

} // namespace

class ChatPresence : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void aUserIsOnlineFromTheirFirstConnectionToTheEndOfTheirLast()
    {
        ChatScene scene;
        ChatPeer phone(scene, Alice);
        ChatPeer desk(scene, Alice);
        phone.connection.reset();
        QCOMPARE(scene.presenceWritten(), "1+");
        scene.clock.advance(7s);
        desk.connection.reset();
        QCOMPARE(scene.presenceWritten(), "1+|1-@7000");
        for (const storage::Operation &operation : scene.backend.presence)
            QVERIFY(!operation.isAwaited);
    }

    // What it asked takes effect before its user is offline.
    void whatWasAskedGoesToTheStoreBeforeTheEnd()
    {
        ChatScene scene;
        const auto alice = ChatPeer::greeted(scene, Alice);
        alice->says(R"({"cmd":"TRACK","clientId":"a"})");
        QVERIFY(scene.backend.questions.empty());
        alice->connection.reset();
        QCOMPARE(test::text(scene.backend.questions.front()), "track 1 a");
    }

    void aHeartbeatIsAnsweredAtOnceAndNoted()
    {
        ChatScene scene;
        const auto alice = ChatPeer::greeted(scene, Alice);
        alice->says(R"({"cmd":"HEARTBEAT","ref":"h"})");
        QCOMPARE(alice->hears(), R"({"cmd":"HEARTBEAT","time":1800000000000,"ref":"h"})");
        QCOMPARE(scene.asked(), "");
        QCOMPARE(scene.backend.heartbeats.size(), size_t(1));
        QCOMPARE(scene.backend.heartbeats[0].user, Alice);
        QCOMPARE(scene.backend.heartbeats[0].lastSeen, scene.clock.now());
    }

    void statusIsAnsweredFromTheStore()
    {
        ChatScene scene;
        const auto alice = ChatPeer::greeted(scene, Alice);
        alice->says(R"({"cmd":"STATUS","userIds":[2,9,2],"ref":1})");
        QCOMPARE(scene.asked(), "presence 2,9");
        scene.answer({found({{Bob, true, scene.clock.now()}, {UserId(9), false, std::nullopt}})});
        QCOMPARE(alice->hears(),
            R"({"cmd":"STATUS","users":[{"userId":2,"online":true,"lastSeen":1800000000000},)"
            R"({"userId":9,"online":false,"lastSeen":null}],"ref":1})");
    }

    void watchIsAnsweredLikeStatusAndThenTellsOfChangesWithoutRef()
    {
        ChatScene scene;
        const auto alice = ChatPeer::greeted(scene, Alice);
        alice->says(R"({"cmd":"WATCH","userIds":[2],"ref":1})");
        scene.answer({found({{Bob, false, std::nullopt}})});
        QCOMPARE(alice->hears(),
            R"({"cmd":"STATUS","users":[{"userId":2,"online":false,"lastSeen":null}],"ref":1})");
        QCOMPARE(alice->kept, limits::WatchBytes);
        change(scene, Bob, true);
        QCOMPARE(scene.asked(), "presence 2"); // what is told is what the database says
        QCOMPARE(alice->hears(), "");
        scene.answer({found({{Bob, true, std::nullopt}})});
        QCOMPARE(alice->hears(),
            R"({"cmd":"STATUS","users":[{"userId":2,"online":true,"lastSeen":null}]})");
    }

    void onlyAWatchWatches()
    {
        ChatScene scene;
        const auto alice = ChatPeer::greeted(scene, Alice);
        alice->says(R"({"cmd":"STATUS","userIds":[1]})");
        alice->says(R"({"cmd":"WATCH","userIds":[2]})");
        alice->says(R"({"cmd":"STATUS","userIds":[3]})");
        scene.answer({found({}), found({}), found({})});
        QCOMPARE(alice->connection->watched(), std::vector<UserId>{Bob});
        change(scene, Carol, true);
        QCOMPARE(scene.asked(), "");
    }

    void aNewWatchReplacesTheList()
    {
        ChatScene scene;
        const auto alice = ChatPeer::greeted(scene, Alice);
        for (const char *watch :
            {R"({"cmd":"WATCH","userIds":[2]})", R"({"cmd":"WATCH","userIds":[3]})"}) {
            alice->says(watch);
            scene.answer({found({})});
        }
        change(scene, Bob, true);
        QCOMPARE(scene.asked(), "");
        change(scene, Carol, true);
        QCOMPARE(scene.asked(), "presence 3");
    }

    void aRefusedWatchLeavesTheListAsItWas()
    {
        ChatScene scene;
        const auto alice = ChatPeer::greeted(scene, Alice);
        alice->says(R"({"cmd":"WATCH","userIds":[2]})");
        alice->says(R"({"cmd":"WATCH","userIds":[3]})");
        scene.answer({found({}), refused(ErrorCode::StoreUnavailable)});
        QCOMPARE(alice->hearsInShort(), "STATUS ERROR:store_unavailable");
        QCOMPARE(alice->connection->watched(), std::vector<UserId>{Bob});
    }

    void whoWatchesTheSameUserIsToldByOneQuestion()
    {
        ChatScene scene;
        const auto alice = ChatPeer::greeted(scene, Alice);
        const auto carol = ChatPeer::greeted(scene, Carol);
        for (const auto &watcher : {alice.get(), carol.get()})
            watcher->says(R"({"cmd":"WATCH","userIds":[2]})");
        scene.answer({found({}), found({})});
        (void)alice->hears();
        carol->connection.reset();
        change(scene, Bob, true);
        QCOMPARE(scene.asked(), "presence 2");
        scene.answer({found({{Bob, true, std::nullopt}})});
        QCOMPARE(alice->hearsInShort(), "STATUS");
    }

    void aHeartbeatIsNoChange()
    {
        ChatScene scene;
        const auto alice = ChatPeer::greeted(scene, Alice);
        alice->says(R"({"cmd":"WATCH","userIds":[2]})");
        scene.answer({found({})});
        scene.commit(storage::WritePresence{{{Bob, std::nullopt, scene.clock.now()}}},
            storage::WrittenPresence());
        QCOMPARE(scene.asked(), "");
    }

    // A lost "offline" would show the user online for ever.
    void whatTheStoreRefusedIsWrittenAgainAfterAWhile()
    {
        ChatScene scene;
        ChatPeer alice(scene, Alice);
        scene.answerPresence();
        scene.clock.advance(7s);
        alice.connection.reset();
        scene.answerPresence(refused(ErrorCode::StoreUnavailable));
        scene.clock.advance(limits::RetryAfter - 1ms);
        scene.router.sweep();
        QCOMPARE(scene.presenceWritten(), "");
        scene.clock.advance(1ms);
        scene.router.sweep();
        QCOMPARE(scene.presenceWritten(), "1-@7000"); // not the moment of now
        scene.router.sweep();
        QCOMPARE(scene.presenceWritten(), "1-@7000");
    }

    void refusedPresenceIsWrittenOnceAUserAsItIsThen()
    {
        ChatScene scene;
        ChatPeer alice(scene, Alice);
        scene.clock.advance(7s);
        alice.connection.reset();
        ChatPeer again(scene, Alice);
        QCOMPARE(scene.presenceWritten(), "1+|1-@7000|1+");
        for (int i = 0; i < 3; ++i)
            scene.answerPresence(refused(ErrorCode::StoreUnavailable));
        scene.clock.advance(limits::RetryAfter);
        scene.router.sweep();
        QCOMPARE(scene.presenceWritten(), "1+@7000");
    }

    // Another gateway's is that one's to write.
    void refusedPresenceOfAnotherGatewayIsLeftToIt()
    {
        ChatScene scene;
        scene.commit(storage::WritePresence{{{Alice, false, scene.clock.now()}}},
            refused(ErrorCode::StoreUnavailable));
        scene.clock.advance(limits::RetryAfter);
        scene.router.sweep();
        QCOMPARE(scene.presenceWritten(), "");
    }
};

QTEST_APPLESS_MAIN(ChatPresence)
#include "presence.moc"
