// SPDX-License-Identifier: MIT
// docs/protocol.md 4: the commands of one connection take effect, and are answered, in their order.
#include "integration/eachstore.h"

#include <QJsonDocument>

using namespace parley::test;
using namespace Qt::StringLiterals;

namespace {

QByteArray withRef(QByteArray frame, int ref)
{
    frame.chop(1);
    return frame + ",\"ref\":" + QByteArray::number(ref) + '}';
}

} // namespace

class Ordering : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase_data() { addEachStore(); }
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void everyKindOfAnswerComesInItsTurn()
    {
        // Some are answered from the store, some without it.
        const std::vector<std::pair<QByteArray, QByteArray>> dialogue{
            {"{\"cmd\":\"SEND\",\"receiveUserId\":2,\"body\":\"x\"}", "SENT"},
            {"{\"cmd\":\"HEARTBEAT\"}", "HEARTBEAT"},
            {"{\"cmd\":\"NONSENSE\"}", "ERROR"},
            {"{\"cmd\":\"STATUS\",\"userIds\":[1,2]}", "STATUS"},
            {"{\"cmd\":\"SEND\",\"receiveUserId\":999,\"body\":\"x\"}", "ERROR"},
            {"{\"cmd\":\"TRACK\",\"clientId\":\"k\"}", "TRACK"},
            {"{\"cmd\":\"SEND\",\"body\":\"x\"}", "ERROR"},
            {"{\"cmd\":\"WATCH\",\"userIds\":[]}", "STATUS"},
            {"{\"cmd\":\"CONFIRM\",\"upTo\":9}", "CONFIRMED"},
            {"{\"cmd\":\"HEARTBEAT\"}", "HEARTBEAT"},
            {"{\"cmd\":\"FETCH\"}", "MESSAGES"},
            {"{\"cmd\":\"FETCH\",\"limit\":0}", "ERROR"},
        };
        StoredServer server;
        User alice(server, 1);
        constexpr int Rounds = 3; // nine bad frames: one more would end the connection
        int ref = 0;
        for (int round = 0; round < Rounds; ++round)
            for (const auto &[question, answer] : dialogue)
                alice.send(withRef(question, ++ref));
        ref = 0;
        for (int round = 0; round < Rounds; ++round)
            for (const auto &[question, answer] : dialogue)
                alice.expect(withRef("{\"cmd\":\"" + answer + "\"}", ++ref));
    }

    void aBinaryFrameIsRefusedInItsTurn()
    {
        StoredServer server;
        User alice(server, 1);
        alice.send("{\"cmd\":\"SEND\",\"receiveUserId\":2,\"body\":\"x\"}");
        alice.sendBinary("{}");
        alice.send("{\"cmd\":\"HEARTBEAT\"}");
        alice.expect("{\"cmd\":\"SENT\"}");
        alice.expect("{\"cmd\":\"ERROR\",\"code\":\"unsupported\"}");
        alice.expect("{\"cmd\":\"HEARTBEAT\"}");
    }

    void commandsTakeEffectInTheirOrder()
    {
        StoredServer server;
        User alice(server, 1);
        alice.send("{\"cmd\":\"TRACK\",\"clientId\":\"k\"}");
        alice.send("{\"cmd\":\"SEND\",\"receiveUserId\":1,\"body\":\"x\",\"clientId\":\"k\"}");
        alice.send("{\"cmd\":\"TRACK\",\"clientId\":\"k\"}");
        alice.send("{\"cmd\":\"CONFIRM\",\"upTo\":1,\"ref\":1}");
        alice.send("{\"cmd\":\"TRACK\",\"clientId\":\"k\"}");
        alice.send("{\"cmd\":\"FETCH\"}");
        alice.expect("{\"cmd\":\"TRACK\",\"state\":\"unknown\"}");
        alice.expect("{\"cmd\":\"SENT\",\"seq\":1}");
        alice.expect("{\"cmd\":\"MESSAGE\",\"seq\":1}");
        alice.expect("{\"cmd\":\"TRACK\",\"state\":\"unread\"}");
        alice.expect("{\"cmd\":\"CONFIRMED\",\"removed\":1,\"ref\":1}");
        alice.expect("{\"cmd\":\"TRACK\",\"state\":\"confirmed\"}");
        alice.expect("{\"cmd\":\"MESSAGES\",\"messages\":[],\"more\":false}");
    }

    void moreThanThePipelineHoldsIsAnsweredInOrder_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<int>("count");
        QTest::newRow("many small ones") << QByteArray("x") << 4000; // of 2 KiB each
        QTest::newRow("some large ones") << QByteArray(30'000, 'x') << 100;
    }
    void moreThanThePipelineHoldsIsAnsweredInOrder()
    {
        QFETCH(QByteArray, body);
        QFETCH(int, count);
        StoredServer server;
        User alice(server, 1);
        const QByteArray message =
            "{\"cmd\":\"SEND\",\"receiveUserId\":2,\"body\":\"" + body + "\"}";
        for (int ref = 0; ref < count; ref += 2) {
            alice.send(withRef(message, ref));
            alice.send(withRef("{\"cmd\":\"HEARTBEAT\"}", ref + 1));
        }
        for (int ref = 0; ref < count; ref += 2) {
            alice.expect(
                withRef("{\"cmd\":\"SENT\",\"seq\":" + QByteArray::number(ref / 2 + 1) + '}', ref));
            alice.expect(withRef("{\"cmd\":\"HEARTBEAT\"}", ref + 1));
        }
    }

    void messagesOfOneSenderGetRisingSeqsAmongOthers()
    {
        StoredServer server;
        constexpr int Each = 200;
        std::vector<std::unique_ptr<User>> senders; // over both gateways
        for (int id = 3; id <= 8; ++id)
            senders.push_back(std::make_unique<User>(server, id));
        for (int i = 0; i < Each; ++i)
            for (const auto &sender : senders)
                sender->send("{\"cmd\":\"SEND\",\"receiveUserId\":2,\"body\":\""
                    + QByteArray::number(i) + "\"}");
        for (const auto &sender : senders) {
            qint64 last = 0;
            for (int i = 0; i < Each; ++i) {
                const qint64 seq = sender->expect("{\"cmd\":\"SENT\"}")["seq"_L1].toInteger();
                QVERIFY(seq > last);
                last = seq;
            }
        }
    }

    void messagesArriveInTheOrderOfTheirSender()
    {
        StoredServer server(
            [](parley::app::Settings &settings) { settings.limits.window = 10'000; });
        constexpr int Each = 200;
        User bob(server, 2);
        User elsewhere(server, 2);
        std::vector<std::unique_ptr<User>> senders;
        for (int id = 3; id <= 8; ++id)
            senders.push_back(std::make_unique<User>(server, id));
        for (int i = 0; i < Each; ++i)
            for (const auto &sender : senders)
                sender->send("{\"cmd\":\"SEND\",\"receiveUserId\":2,\"body\":\""
                    + QByteArray::number(i) + "\"}");
        for (User *receiver : {&bob, &elsewhere}) {
            std::map<qint64, int> next;
            for (int seq = 1; seq <= Each * int(senders.size()); ++seq) {
                const QJsonObject message = receiver->expect(
                    "{\"cmd\":\"MESSAGE\",\"seq\":" + QByteArray::number(seq) + '}');
                QCOMPARE(message["body"_L1].toString().toInt(),
                    next[message["sendUserId"_L1].toInteger()]++);
            }
        }
        for (const auto &sender : senders)
            for (int i = 0; i < Each; ++i)
                sender->expect("{\"cmd\":\"SENT\"}");
    }
};

QTEST_GUILESS_MAIN(Ordering)
#include "ordering.moc"
