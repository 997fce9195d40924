// SPDX-License-Identifier: MIT
// docs/protocol.md 4.2: what SEND stores, and what it is answered.
#include "integration/eachstore.h"

#include <QJsonDocument>

using namespace parley::test;
using namespace Qt::StringLiterals;

namespace {

QByteArray frameOf(const QString &body, const QString &clientId, qint64 receiver = 2)
{
    return QJsonDocument({{u"cmd"_s, u"SEND"_s}, {u"receiveUserId"_s, receiver}, {u"body"_s, body},
                             {u"clientId"_s, clientId}})
        .toJson(QJsonDocument::Compact);
}

QByteArray sent(qint64 seq, bool duplicate)
{
    return "{\"cmd\":\"SENT\",\"seq\":" + QByteArray::number(seq)
        + (duplicate ? ",\"duplicate\":true}" : "}");
}

// Room for three messages, with ten bytes of bodies in all.
void smallMailbox(parley::app::Settings &settings)
{
    settings.limits.mailboxMessages = 3;
    settings.limits.mailboxBytes = 10;
}

} // namespace

class Sending : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase_data() { addEachStore(); }
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void isAnsweredAndDelivered()
    {
        StoredServer server;
        User alice(server, 1);
        User bob(server, 2);
        alice.send("{\"cmd\":\"SEND\",\"receiveUserId\":2,\"body\":\"hello\",\"clientId\":\"a\","
                   "\"ref\":7}");
        const QJsonObject sent = alice.expect(
            "{\"cmd\":\"SENT\",\"clientId\":\"a\",\"receiveUserId\":2,\"seq\":1,\"ref\":7}");
        QVERIFY(!sent.contains("duplicate"_L1));
        const QJsonObject message = bob.expect("{\"cmd\":\"MESSAGE\",\"seq\":1,\"sendUserId\":1,"
                                               "\"body\":\"hello\",\"clientId\":\"a\"}");
        QCOMPARE(message["time"_L1], sent["time"_L1]);
        bob.send("{\"cmd\":\"CONFIRM\",\"seqs\":[1],\"ref\":\"c\"}");
        bob.expect("{\"cmd\":\"CONFIRMED\",\"removed\":1,\"ref\":\"c\"}");
    }

    void withoutAKeyEachIsAMessageOfItsOwn()
    {
        StoredServer server;
        User alice(server, 1);
        User bob(server, 2);
        for (int seq : {1, 2}) {
            alice.send("{\"cmd\":\"SEND\",\"receiveUserId\":2,\"body\":\"same\"}");
            const QJsonObject answer = alice.expect(sent(seq, false));
            QVERIFY(!answer.contains("clientId"_L1));
            QVERIFY(!answer.contains("ref"_L1));
            QVERIFY(!bob.expect("{\"cmd\":\"MESSAGE\",\"body\":\"same\"}").contains("clientId"_L1));
        }
    }

    void takesAnyTextAsItIs_data()
    {
        QTest::addColumn<QString>("body");
        QTest::newRow("empty") << u""_s;
        QTest::newRow("quotes and escapes")
            << u"\"\\/\b\f\n\r\t'; DROP TABLE unread; --{}[]%s $1"_s;
        QTest::newRow("control characters") << u"\u0001\u001f\u007f\u0080"_s;
        QTest::newRow("composed and decomposed") << u"\u00e9 e\u0301 \ufeff \u2028"_s;
        QTest::newRow("beyond the basic plane") << u"\U0001F600\U0010FFFF"_s;
        QTest::newRow("not characters") << u"\uFFFE\uFFFF"_s;
        QTest::newRow("as long as can be") << QString(32'768, u'x');
        QTest::newRow("as many bytes as can be") << u"\U0001F600"_s.repeated(8192);
        QTest::newRow("as many escapes as can be") << QString(32'768, u'\u0001');
    }
    void takesAnyTextAsItIs()
    {
        QFETCH(QString, body);
        StoredServer server;
        User alice(server, 1);
        User bob(server, 2);
        alice.send(frameOf(body, body.left(20).isEmpty() ? u"k"_s : body.left(20)));
        alice.expect(sent(1, false));
        const QJsonObject pushed = bob.expect("{\"cmd\":\"MESSAGE\"}");
        QCOMPARE(pushed["body"_L1].toString(), body);
        bob.send("{\"cmd\":\"FETCH\"}");
        const QJsonArray fetched = bob.expect("{\"cmd\":\"MESSAGES\"}")["messages"_L1].toArray();
        QCOMPARE(fetched[0]["body"_L1].toString(), body);
        QCOMPARE(fetched[0]["clientId"_L1], pushed["clientId"_L1]);
    }

    void toOneselfIsAllowed()
    {
        StoredServer server;
        User alice(server, 1);
        User elsewhere(server, 1);
        alice.sendMessage(1, "note");
        alice.expect("{\"cmd\":\"MESSAGE\",\"seq\":1,\"sendUserId\":1,\"body\":\"note\"}");
        elsewhere.expect("{\"cmd\":\"MESSAGE\",\"seq\":1,\"sendUserId\":1,\"body\":\"note\"}");
    }

    void noFieldChangesTheSender()
    {
        StoredServer server;
        User alice(server, 1);
        User bob(server, 2);
        alice.send(
            "{\"cmd\":\"SEND\",\"receiveUserId\":2,\"body\":\"x\",\"sendUserId\":3,\"userId\":3,"
            "\"sender\":3,\"send_user_id\":3,\"time\":1,\"seq\":99}");
        alice.expect(sent(1, false));
        bob.expect("{\"cmd\":\"MESSAGE\",\"sendUserId\":1,\"seq\":1}");
    }

    void aRefusedOneStoresNothingAndLeavesItsKeyFree_data()
    {
        QTest::addColumn<QByteArray>("frame");
        QTest::addColumn<QByteArray>("error");
        const auto send = [](const QByteArray &members) {
            return "{\"cmd\":\"SEND\",\"clientId\":\"k\",\"ref\":\"r\"," + members + '}';
        };
        QTest::newRow("unknown user") << send("\"receiveUserId\":999,\"body\":\"x\"")
                                      << QByteArray("\"code\":\"unknown_user\"");
        QTest::newRow("largest user") << send("\"receiveUserId\":9007199254740991,\"body\":\"x\"")
                                      << QByteArray("\"code\":\"unknown_user\"");
        QTest::newRow("no user") << send("\"receiveUserId\":0,\"body\":\"x\"")
                                 << QByteArray(R"("code":"bad_field","field":"receiveUserId")");
        QTest::newRow("no receiver") << send(
            "\"body\":\"x\"") << QByteArray(R"("code":"missing_field","field":"receiveUserId")");
        QTest::newRow("no body") << send("\"receiveUserId\":2")
                                 << QByteArray("\"code\":\"missing_field\",\"field\":\"body\"");
        QTest::newRow("zero byte") << send("\"receiveUserId\":2,\"body\":\"a\\u0000b\"")
                                   << QByteArray("\"code\":\"bad_field\",\"field\":\"body\"");
        QTest::newRow("too large")
            << send("\"receiveUserId\":2,\"body\":\"" + QByteArray(32'769, 'x') + '"')
            << QByteArray("\"code\":\"too_large\"");
        QTest::newRow("a character too large")
            << send("\"receiveUserId\":2,\"body\":\"" + QByteArray("\u00e9").repeated(16'385) + '"')
            << QByteArray("\"code\":\"too_large\"");
    }
    void aRefusedOneStoresNothingAndLeavesItsKeyFree()
    {
        QFETCH(QByteArray, frame);
        QFETCH(QByteArray, error);
        StoredServer server;
        User alice(server, 1);
        User bob(server, 2);
        alice.send(frame);
        alice.expect("{\"cmd\":\"ERROR\",\"ref\":\"r\",\"clientId\":\"k\"," + error + '}');
        alice.send(frameOf(u"then"_s, u"k"_s));
        QVERIFY(!alice.expect(sent(1, false)).contains("duplicate"_L1));
        bob.expect("{\"cmd\":\"MESSAGE\",\"seq\":1,\"body\":\"then\"}");
        bob.expectNothing();
    }

    void theKeyHasOneTo64Characters_data()
    {
        QTest::addColumn<QString>("clientId");
        QTest::addColumn<bool>("taken");
        QTest::newRow("none") << u""_s << false;
        QTest::newRow("one") << u"\U0001F600"_s << true;
        QTest::newRow("64 code points") << u"\U0001F600"_s.repeated(64) << true;
        QTest::newRow("65 letters") << u"x"_s.repeated(65) << false;
    }
    void theKeyHasOneTo64Characters()
    {
        QFETCH(QString, clientId);
        QFETCH(bool, taken);
        StoredServer server;
        User alice(server, 1);
        alice.send(frameOf(u"x"_s, clientId));
        if (taken)
            QCOMPARE(alice.expect(sent(1, false))["clientId"_L1].toString(), clientId);
        else
            alice.expect("{\"cmd\":\"ERROR\",\"code\":\"bad_field\",\"field\":\"clientId\"}");
    }

    void keysAreComparedAsTheyAre()
    {
        StoredServer server;
        User alice(server, 1);
        int seq = 0;
        for (const QString &key : {u"k"_s, u"K"_s, u"k "_s, u"\u00e9"_s, u"e\u0301"_s}) {
            alice.send(frameOf(u"x"_s, key));
            QVERIFY(!alice.expect(sent(++seq, false)).contains("duplicate"_L1));
        }
    }

    void aKnownKeyIsAnsweredWithTheFirst()
    {
        StoredServer server;
        User alice(server, 1);
        User bob(server, 2);
        alice.send(frameOf(u"first"_s, u"k"_s));
        const QJsonObject first = alice.expect(sent(1, false));
        alice.sendMessage(2, "between");
        alice.send(frameOf(u"another body"_s, u"k"_s));
        const QJsonObject again = alice.expect(sent(1, true));
        QCOMPARE(again["time"_L1], first["time"_L1]);
        QCOMPARE(again["clientId"_L1], first["clientId"_L1]);
        User elsewhere(server, 1);
        elsewhere.send(frameOf(u"first"_s, u"k"_s));
        elsewhere.expect(sent(1, true));
        bob.expect("{\"cmd\":\"MESSAGE\",\"seq\":1,\"body\":\"first\"}");
        bob.expect("{\"cmd\":\"MESSAGE\",\"seq\":2,\"body\":\"between\"}");
        bob.expectNothing();
    }

    void aKeyIsKnownAfterItsMessageWasConfirmed()
    {
        StoredServer server;
        User alice(server, 1);
        User bob(server, 2);
        alice.sendMessage(2, "x", "k");
        bob.expectMessages(1, 1);
        bob.confirmUpTo(1, 1);
        alice.send(frameOf(u"x"_s, u"k"_s));
        alice.expect(sent(1, true));
        bob.expectNothing();
    }

    void keysOfDifferentSendersAreApart()
    {
        StoredServer server;
        User alice(server, 1);
        User carol(server, 3);
        QCOMPARE(alice.sendMessage(2, "a", "k"), 1);
        QCOMPARE(carol.sendMessage(2, "c", "k"), 2);
    }

    void aKeyForAnotherReceiverIsReused()
    {
        StoredServer server;
        User alice(server, 1);
        User carol(server, 3);
        alice.sendMessage(2, "x", "k");
        alice.send(frameOf(u"x"_s, u"k"_s, 3));
        alice.expect("{\"cmd\":\"ERROR\",\"code\":\"id_reused\",\"clientId\":\"k\"}");
        alice.send(frameOf(u"x"_s, u"k"_s, 999)); // the key comes before the unknown user
        alice.expect("{\"cmd\":\"ERROR\",\"code\":\"id_reused\",\"clientId\":\"k\"}");
        carol.expectNothing();
    }

    void theSameKeyAtOnceIsStoredOnce()
    {
        StoredServer server;
        User one(server, 1);
        User other(server, 1);
        User bob(server, 2);
        constexpr int Keys = 50;
        for (int i = 0; i < Keys; ++i) {
            one.send(frameOf(u"x"_s, QString::number(i)));
            other.send(frameOf(u"x"_s, QString::number(i)));
        }
        for (int i = 0; i < Keys; ++i) {
            const QJsonObject first = one.expect("{\"cmd\":\"SENT\"}");
            const QJsonObject second = other.expect("{\"cmd\":\"SENT\"}");
            QCOMPARE(first["seq"_L1], second["seq"_L1]);
            QVERIFY(first.contains("duplicate"_L1) != second.contains("duplicate"_L1));
        }
        bob.expectMessages(1, Keys);
        bob.expectNothing();
    }

    void aFullMailboxTakesAgainAfterAConfirm_data()
    {
        QTest::addColumn<QByteArrayList>("bodies");
        QTest::newRow("messages") << QByteArrayList{"a", "b", "c"};
        QTest::newRow("bytes") << QByteArrayList{"12345", "\u00e9\u00e9x"};
    }
    void aFullMailboxTakesAgainAfterAConfirm()
    {
        QFETCH(QByteArrayList, bodies);
        StoredServer server(smallMailbox);
        User alice(server, 1);
        User bob(server, 2);
        const int full = int(bodies.size());
        for (const QByteArray &body : bodies)
            alice.sendMessage(2, body, body);
        alice.send(frameOf(u"1"_s, u"k"_s));
        alice.expect("{\"cmd\":\"ERROR\",\"code\":\"mailbox_full\",\"clientId\":\"k\"}");
        alice.send(frameOf(QString::fromUtf8(bodies[0]), QString::fromUtf8(bodies[0])));
        alice.expect(sent(1, true)); // a known key comes before the full mailbox
        bob.expectMessages(1, full);
        bob.confirmUpTo(1, 1);
        alice.send(frameOf(u"1"_s, u"k"_s));
        alice.expect(sent(full + 1, false));
        bob.expectMessages(full + 1, full + 1);
        QCOMPARE(bob.fetch({}, false), range(2, full + 1)); // nothing accepted was dropped
    }

    void aKnownKeyIsAnsweredBeforeItsBodyIsJudged()
    {
        StoredServer server;
        User alice(server, 1);
        alice.sendMessage(2, "x", "k");
        alice.send(frameOf(QString(40'000, u'x'), u"k"_s));
        alice.expect(sent(1, true));
    }

    void aKnownKeyIsAnsweredAlsoOverTheRate()
    {
        StoredServer server([](parley::app::Settings &settings) {
            settings.limits.commandsPerSecond = 1;
            settings.limits.burst = 1;
        });
        User alice(server, 1);
        alice.sendMessage(2, "x", "k");
        for (int i = 0; i < 50; ++i)
            alice.send(frameOf(u"x"_s, u"k"_s));
        for (int i = 0; i < 50; ++i)
            alice.expect(sent(1, true));
        alice.send(frameOf(u"x"_s, u"new"_s));
        alice.send(frameOf(u"x"_s, u"newer"_s));
        QJsonObject answer = alice.expect("{\"clientId\":\"new\"}");
        if (answer["cmd"_L1] == "SENT"_L1) // a whole second had passed; it does not twice
            answer = alice.expect("{\"clientId\":\"newer\"}");
        QCOMPARE(answer["code"_L1].toString(), u"rate_limited"_s);
        QVERIFY(answer["retryAfter"_L1].toInteger() > 0);
    }
};

QTEST_GUILESS_MAIN(Sending)
#include "sending.moc"
