// SPDX-License-Identifier: MIT
// Exchange: what depends on the peer's network address, which a test on one machine cannot choose.
// All else about it is in integration/gate.cpp.
#include "gateway/http/exchange.h"

#include "storage/memorystore.h"
#include "support/fakeclock.h"

#include <QHostAddress>
#include <QTest>

using namespace parley;
using namespace parley::gateway;
using namespace parley::http;

namespace {

class Guest final : public Exchange::Owner {
public:
    void sendInterim(QByteArrayView) override { }
    bool checkPassword(QByteArray, QByteArray, const QByteArray &, const Peer &) override
    {
        return false;
    }
    bool moveTo(const Peer &) override { return true; }
    void respond(const Response &given) override { status = given.status; }
    void admit(const chat::Identity &) override { status = 101; }
    void admitWatcher() override { status = 101; }

    int status = 0;
};

// All that an exchange needs but the network.
struct Parts {
    explicit Parts(const Policy &policy = {})
        : storage(std::make_unique<storage::MemoryStore>(Limits()), clock)
        , services(policy, clock, storage, std::make_unique<coordinator::Coordinator>())
        , router(0, storage, services.directory, services.tracer, clock, Limits())
    {
    }

    int ask(const char *peer, const char *path, const char *query = "")
    {
        Guest guest;
        Exchange exchange(router.newId(), guest, Peer::of(QHostAddress(QString::fromLatin1(peer))),
            services, router);
        exchange.feed(QByteArray("GET ") + path + '?' + query
            + " HTTP/1.1\r\nHost: h\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
              "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
        return guest.status;
    }

    int askWrongly(const QByteArray &peer)
    {
        return ask(
            peer.constData(), "/chat/private", "userId=1&session=00000000000000000000000000000000");
    }

    test::FakeClock clock;
    storage::StorageThread storage;
    Services services;
    chat::Router router;
};

Policy forTests()
{
    Policy policy;
    policy.hashing = session::PasswordHasher::Strength::ForTests;
    return policy;
}

} // namespace

class ExchangeTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void showsMetricsOnlyToLoopback()
    {
        Parts parts(forTests());
        for (const char *peer : {"127.0.0.1", "127.1.2.3", "::1", "::ffff:127.0.0.1"})
            QCOMPARE(parts.ask(peer, "/metrics"), 200);
        for (const char *peer : {"192.0.2.1", "2001:db8::1", "::ffff:192.0.2.1", "10.0.0.1"})
            QCOMPARE(parts.ask(peer, "/metrics"), 404);
        QCOMPARE(parts.ask("192.0.2.1", "/healthz"), 200);
    }

    void showsMetricsToAllWhenToldSo()
    {
        Policy policy = forTests();
        policy.metricsPublic = true;
        Parts parts(policy);
        QCOMPARE(parts.ask("192.0.2.1", "/metrics"), 200);
    }

    // Whoever has one address of IPv6 has 2^64 of them.
    void countsFailuresOfANetworkTogether()
    {
        Parts parts(forTests());
        for (int i = 0; i < limits::FailedSessionsPerAddress; ++i)
            QCOMPARE(parts.askWrongly("2001:db8::" + QByteArray::number(i + 1)), 401);
        QCOMPARE(parts.askWrongly("2001:db8:0:0:ffff::1"), 429);
        QCOMPARE(parts.askWrongly("2001:db8:0:1::1"), 401);
        QCOMPARE(parts.askWrongly("192.0.2.1"), 401);
        parts.clock.advance(limits::ThrottleWindow);
        QCOMPARE(parts.askWrongly("2001:db8::1"), 401);
    }

    void countsFailuresOfMappedAddressesApart()
    {
        Parts parts(forTests());
        for (int i = 0; i < limits::FailedSessionsPerAddress; ++i)
            QCOMPARE(parts.askWrongly(i % 2 ? "::ffff:192.0.2.1" : "192.0.2.1"), 401);
        QCOMPARE(parts.askWrongly("192.0.2.1"), 429);
        QCOMPARE(parts.askWrongly("::ffff:192.0.2.1"), 429);
        QCOMPARE(parts.askWrongly("::ffff:192.0.2.2"), 401);
    }
};

QTEST_GUILESS_MAIN(ExchangeTest)
#include "exchange.moc"
