// SPDX-License-Identifier: MIT
// Who is connected: presence follows the first and the last connection, the limit ends the oldest.
#include "chat/directory.h"
#include "storage/memorystore.h"
#include "storage/storagethread.h"
#include "support/fakeclock.h"

#include <QSignalSpy>
#include <QTest>

#include <thread>

using namespace parley;
using chat::Directory;

namespace {

constexpr int MostConnections = 3;
const UserId Alice(1);
const UserId Bob(2);

// A directory over a real storage thread, and what the two did to presence.
class Scene {
public:
    Scene()
        : storage(std::make_unique<storage::MemoryStore>(Limits()), clock)
        , directory(storage, clock, MostConnections)
        , replaced(&directory, &Directory::replaced)
    {
        QObject::connect(&storage, &storage::StorageThread::committed, &m_here,
            [this](const storage::BatchPtr &batch) { note(*batch); });
        if (const auto opened = storage.open(); !opened)
            qFatal("%s", qPrintable(opened.failure().text));
    }

    // What was written since last time, as "1+" (online) or "1-" (offline), in order.
    QByteArray written()
    {
        (void)presenceOf(Alice); // in the queue behind all of it
        return std::exchange(m_written, {});
    }
    storage::PresenceRow presenceOf(UserId user)
    {
        m_answer.reset();
        storage.submit({{storage::ReadPresence{{user}}, ConnectionId(1), {}}});
        if (!QTest::qWaitFor([this] { return m_answer.has_value(); }))
            QTest::qFail("no answer from the store", __FILE__, __LINE__);
        return m_answer.value_or(storage::PresenceRow());
    }

    test::FakeClock clock;
    storage::StorageThread storage;
    Directory directory;
    QSignalSpy replaced;

private:
    void note(const storage::Batch &batch)
    {
        for (size_t i = 0; i < batch.operations.size(); ++i) {
            if (const auto *found = std::get_if<storage::FoundPresence>(&batch.outcomes[i]))
                m_answer = found->rows.front();
            const auto *write = std::get_if<storage::WritePresence>(&batch.operations[i].action);
            if (!write)
                continue;
            for (const storage::PresenceChange &change : write->changes)
                m_written += QByteArray::number(change.user.value()) + (*change.online ? "+" : "-");
        }
    }

    QObject m_here;
    QByteArray m_written;
    std::optional<storage::PresenceRow> m_answer;
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
        QVERIFY(scene.presenceOf(Alice).online);
        QVERIFY(!scene.presenceOf(Bob).online);
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
        QCOMPARE(scene.written(), "1-");
        QVERIFY(!scene.presenceOf(Alice).online);
        QCOMPARE(scene.presenceOf(Alice).lastSeen, std::optional(scene.clock.now()));
    }

    void usersAreApart()
    {
        Scene scene;
        scene.directory.opened(Alice, ConnectionId(11));
        scene.directory.opened(Bob, ConnectionId(21));
        scene.directory.closed(Alice, ConnectionId(11));
        QCOMPARE(scene.written(), "1+2+1-");
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
        QCOMPARE(scene.written(), "1+1-");
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
        QCOMPARE(scene.written(), "1+1+2-");
        QCOMPARE(scene.presenceOf(Bob).lastSeen, left); // and not when it was written at last
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
        QVERIFY(!scene.presenceOf(Alice).online);
        QVERIFY(scene.presenceOf(Bob).online);
        const QByteArray written = scene.written().replace("2+", "");
        QCOMPARE(written.count("1+"), written.count("1-"));
        QVERIFY(!written.contains("1+1+"));
        QVERIFY(!written.contains("1-1-"));
    }
};

QTEST_GUILESS_MAIN(ChatDirectory)
#include "directory.moc"
