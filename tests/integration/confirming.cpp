// SPDX-License-Identifier: MIT
// docs/protocol.md 4.3: what CONFIRM removes, and nothing else does.
#include "integration/eachstore.h"

using namespace parley::test;
using namespace Qt::StringLiterals;

class Confirming : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase_data() { addEachStore(); }
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void removesWhatItNames_data()
    {
        QTest::addColumn<QByteArray>("names");
        QTest::addColumn<int>("removed");
        QTest::addColumn<std::vector<qint64>>("left");
        using Left = std::vector<qint64>;
        QTest::newRow("one") << QByteArray(R"("seqs":[3])") << 1 << Left{1, 2, 4, 5};
        QTest::newRow("some") << QByteArray(R"("seqs":[5,1])") << 2 << Left{2, 3, 4};
        QTest::newRow("one twice") << QByteArray(R"("seqs":[2,2])") << 1 << Left{1, 3, 4, 5};
        QTest::newRow("none") << QByteArray(R"("seqs":[])") << 0 << range(1, 5);
        QTest::newRow("not there")
            << QByteArray(R"("seqs":[6,9007199254740991])") << 0 << range(1, 5);
        QTest::newRow("some there") << QByteArray(R"("seqs":[5,6])") << 1 << range(1, 4);
        QTest::newRow("up to 3") << QByteArray(R"("upTo":3)") << 3 << range(4, 5);
        QTest::newRow("up to the last") << QByteArray(R"("upTo":5)") << 5 << Left{};
        QTest::newRow("up to beyond") << QByteArray(R"("upTo":9007199254740991)") << 5 << Left{};
        QTest::newRow("up to none") << QByteArray(R"("upTo":0)") << 0 << range(1, 5);
    }
    void removesWhatItNames()
    {
        QFETCH(QByteArray, names);
        QFETCH(int, removed);
        QFETCH(std::vector<qint64>, left);
        StoredServer server;
        User alice(server, 1);
        User bob(server, 2);
        alice.sendMessages(2, 1, 5);
        bob.expectMessages(1, 5);
        const QByteArray confirm = R"({"cmd":"CONFIRM","ref":"c",)" + names + '}';
        bob.send(confirm);
        bob.expect(
            R"({"cmd":"CONFIRMED","ref":"c","removed":)" + QByteArray::number(removed) + '}');
        bob.send(confirm); // a second time removes nothing
        bob.expect(R"({"cmd":"CONFIRMED","ref":"c","removed":0})");
        QCOMPARE(bob.fetch({}, false), left);
    }

    void withoutARefIsNotAnswered()
    {
        StoredServer server;
        User alice(server, 1);
        User bob(server, 2);
        alice.sendMessages(2, 1, 2);
        bob.expectMessages(1, 2);
        bob.send(R"({"cmd":"CONFIRM","seqs":[1]})");
        bob.send(R"({"cmd":"CONFIRM","upTo":1})");
        bob.expectNothing();
        QCOMPARE(bob.fetch({}, false), range(2, 2));
    }

    void reachesNobodyElsesMailbox()
    {
        StoredServer server;
        User alice(server, 1);
        User bob(server, 2);
        alice.sendMessages(2, 1, 3);
        alice.send(R"({"cmd":"CONFIRM","seqs":[1,2,3],"ref":1})");
        alice.expect(R"({"cmd":"CONFIRMED","removed":0,"ref":1})");
        alice.send(R"({"cmd":"CONFIRM","upTo":3,"receiveUserId":2,"userId":2,"ref":2})");
        alice.expect(R"({"cmd":"CONFIRMED","removed":0,"ref":2})");
        bob.expectMessages(1, 3);
        QCOMPARE(bob.fetch({}, false), range(1, 3));
    }

    void onlyItRemoves()
    {
        StoredServer server;
        User alice(server, 1);
        alice.sendMessages(2, 1, 3);
        {
            User bob(server, 2);
            bob.fetch({}, false);
            alice.sendMessages(2, 4, 4);
            bob.expectMessages(4, 4);
        }
        User bob(server, 2);
        QCOMPARE(bob.fetch({}, false), range(1, 4));
    }

    void aSeqIsNeverGivenOutAgain()
    {
        StoredServer server;
        User alice(server, 1);
        User bob(server, 2);
        for (int seq = 1; seq <= 3; ++seq) {
            alice.sendMessages(2, seq, seq);
            bob.expectMessages(seq, seq);
            bob.confirmUpTo(seq, 1);
        }
    }

    void mayNameAThousand()
    {
        StoredServer server;
        User alice(server, 1);
        alice.sendMessages(2, 1, 1000);
        User bob(server, 2);
        QByteArrayList seqs;
        for (qint64 seq : range(1, 1000))
            seqs.append(QByteArray::number(seq));
        bob.send(R"({"cmd":"CONFIRM","ref":1,"seqs":[)" + seqs.join(',') + "]}");
        bob.expect(R"({"cmd":"CONFIRMED","ref":1,"removed":1000})");
        bob.send(R"({"cmd":"CONFIRM","ref":2,"seqs":[1,)" + seqs.join(',') + "]}");
        bob.expect(R"({"cmd":"ERROR","ref":2,"code":"bad_field","field":"seqs"})");
    }
};

QTEST_GUILESS_MAIN(Confirming)
#include "confirming.moc"
