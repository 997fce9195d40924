// SPDX-License-Identifier: MIT
// Wire contract 4.2: what SEND stores, and what it is answered.
#include "support/testclient.h"
#include "support/testserver.h"

#include <QTest>

using namespace parley::test;

class Sending : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void isAnsweredAndDelivered()
    {
        TestServer server;
        TestClient alice(server.chatUrl(1));
        TestClient bob(server.chatUrl(2));
        alice.expectHello();
        bob.expectHello();
        alice.send(R"({"cmd":"SEND","receiveUserId":2,"body":"hello","clientId":"a","ref":7})");
        alice.expect(
            R"({"cmd":"SENT","clientId":"a","receiveUserId":2,"seq":1,"ref":7})");
        bob.expect(
            R"({"cmd":"MESSAGE","seq":1,"sendUserId":1,"body":"hello","clientId":"a"})");
        bob.send(R"({"cmd":"CONFIRM","seqs":[1],"ref":"c"})");
        bob.expect(R"({"cmd":"CONFIRMED","removed":1,"ref":"c"})");
    }
};

QTEST_GUILESS_MAIN(Sending)
#include "sending.moc"
