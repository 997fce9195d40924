// SPDX-License-Identifier: MIT
#include "unit/client/options.h"

#include <QSignalSpy>
#include <QTest>

#include <numeric>

using namespace parley;
using namespace parley::client;
using namespace std::chrono_literals;
using protocol::Confirm;
using protocol::Fetch;
using test::FakeServer;
using test::options;

class ClientReceivingTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void pushesAreDeliveredAndConfirmed();
    void whatComesTwiceIsDeliveredOnce();
    void aGapIsFetched();
    void whatIsUnreadIsFetchedToTheEnd();
    void behindFetchesToTheEnd();
    void aRefusedFetchIsAskedAgain();
    void afterReconnectItGoesOnWhereItWas();
    void oneConfirmForWhatCameTogether();
    void anUnansweredConfirmIsMadeAgain();
    void aRefusedConfirmIsMadeAgain();
    void theApplicationMayConfirmItself();
    void theApplicationMayFetchItself();
};

namespace {

using Seqs = std::vector<qint64>;

// A client, and what it received.
struct Receiver {
    Receiver()
        : Receiver([](Options &) {})
    {
    }
    template <class Change>
    explicit Receiver(Change change)
        : client([&] {
            Options changed = options(server);
            change(changed);
            return changed;
        }())
    {
        QObject::connect(&client, &ChatClient::messageReceived, &client,
            [this](const protocol::Message &message) { received.push_back(message.seq.value()); });
        client.connectToServer();
    }
    bool receives(const Seqs &seqs)
    {
        return QTest::qWaitFor([&] { return received.size() >= seqs.size(); }) && received == seqs;
    }
    // The next command is a CONFIRM of these.
    bool confirms(const Seqs &seqs)
    {
        const auto confirm = server.expect<Confirm>();
        Seqs confirmed;
        for (const Seq seq : confirm.value_or(Confirm()).seqs)
            confirmed.push_back(seq.value());
        return confirmed == seqs;
    }
    // The next command is a FETCH after this.
    bool fetches(qint64 after)
    {
        const auto fetch = server.expect<Fetch>();
        return fetch && fetch->after == Seq(after);
    }

    FakeServer server;
    Seqs received;
    ChatClient client;
};

Seqs range(qint64 first, qint64 last)
{
    Seqs seqs(size_t(last - first + 1));
    std::iota(seqs.begin(), seqs.end(), first);
    return seqs;
}

} // namespace

void ClientReceivingTest::pushesAreDeliveredAndConfirmed()
{
    Receiver t;
    QSignalSpy confirmed(&t.client, &ChatClient::confirmed);
    QVERIFY(t.server.welcome(0, 41));
    t.server.message(42);
    QVERIFY(t.receives({42}));
    QVERIFY(t.confirms({42}));
    t.server.say(protocol::Confirmed{1, t.server.ref()});
    QTRY_COMPARE(confirmed, (QList<QVariantList>{{qint64(1)}}));
    QCOMPARE(t.client.lastReceived(), Seq(42));
}

void ClientReceivingTest::whatComesTwiceIsDeliveredOnce()
{
    Receiver t;
    QVERIFY(t.server.welcome());
    for (const qint64 seq : {1, 1, 2, 1, 2, 3})
        t.server.message(seq);
    QVERIFY(t.receives({1, 2, 3}));
    t.server.cut();
    QVERIFY(t.server.welcome(3, 3));
    QVERIFY(t.confirms({1, 2, 3})); // the first was not answered
    QVERIFY(t.fetches(3));
    t.server.messages({1, 2, 3}, false); // whatever was asked for
    t.server.message(4);
    QVERIFY(t.receives({1, 2, 3, 4}));
}

void ClientReceivingTest::aGapIsFetched()
{
    Receiver t;
    QVERIFY(t.server.welcome());
    t.server.message(1);
    QVERIFY(t.confirms({1}));
    t.server.message(4);
    QVERIFY(t.fetches(1));
    QCOMPARE(t.received, Seqs{1});
    t.server.message(5);
    t.server.messages({2, 3, 4}, false);
    QVERIFY(t.receives({1, 2, 3, 4, 5}));
}

void ClientReceivingTest::whatIsUnreadIsFetchedToTheEnd()
{
    Receiver t([](Options &options) {
        options.fetchLimit = 2;
        options.autoConfirm = false;
    });
    QSignalSpy pages(&t.client, &ChatClient::fetched);
    QVERIFY(t.server.welcome(3, 9));
    QVERIFY(t.fetches(0));
    t.server.messages({7, 8}, true);
    QVERIFY(t.fetches(8));
    t.server.messages({9}, false);
    t.server.message(10);
    QVERIFY(t.receives({7, 8, 9, 10}));
    QVERIFY(t.server.isSilent());
    QCOMPARE(pages, (QList<QVariantList>{{2, true}, {1, false}}));
}

void ClientReceivingTest::behindFetchesToTheEnd()
{
    Receiver t([](Options &options) { options.autoConfirm = false; });
    QSignalSpy behind(&t.client, &ChatClient::fellBehind);
    QVERIFY(t.server.welcome());
    t.server.message(1);
    t.server.say(protocol::Behind{3});
    QVERIFY(t.fetches(1));
    t.server.messages({2, 3}, true);
    QVERIFY(t.fetches(3));
    t.server.messages({}, false);
    t.server.message(4);
    QVERIFY(t.receives({1, 2, 3, 4}));
    QCOMPARE(behind, (QList<QVariantList>{{qint64(3)}}));
}

void ClientReceivingTest::aRefusedFetchIsAskedAgain()
{
    Receiver t;
    QVERIFY(t.server.welcome(1, 1));
    QVERIFY(t.fetches(0));
    t.server.say(protocol::Error{ErrorCode::StoreUnavailable, {}, t.server.ref(), {}, {}, 20ms});
    QVERIFY(t.fetches(0));
    t.server.messages({1}, false);
    QVERIFY(t.receives({1}));
}

void ClientReceivingTest::afterReconnectItGoesOnWhereItWas()
{
    Receiver t([](Options &options) { options.autoConfirm = false; });
    QVERIFY(t.server.welcome());
    t.server.message(1);
    t.server.message(2);
    QVERIFY(t.receives({1, 2}));
    t.server.cut();
    QVERIFY(t.server.welcome(3, 3));
    QVERIFY(t.fetches(2));
    // The connection is lost in the middle of the FETCH.
    t.server.cut();
    QVERIFY(t.server.welcome(4, 4));
    QVERIFY(t.fetches(2));
    t.server.messages({3, 4}, false);
    QVERIFY(t.receives({1, 2, 3, 4}));
}

void ClientReceivingTest::oneConfirmForWhatCameTogether()
{
    Receiver t;
    QVERIFY(t.server.welcome(1500, 1500));
    QVERIFY(t.fetches(0));
    t.server.messages(range(1, 1500), false);
    QVERIFY(t.confirms(range(1, 1000)));
    QVERIFY(t.confirms(range(1001, 1500)));
}

void ClientReceivingTest::anUnansweredConfirmIsMadeAgain()
{
    Receiver t;
    QVERIFY(t.server.welcome());
    t.server.message(1);
    QVERIFY(t.confirms({1}));
    t.server.cut();
    QVERIFY(t.server.welcome(1, 1));
    QVERIFY(t.confirms({1}));
}

void ClientReceivingTest::aRefusedConfirmIsMadeAgain()
{
    Receiver t;
    QVERIFY(t.server.welcome());
    t.server.message(1);
    QVERIFY(t.confirms({1}));
    t.server.say(protocol::Error{ErrorCode::StoreUnavailable, {}, t.server.ref(), {}, {}, 20ms});
    QVERIFY(t.confirms({1}));
}

void ClientReceivingTest::theApplicationMayConfirmItself()
{
    Receiver t([](Options &options) { options.autoConfirm = false; });
    QVERIFY(t.server.welcome());
    for (const qint64 seq : {1, 2, 3})
        t.server.message(seq);
    QVERIFY(t.receives({1, 2, 3}));
    t.client.confirm({Seq(2), Seq(0)});
    QVERIFY(t.confirms({2}));
    t.client.confirmUpTo(Seq(3));
    QCOMPARE(t.server.expect<Confirm>().value_or(Confirm()).upTo, Seq(3));
}

void ClientReceivingTest::theApplicationMayFetchItself()
{
    Receiver t([](Options &options) {
        options.autoFetch = false;
        options.autoConfirm = false;
    });
    QVERIFY(t.server.welcome(3, 3));
    // A question is answered in order, so no FETCH was made before it.
    QTRY_COMPARE(t.client.state(), State::Online);
    QVERIFY(t.client.status({UserId(1)}));
    QVERIFY(t.server.expect<protocol::Status>());
    t.client.fetch();
    QVERIFY(t.fetches(0));
    t.server.messages({1, 2}, true);
    QVERIFY(t.receives({1, 2}));
    QVERIFY(t.client.status({UserId(1)}));
    QVERIFY(t.server.expect<protocol::Status>());
    t.client.fetch();
    QVERIFY(t.fetches(2));
    t.server.messages({3}, false);
    QVERIFY(t.receives({1, 2, 3}));
}

QTEST_GUILESS_MAIN(ClientReceivingTest)
#include "receiving.moc"
