// SPDX-License-Identifier: MIT
// docs/protocol.md 4.5: RECEIPT tells the sender of a confirm, TRACK answers whenever it is asked.
#include "integration/eachstore.h"

#include <QJsonDocument>

using namespace parley::test;
using namespace Qt::StringLiterals;

namespace {

QByteArray frameOf(const QByteArray &key, bool receipt, qint64 receiver = 2)
{
    return R"({"cmd":"SEND","body":"x","receiveUserId":)" + QByteArray::number(receiver)
        + R"(,"clientId":")" + key + R"(","receipt":)" + (receipt ? "true}" : "false}");
}

// The next `count` receipts, in as many frames as they come in.
QJsonArray receiptsOf(TestClient &client, qsizetype count)
{
    QJsonArray receipts;
    while (receipts.size() < count && !QTest::currentTestFailed()) {
        const auto frame = client.expect(R"({"cmd":"RECEIPT"})")["receipts"_L1].toArray();
        for (const auto &receipt : frame)
            receipts.append(receipt);
    }
    return receipts;
}

QJsonObject track(TestClient &client, const QByteArray &key, const QByteArray &state)
{
    client.send(R"({"cmd":"TRACK","ref":"t","clientId":")" + key + "\"}");
    return client.expect(
        R"({"cmd":"TRACK","ref":"t","clientId":")" + key + R"(","state":")" + state + "\"}");
}

} // namespace

class Receipts : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase_data() { addEachStore(); }
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void goToAllConnectionsOfTheSender()
    {
        StoredServer server;
        User one(server, 1);
        User two(server, 1);
        User bob(server, 2);
        one.send(frameOf("k", true));
        const QJsonObject sent = one.expect(R"({"cmd":"SENT"})");
        bob.expectMessages(1, 1);
        one.expectNothing(); // delivered is not confirmed
        bob.confirmUpTo(1, 1);
        for (User *alice : {&one, &two}) {
            const QJsonObject receipt = receiptsOf(*alice, 1)[0].toObject();
            QCOMPARE(receipt["clientId"_L1].toString(), u"k"_s);
            QCOMPARE(receipt["receiveUserId"_L1].toInteger(), 2);
            QCOMPARE(receipt["seq"_L1].toInteger(), 1);
            QVERIFY(receipt["time"_L1].toInteger() >= sent["time"_L1].toInteger());
            alice->expectNothing();
        }
        bob.expectNothing();
    }

    void onlyOfThoseAskedFor()
    {
        StoredServer server;
        User alice(server, 1);
        User bob(server, 2);
        for (const bool receipt : {false, true, false}) {
            alice.send(frameOf(receipt ? "wanted" : QByteArray(), receipt)
                           .replace(R"("clientId":"",)", ""));
            alice.expect(R"({"cmd":"SENT"})");
        }
        bob.expectMessages(1, 3);
        bob.confirmUpTo(3, 3);
        const QJsonArray receipts = receiptsOf(alice, 1);
        QCOMPARE(receipts.size(), 1);
        QCOMPARE(receipts[0]["clientId"_L1].toString(), u"wanted"_s);
        alice.expectNothing();
    }

    void comeOnceForEachMessage()
    {
        StoredServer server;
        User alice(server, 1);
        User bob(server, 2);
        constexpr int Count = 700;
        for (int i = 1; i <= Count; ++i)
            alice.send(frameOf(QByteArray::number(i), true));
        for (int i = 1; i <= Count; ++i)
            alice.expect(R"({"cmd":"SENT"})");
        alice.send(frameOf("1", true)); // known: stores nothing, asks for no second receipt
        alice.expect(R"({"cmd":"SENT","duplicate":true})");
        bob.send(R"({"cmd":"CONFIRM","seqs":[2,1]})");
        bob.send(R"({"cmd":"CONFIRM","upTo":700})");
        bob.send(R"({"cmd":"CONFIRM","upTo":700})");
        std::vector<qint64> seqs;
        for (const auto &receipt : receiptsOf(alice, Count))
            seqs.push_back(receipt["seq"_L1].toInteger());
        std::ranges::sort(seqs);
        QCOMPARE(seqs, range(1, Count));
        alice.expectNothing();
    }

    void areNoStoredMail()
    {
        StoredServer server;
        User bob(server, 2);
        {
            User alice(server, 1);
            alice.send(frameOf("k", true));
            alice.expect(R"({"cmd":"SENT"})");
        }
        bob.expectMessages(1, 1);
        bob.confirmUpTo(1, 1);
        User alice(server, 1);
        alice.expectNothing();
        track(alice, "k", "confirmed"); // the lasting answer
    }

    void toOneselfToo()
    {
        StoredServer server;
        User alice(server, 1);
        alice.send(frameOf("k", true, 1));
        alice.expect(R"({"cmd":"SENT"})");
        alice.expectMessages(1, 1);
        alice.confirmUpTo(1, 1);
        QCOMPARE(receiptsOf(alice, 1)[0]["clientId"_L1].toString(), u"k"_s);
    }

    void trackTellsEachState()
    {
        StoredServer server;
        User alice(server, 1);
        User bob(server, 2);
        const QJsonObject unknown = track(alice, "k", "unknown");
        for (const auto &absent : {"receiveUserId"_L1, "seq"_L1, "sentAt"_L1, "confirmedAt"_L1})
            QVERIFY(!unknown.contains(absent));
        alice.send(frameOf("k", false));
        const QJsonObject sent = alice.expect(R"({"cmd":"SENT"})");
        const QJsonObject unread = track(alice, "k", "unread");
        QCOMPARE(unread["receiveUserId"_L1].toInteger(), 2);
        QCOMPARE(unread["seq"_L1].toInteger(), 1);
        QCOMPARE(unread["sentAt"_L1], sent["time"_L1]);
        QVERIFY(!unread.contains("confirmedAt"_L1));
        bob.expectMessages(1, 1);
        bob.confirmUpTo(1, 1);
        User elsewhere(server, 1);
        const QJsonObject confirmed = track(elsewhere, "k", "confirmed");
        QCOMPARE(confirmed["receiveUserId"_L1].toInteger(), 2);
        QCOMPARE(confirmed["seq"_L1].toInteger(), 1);
        QCOMPARE(confirmed["sentAt"_L1], sent["time"_L1]);
        QVERIFY(confirmed["confirmedAt"_L1].toInteger() >= sent["time"_L1].toInteger());
    }

    void trackIsTheSendersOwn()
    {
        StoredServer server;
        User alice(server, 1);
        User bob(server, 2);
        alice.sendMessage(2, "x", "k");
        bob.expectMessages(1, 1);
        track(bob, "k", "unknown");
    }

    void aRefusedKeyIsUnknown()
    {
        StoredServer server;
        User alice(server, 1);
        alice.send(frameOf("k", true, 999));
        alice.expect(R"({"cmd":"ERROR","code":"unknown_user","clientId":"k"})");
        track(alice, "k", "unknown");
    }

    void trackKeepsToTheFirstOfAReusedKey()
    {
        StoredServer server;
        User alice(server, 1);
        alice.sendMessage(2, "x", "k");
        alice.send(frameOf("k", true, 3));
        alice.expect(R"({"cmd":"ERROR","code":"id_reused"})");
        QCOMPARE(track(alice, "k", "unread")["receiveUserId"_L1].toInteger(), 2);
    }
};

QTEST_GUILESS_MAIN(Receipts)
#include "receipts.moc"
