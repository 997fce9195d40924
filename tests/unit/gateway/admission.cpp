// SPDX-License-Identifier: MIT
// Admission: never more connections than the limits say, and never fewer.
#include "gateway/services/admission.h"

#include <QTest>

#include <thread>

using namespace parley;
using namespace parley::gateway;

namespace {

Limits limited(int all, int perAddress)
{
    Limits limits;
    limits.connections = all;
    limits.connectionsPerAddress = perAddress;
    return limits;
}

} // namespace

class AdmissionTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void admitsUpToTheLimit()
    {
        Admission admission(limited(2, 0));
        Place a = admission.arrive("a");
        Place b = admission.arrive("a");
        Place c = admission.arrive("b");
        QVERIFY(a.enter() && b.enter());
        QVERIFY(!c.enter());
        a.leave();
        QVERIFY(c.enter());
    }

    void admitsUpToTheLimitOfANetwork()
    {
        Admission admission(limited(100, 2));
        Place a = admission.arrive("a");
        Place b = admission.arrive("a");
        Place c = admission.arrive("a");
        Place other = admission.arrive("b");
        QVERIFY(a.enter() && b.enter() && !c.enter());
        QVERIFY(other.enter());
        a.exit(UserId(1), [] {});
        QVERIFY(c.enter());
    }

    // Who was refused does not take a place, of either limit.
    void refusalsTakeNoPlace()
    {
        Admission admission(limited(2, 1));
        Place a = admission.arrive("a");
        QVERIFY(a.enter());
        for (int i = 0; i < 10; ++i)
            QVERIFY(!admission.arrive("a").enter());
        Place b = admission.arrive("b");
        QVERIFY(b.enter());
    }

    void turnsAwayWhomANetworkSendsTooMany()
    {
        Limits limits = limited(100, 0);
        limits.pendingPerAddress = 2;
        Admission admission(limits);
        Place a = admission.arrive("a");
        Place b = admission.arrive("a");
        QVERIFY(!a.isTurnedAway() && !b.isTurnedAway());
        Place c = admission.arrive("a");
        QVERIFY(c.isTurnedAway() && !c.enter());
        QVERIFY(!admission.arrive("b").isTurnedAway());
        QVERIFY(a.enter()); // and so is not waiting any more
        QVERIFY(!admission.arrive("a").isTurnedAway());
    }

    void turnsAwayWhoIsTooManyInAll()
    {
        Limits limits = limited(1, 0);
        limits.pendingPlaces = 2;
        Admission admission(limits);
        std::vector<Place> places;
        for (const char *network : {"a", "b", "c"})
            places.push_back(admission.arrive(network));
        QVERIFY(!places.back().isTurnedAway());
        QVERIFY(admission.arrive("d").isTurnedAway());
        QVERIFY(places.front().enter());
        QVERIFY(admission.arrive("d").isTurnedAway()); // it is still a socket
        places.pop_back();
        QVERIFY(!admission.arrive("d").isTurnedAway());
    }

    // A connection that ends keeps its socket for a while. That is counted, but who comes goes
    // before who leaves.
    void socketsThatLingerMakeRoom()
    {
        Limits limits = limited(2, 0);
        limits.pendingPlaces = 0;
        limits.pendingPerAddress = 1;
        Admission admission(limits);
        std::vector<int> ended;
        std::vector<Place> places;
        for (int user = 0; user < 2; ++user) {
            places.push_back(admission.arrive("a"));
            QVERIFY(places.back().enter());
        }
        QVERIFY(admission.arrive("a").isTurnedAway());
        for (int user = 0; user < 2; ++user)
            places[size_t(user)].exit(UserId(user), [&, user] { ended.push_back(user); });
        QVERIFY(ended.empty());
        Place first = admission.arrive("a");
        QVERIFY(!first.isTurnedAway() && first.enter());
        QCOMPARE(ended, std::vector<int>{0}); // who has been leaving for longer
        places[1].leave();
        Place second = admission.arrive("b");
        QVERIFY(!second.isTurnedAway());
        QCOMPARE(ended.size(), 1U);
        QVERIFY(admission.arrive("c").isTurnedAway());
    }

    void aUserLeavesWithNoMoreThanTheyMayHave()
    {
        Limits limits = limited(100, 0);
        limits.connectionsPerUser = 2;
        Admission admission(limits);
        std::vector<int> ended;
        std::vector<Place> places;
        for (int i = 0; i < 4; ++i) {
            places.push_back(admission.arrive("a"));
            QVERIFY(places.back().enter());
            places.back().exit(UserId(i == 1 ? 2 : 1), [&, i] { ended.push_back(i); });
        }
        QCOMPARE(ended, std::vector<int>{0});
    }

    void countsWhoCameThroughAProxyAsTheClients()
    {
        Limits limits = limited(100, 1);
        limits.pendingPerAddress = 1;
        Admission admission(limits);
        const auto arrive = [&] { return admission.arrive("proxy", true); };
        Place a = arrive();
        Place b = arrive();
        Place c = arrive();
        Place d = arrive();
        QVERIFY(a.moveTo("a") && b.moveTo("b"));
        QVERIFY(!c.moveTo("a")); // which has one that is no connection yet
        QVERIFY(a.enter());
        QVERIFY(c.moveTo("a") && !c.enter()); // and a connection already
        QVERIFY(b.enter());
        QVERIFY(d.moveTo("proxy") && d.enter()); // its own
        a.leave();
        QVERIFY(c.enter());
        QVERIFY(!c.moveTo("b"));
        for (Place *place : {&b, &c, &d})
            place->leave();
        QVERIFY(admission.arrive("a").enter() && admission.arrive("b").enter());
    }

    void countsRightFromManyThreads()
    {
        Admission admission(limited(50, 20));
        std::atomic<int> inside = 0;
        std::atomic<bool> wasOver = false;
        {
            std::vector<std::jthread> threads;
            for (int thread = 0; thread < 4; ++thread)
                threads.emplace_back([&, network = QByteArray::number(thread % 2)] {
                    for (int i = 0; i < 10'000; ++i) {
                        Place place = admission.arrive(network);
                        if (!place.enter())
                            continue;
                        wasOver = wasOver || ++inside > 40; // two networks
                        --inside;
                    }
                });
        }
        QVERIFY(!wasOver);
        std::vector<Place> places;
        for (int i = 0; i < 20; ++i) { // all have left
            for (const char *network : {"0", "1"}) {
                places.push_back(admission.arrive(network));
                QVERIFY(places.back().enter());
            }
        }
        QVERIFY(!admission.arrive("0").enter() && !admission.arrive("1").enter());
    }

    void placesAreCountedByTheirState()
    {
        Limits limits = limited(100, 0);
        limits.pendingPerAddress = 2;
        Admission admission(limits);
        SocketCounts counts;
        const auto are = [&counts](int pending, int turnedAway, int closing) {
            return counts.pending.value() == pending && counts.turnedAway.value() == turnedAway
                && counts.closing.value() == closing;
        };
        Place a = admission.arrive("a", false, &counts);
        Place b = admission.arrive("a", false, &counts);
        QVERIFY(are(2, 0, 0));
        {
            const Place c = admission.arrive("a", false, &counts);
            QVERIFY(c.isTurnedAway());
            QVERIFY(are(2, 1, 0));
        }
        QVERIFY(are(2, 0, 0));
        QVERIFY(a.enter()); // a connection is counted elsewhere
        QVERIFY(are(1, 0, 0));
        a.exit(UserId(1), [] {});
        QVERIFY(are(1, 0, 1));
        Place moved = std::move(a);
        QVERIFY(are(1, 0, 1));
        moved.leave();
        moved.leave();
        b.leave();
        QVERIFY(are(0, 0, 0));
    }
};

QTEST_GUILESS_MAIN(AdmissionTest)
#include "admission.moc"
