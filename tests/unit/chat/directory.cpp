// SPDX-License-Identifier: MIT
// Who is connected: presence follows the first and the last connection, the limit ends the oldest.
#include "support/chatscene.h"

#include <QSignalSpy>
#include <QTest>

#include <thread>

using namespace parley;
using chat::Directory;

namespace {

constexpr int MostConnections = 3;
const UserId Alice(1);
const UserId Bob(2);

struct Scene {
    // What was written since last time, as "1+" (online) or "1-@7000" (offline, last seen then).
    QByteArray written()
    {
        QByteArrayList texts;
        for (const storage::Operation &operation : std::exchange(store.presence, {}))
            texts.append(test::text(operation));
        return texts.join(' ');
    }

    test::FakeClock clock;
    test::ScriptedAsyncStore store; // the directory calls it under its own lock
    Directory directory{store, clock, MostConnections};
    QSignalSpy replaced{&directory, &Directory::replaced};
};

} // namespace

class ChatDirectory : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void onlineBeginsWithTheFirstConnection()
    {
        Scene scene;
        scene.directory.opened(Alice, ConnectionId(11));
        QCOMPARE(scene.written(), "1+");
        scene.directory.opened(Alice, ConnectionId(12));
        QCOMPARE(scene.written(), "");
    }

    void offlineBeginsWithTheEndOfTheLast()
    {
        Scene scene;
        scene.directory.opened(Alice, ConnectionId(11));
        scene.directory.opened(Alice, ConnectionId(12));
        scene.directory.closed(Alice, ConnectionId(11));
        QCOMPARE(scene.written(), "1+");
        scene.clock.advance(7s);
        scene.directory.closed(Alice, ConnectionId(12));
        QCOMPARE(scene.written(), "1-@7000");
    }

    void usersAreApart()
    {
        Scene scene;
        scene.directory.opened(Alice, ConnectionId(11));
        scene.directory.opened(Bob, ConnectionId(21));
        scene.directory.closed(Alice, ConnectionId(11));
        QCOMPARE(scene.written(), "1+ 2+ 1-@0");
    }

    void oneTooManyReplacesTheOldest()
    {
        Scene scene;
        for (int i = 0; i < MostConnections; ++i)
            scene.directory.opened(Alice, ConnectionId(11 + i));
        QCOMPARE(scene.replaced.size(), 0);
        scene.directory.opened(Alice, ConnectionId(20));
        QCOMPARE(scene.replaced.size(), 1);
        QCOMPARE(scene.replaced[0][0].value<ConnectionId>(), ConnectionId(11));
        scene.directory.opened(Alice, ConnectionId(21));
        QCOMPARE(scene.replaced[1][0].value<ConnectionId>(), ConnectionId(12));
    }

    void aReplacedOneIsNoLongerCounted()
    {
        Scene scene;
        for (int i = 0; i <= MostConnections; ++i)
            scene.directory.opened(Alice, ConnectionId(11 + i));
        QCOMPARE(scene.replaced.size(), 1);
        for (int i = 1; i <= MostConnections; ++i)
            scene.directory.closed(Alice, ConnectionId(11 + i));
        QCOMPARE(scene.written(), "1+ 1-@0");
        scene.directory.closed(Alice, ConnectionId(11)); // its end comes late
        QCOMPARE(scene.written(), "");
    }

    void theEndOfAnUnknownConnectionIsNothing()
    {
        Scene scene;
        scene.directory.closed(Alice, ConnectionId(11));
        scene.directory.opened(Alice, ConnectionId(11));
        scene.directory.closed(Alice, ConnectionId(99));
        QCOMPARE(scene.written(), "1+");
    }

    void reassertingWritesWhatIsTrueNow()
    {
        Scene scene;
        const Time left = scene.clock.now();
        scene.clock.advance(20s);
        scene.directory.opened(Alice, ConnectionId(11));
        scene.directory.reassert(Alice, ConnectionId(11), std::nullopt);
        scene.directory.reassert(Bob, ConnectionId(21), left);
        QCOMPARE(scene.written(), "1+ 1+ 2-@0"); // and not when it was written at last
    }

    void whatIsWrittenLastIsTrueWhenManyThreadsComeAndGo()
    {
        Scene scene;
        {
            std::vector<std::jthread> threads;
            for (int thread = 0; thread < 4; ++thread)
                threads.emplace_back([&scene, thread] {
                    for (int i = 0; i < 250; ++i) {
                        const ConnectionId connection(thread * 1000 + i);
                        scene.directory.opened(Alice, connection);
                        scene.directory.closed(Alice, connection);
                    }
                    scene.directory.opened(Bob, ConnectionId(thread * 1000 + 999));
                });
        }
        const QByteArray written = scene.written().replace(" 2+", "").replace("2+ ", "");
        QVERIFY(written.endsWith("1-@0"));
        QCOMPARE(written.count("1+"), written.count("1-"));
        QVERIFY(!written.contains("1+ 1+"));
        QVERIFY(!written.contains("1-@0 1-"));
    }
};

QTEST_APPLESS_MAIN(ChatDirectory)
#include "directory.moc"
