// SPDX-License-Identifier: MIT
// What outlives the server: messages, seqs, keys and the last time that somebody was seen.
#include "integration/eachstore.h"

#include "storage/sql/open.h"
#include "support/why.h"

using namespace parley::test;
using namespace Qt::StringLiterals;

class Restart : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
        m_database.emplace();
        m_server.reset();
        restart();
    }

    void unreadMessagesStay()
    {
        User(*m_server, 1).sendMessages(2, 1, 3);
        restart();
        User bob(*m_server, 2);
        QCOMPARE(bob.hello["unread"_L1],
            (QJsonObject{{u"count"_s, 3}, {u"firstSeq"_s, 1}, {u"lastSeq"_s, 3}}));
        QCOMPARE(bob.fetch({}, false), range(1, 3));
    }

    void seqsGoOn()
    {
        User(*m_server, 1).sendMessages(2, 1, 3);
        User(*m_server, 2).confirmUpTo(3, 3);
        restart();
        QCOMPARE(User(*m_server, 2).hello["unread"_L1],
            (QJsonObject{{u"count"_s, 0}, {u"lastSeq"_s, 3}}));
        User(*m_server, 1).sendMessages(2, 4, 5);
    }

    void aKeyIsKnown_data()
    {
        QTest::addColumn<bool>("confirmed");
        QTest::newRow("of an unread message") << false;
        QTest::newRow("of a confirmed message") << true;
    }
    void aKeyIsKnown()
    {
        QFETCH(bool, confirmed);
        const QByteArray frame = R"({"cmd":"SEND","receiveUserId":2,"body":"x","clientId":"k"})";
        QJsonObject first;
        {
            User alice(*m_server, 1);
            alice.send(frame);
            first = alice.expect(R"({"cmd":"SENT","seq":1})");
        }
        if (confirmed)
            User(*m_server, 2).confirmUpTo(1, 1);
        restart();
        User alice(*m_server, 1);
        alice.send(frame);
        const QJsonObject again = alice.expect(R"({"cmd":"SENT","seq":1,"duplicate":true})");
        QCOMPARE(again["time"_L1], first["time"_L1]);
        alice.send(R"({"cmd":"TRACK","clientId":"k"})");
        alice.expect(confirmed ? R"({"cmd":"TRACK","state":"confirmed","seq":1})"
                               : R"({"cmd":"TRACK","state":"unread","seq":1})");
        alice.send(R"({"cmd":"SEND","receiveUserId":3,"body":"x","clientId":"k"})");
        alice.expect(R"({"cmd":"ERROR","code":"id_reused"})");
        alice.sendMessages(2, 2, 2);
    }

    void aReceiptIsOwedStill()
    {
        {
            User alice(*m_server, 1);
            alice.send(
                R"({"cmd":"SEND","receiveUserId":2,"body":"x","clientId":"k","receipt":true})");
            alice.expect(R"({"cmd":"SENT","seq":1})");
        }
        restart();
        User alice(*m_server, 1);
        User(*m_server, 2).confirmUpTo(1, 1);
        const QJsonArray receipts = alice.expect(R"({"cmd":"RECEIPT"})")["receipts"_L1].toArray();
        QCOMPARE(receipts.size(), 1);
        QCOMPARE(receipts[0]["clientId"_L1].toString(), u"k"_s);
    }

    void nobodyStaysOnlineAfterACrash()
    {
        m_server.reset();
        writeOnline(2, 1'700'000'000'000); // as a server that crashed leaves it
        restart();
        User alice(*m_server, 1);
        alice.send(R"({"cmd":"STATUS","userIds":[1,2]})");
        const QJsonArray users = alice.expect(R"({"cmd":"STATUS"})")["users"_L1].toArray();
        QCOMPARE(users[0]["online"_L1].toBool(), true);
        QCOMPARE(users[1],
            (QJsonObject{{u"userId"_s, 2}, {u"online"_s, false},
                {u"lastSeen"_s, qint64(1'700'000'000'000)}}));
    }

    void aStoppedServerLeavesNobodyOnline()
    {
        const User bob(*m_server, 2);
        const qint64 before = bob.hello["time"_L1].toInteger();
        restart();
        User alice(*m_server, 1);
        alice.send(R"({"cmd":"STATUS","userIds":[2]})");
        const QJsonValue row = alice.expect(R"({"cmd":"STATUS"})")["users"_L1][0];
        QCOMPARE(row["online"_L1].toBool(), false);
        QVERIFY(row["lastSeen"_L1].toInteger() >= before);
    }

private:
    // Ends the server, if there is one, without a word to its clients; then the next on the same
    // database.
    void restart()
    {
        m_server.reset();
        m_server.emplace(TestServer::Adjust(), m_database->url());
    }
    void writeOnline(qint64 user, qint64 lastSeen)
    {
        auto store = parley::storage::sql::makeStore(m_database->url(), parley::Limits());
        QVERIFY2(store, why(store));
        const auto opened = (*store)->open();
        QVERIFY2(opened, why(opened));
        const parley::storage::Operation write{
            parley::storage::WritePresence{
                {{parley::UserId(user), true, parley::fromMs(lastSeen)}}},
            {}, {}};
        const auto written = (*store)->apply({&write, 1}, parley::fromMs(lastSeen));
        QVERIFY2(written, why(written));
        (*store)->close();
    }

    std::optional<TemporaryDatabase> m_database;
    std::optional<TestServer> m_server; // ends before its database does
};

QTEST_GUILESS_MAIN(Restart)
#include "restart.moc"
