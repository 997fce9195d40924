// SPDX-License-Identifier: MIT
// docs/protocol.md 1, 4.2: a client may end without a word at any moment, and takes nothing with
// it.
#include "support/rawclient.h"
#include "support/testserver.h"

#include <QTest>

#include <memory>
#include <vector>

using namespace parley;
using namespace parley::test;

class VanishingTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void amidAnswersLeavesNothingBehind();
};

// Some are found gone by a read, others only by the write of their answer.
void VanishingTest::amidAnswersLeavesNothingBehind()
{
    const TestServer server;
    const auto isEmpty = [&] {
        return ask(server.port(), "GET /metrics HTTP/1.1\r\nHost: test\r\n\r\n")
            .body.contains("parley_connections 0\n");
    };
    for (int round = 0; round < 5; ++round) {
        std::vector<std::unique_ptr<RawClient>> clients;
        for (int user = 1; user <= TestServer::Users; ++user)
            for (int i = 0; i < 5; ++i)
                clients.push_back(std::make_unique<RawClient>(server.chatUrl(user)));
        for (int i = 0; i < 20; ++i)
            for (const auto &client : clients)
                client->send(textFrame(R"({"cmd":"SEND","receiveUserId":1,"clientId":"k)"
                    + QByteArray::number(i) + R"(","body":""})"));
        for (size_t i = 0; i < clients.size(); ++i)
            i % 2 ? clients[i]->end() : clients[i]->reset();
        QVERIFY(waitUntil(isEmpty));
    }
}

QTEST_GUILESS_MAIN(VanishingTest)
#include "vanishing.moc"
