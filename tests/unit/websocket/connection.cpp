// SPDX-License-Identifier: MIT
// What one connection holds is counted in what all hold, and who adds too much is ended.
#include "gateway/websocket/connection.h"

#include <QTest>

using namespace parley;
using namespace parley::websocket;

namespace {

constexpr qint64 MiB = 1 << 20;

// To a peer that does not read.
struct StuckTransport final : transport::Transport {
    Input read(std::span<char> room) override { return {room.first(0), Peer::There}; }
    void setReading(bool) override { }
    void write(QByteArrayView head, QByteArrayView body) override
    {
        bytes += head.size() + body.size();
    }
    bool flush() override { return true; }
    qsizetype waiting() const override { return bytes; }
    void endWriting() override { }

    qsizetype bytes = 0;
};

struct OneEndpoint final : Endpoint {
    explicit OneEndpoint(Connection &connection)
        : connection(connection)
    {
    }
    void text(QByteArrayView) override { }
    void binary() override { }
    void heard() override { }
    bool isReady() const override { return true; }
    void pause() override { }
    void drained() override { }
    void wake() override { }
    void goAway() override { }
    bool isIdle() const override { return true; }
    void close(CloseCode code) override { connection.close(code); }
    void closeInTurn(CloseCode code) override { connection.close(code); }
    Instant sweep(Instant) override { return Instant(15s); }

    Connection &connection;
};

struct OneOwner final : Connection::Owner {
    void touch() override { }
    void onClosed(CloseCode code) override { closed = code; }
    void onEnded() override { }
    void onGone() override { }

    std::optional<CloseCode> closed;
};

// One connection, and what belongs to it.
struct One {
    explicit One(Load &load)
        : share(load)
    {
        connection = std::make_unique<Connection>(owner, transport, share, MiB);
        connection->setEndpoint(std::make_unique<OneEndpoint>(*connection));
    }
    void send(qint64 bytes)
    {
        connection->send(QByteArray(int(bytes), 'x'));
        connection->endTurn();
    }

    StuckTransport transport;
    OneOwner owner;
    Share share;
    std::unique_ptr<Connection> connection;
};

} // namespace

class ConnectionTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void whatWaitsIsCountedUntilTheTransportEnds();
    void whatTheEndpointKeepsIsCounted();
    void whoDoesNotReadMakesRoomFromHalfOfIt();
    void whoAddsAndHasMoreThanAShareIsEndedInItsLastQuarter();
    void whoAddsToAllOfItIsEnded();
    void itIsSweptWhenItsEndpointWantsUnlessSomethingIsUnderWay();
};

void ConnectionTest::whatWaitsIsCountedUntilTheTransportEnds()
{
    Load load(100 * MiB);
    {
        One one(load);
        one.send(MiB);
        QVERIFY(load.bytes() > MiB);
        one.connection->close(CloseCode::SlowConsumer);
        one.connection.reset(); // a close lingers, and so does what waits
        QCOMPARE(load.bytes(), one.transport.waiting());
    }
    QCOMPARE(load.bytes(), 0);
}

void ConnectionTest::whatTheEndpointKeepsIsCounted()
{
    Load load(100 * MiB);
    One one(load);
    one.connection->keep(5000);
    one.connection->endTurn();
    QCOMPARE(load.bytes(), 5000);
    one.connection->keep(0);
    one.connection->endTurn();
    QCOMPARE(load.bytes(), 0);
}

void ConnectionTest::whoDoesNotReadMakesRoomFromHalfOfIt()
{
    Load load(8 * MiB);
    One deaf(load);
    One reader(load);
    One modest(load);
    Instant now(1s);
    const auto sweep = [&] {
        now += limits::StuckTime;
        for (One *one : {&deaf, &reader, &modest})
            one->connection->sweep(now);
    };
    deaf.send(2 * MiB);
    modest.send(limits::FairBytes / 2);
    sweep();
    sweep();
    QVERIFY(!deaf.owner.closed); // there is room
    reader.send(2 * MiB);
    sweep();
    reader.connection->writable(); // some of it was read
    sweep();
    QCOMPARE(deaf.owner.closed, CloseCode::Overloaded);
    QVERIFY(!reader.owner.closed && !modest.owner.closed);
}

void ConnectionTest::whoAddsAndHasMoreThanAShareIsEndedInItsLastQuarter()
{
    Load load(4 * MiB);
    One first(load);
    One second(load);
    One third(load);
    first.send(3 * MiB - 100);
    QVERIFY(!first.owner.closed);
    second.send(limits::FairBytes / 2);
    QVERIFY(!second.owner.closed);
    third.send(2 * limits::FairBytes);
    QCOMPARE(third.owner.closed, CloseCode::Overloaded);
    first.send(1);
    QCOMPARE(first.owner.closed, CloseCode::Overloaded);
}

void ConnectionTest::whoAddsToAllOfItIsEnded()
{
    Load load(MiB);
    std::vector<std::unique_ptr<One>> many;
    while (load.bytes() <= MiB) {
        many.push_back(std::make_unique<One>(load));
        many.back()->send(limits::FairBytes / 4);
    }
    QCOMPARE(many.back()->owner.closed, CloseCode::Overloaded);
    One another(load);
    another.send(1);
    QCOMPARE(another.owner.closed, CloseCode::Overloaded);
    QVERIFY(!many.front()->owner.closed); // it adds nothing
    many.front()->connection->endTurn();
    QVERIFY(!many.front()->owner.closed);
}

void ConnectionTest::itIsSweptWhenItsEndpointWantsUnlessSomethingIsUnderWay()
{
    Load load(100 * MiB);
    const Instant now(1s);
    One quiet(load);
    QCOMPARE(quiet.connection->sweep(now), Instant(15s));
    One unread(load);
    unread.send(1);
    QCOMPARE(unread.connection->sweep(now), now);
    One leaving(load);
    leaving.connection->peerEnded();
    QCOMPARE(leaving.connection->sweep(now), now);
    One ended(load);
    ended.connection->close(CloseCode::SlowConsumer);
    QCOMPARE(ended.connection->sweep(now), now);
}

QTEST_GUILESS_MAIN(ConnectionTest)
#include "connection.moc"
