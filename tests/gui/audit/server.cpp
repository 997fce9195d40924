// SPDX-License-Identifier: MIT
// A real server, broken on purpose, turns the auditor red; an honest one does not.
#include "audit/auditor.h"
#include "client/chatclient.h"
#include "support/brokenstore.h"
#include "support/testserver.h"

#include <QRandomGenerator>
#include <QTest>

using namespace parley;
using audit::Rule;
using audit::Verdict;
using client::ChatClient;
using test::TestServer;

namespace {

// Panes as the workbench has them: their frames go into the log that the auditor follows.
class Panes {
public:
    audit::Auditor auditor;

    explicit Panes(const TestServer &server)
        : m_server(server)
    {
        auditor.follow(m_log);
    }

    ChatClient &add(qint64 user, bool autoConfirm = true)
    {
        client::Options options;
        options.server = m_server.url();
        options.identity = client::timeSessions(TestServer::SecretKey, UserId(user));
        options.autoConfirm = autoConfirm;
        options.outbox.inFlightPerReceiver = 8;
        const int pane = int(m_clients.size());
        m_clients.push_back(std::make_unique<ChatClient>(options));
        ChatClient &client = *m_clients.back();
        const auto append = [this, pane](frames::Kind kind) {
            return [this, pane, kind](const QByteArray &frame) {
                m_log.append(frames::makeFrame(pane, kind, {}, frame, frames::nowUs()));
            };
        };
        QObject::connect(&client, &ChatClient::frameSent, &auditor, append(frames::Kind::Sent));
        QObject::connect(
            &client, &ChatClient::frameReceived, &auditor, append(frames::Kind::Received));
        QObject::connect(
            &client, &ChatClient::closed, &auditor, [this, pane](int code, const QString &reason) {
                m_log.append(frames::makeEnd(pane, {}, code, reason.toUtf8(), frames::nowUs()));
            });
        QObject::connect(
            &client, &ChatClient::stateChanged, &auditor, [this, pane](client::State state) {
                if (state == client::State::Connecting)
                    auditor.attempting(pane);
            });
        return client;
    }
    static bool connects(ChatClient &client)
    {
        client.connectToServer();
        return QTest::qWaitFor([&] { return client.state() == client::State::Online; });
    }
    static bool disconnects(ChatClient &client)
    {
        client.disconnectFromServer();
        return QTest::qWaitFor([&] { return client.state() == client::State::Offline; });
    }
    // Sends to user 2, and waits for SENT.
    static bool sends(ChatClient &client, const QByteArray &body)
    {
        return !client.send(UserId(2), body).isNull()
            && QTest::qWaitFor([&] { return client.pendingMessages() == 0; });
    }
    // The auditor turns red, and this is the first that it finds.
    bool finds(Rule rule, qint64 seq)
    {
        if (!QTest::qWaitFor([&] { return auditor.verdict() == Verdict::Bad; })) {
            qInfo() << "still green:" << auditor.numbers().accepted << "accepted";
            return false;
        }
        const audit::Finding &first = auditor.findings().front();
        qInfo().noquote() << audit::headline(first) << '-' << first.text;
        return first.rule == rule && first.seq == Seq(seq) && first.mailbox == UserId(2);
    }
    void tell() const
    {
        for (const audit::Finding &finding : auditor.findings())
            qInfo().noquote() << audit::headline(finding) << '-' << finding.text << "frame"
                              << finding.frame;
    }
    const std::vector<std::unique_ptr<ChatClient>> &clients() const { return m_clients; }

private:
    const TestServer &m_server;
    frames::FrameLog m_log;
    std::vector<std::unique_ptr<ChatClient>> m_clients;
};

} // namespace

class AuditServerTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aRowIsLostUnderALiveReceiver();
    void aRowIsLostWhileTheReceiverIsAway();
    void aBatchIsDeliveredAndNeverCommitted();
    void aBatchIsForgottenWhileTheReceiverIsAway();
    void aConfirmTakesAnotherRowAlong();
    void anHonestServerStaysGreenWhenItIsBusy();
};

void AuditServerTest::aRowIsLostUnderALiveReceiver()
{
    test::Breakage breakage;
    const TestServer server(test::makeBrokenStore(breakage));
    Panes panes(server);
    ChatClient &alice = panes.add(1);
    ChatClient &bob = panes.add(2);
    QVERIFY(panes.connects(alice) && panes.connects(bob));
    QVERIFY(panes.sends(alice, "kept"));
    QTRY_COMPARE(panes.auditor.numbers().confirmed, 1);
    QCOMPARE(panes.auditor.verdict(), Verdict::Good);
    breakage.losesRows = true;
    QVERIFY(panes.sends(alice, "lost"));
    QVERIFY(panes.finds(Rule::Lost, 2));
}

void AuditServerTest::aRowIsLostWhileTheReceiverIsAway()
{
    test::Breakage breakage;
    const TestServer server(test::makeBrokenStore(breakage));
    Panes panes(server);
    ChatClient &alice = panes.add(1);
    ChatClient &bob = panes.add(2);
    QVERIFY(panes.connects(alice));
    breakage.losesRows = true;
    QVERIFY(panes.sends(alice, "lost"));
    breakage.losesRows = false;
    QVERIFY(panes.sends(alice, "kept"));
    QCOMPARE(panes.auditor.verdict(), Verdict::Good); // nothing shows yet
    QVERIFY(panes.connects(bob));
    QVERIFY(panes.finds(Rule::Lost, 1));
}

void AuditServerTest::aBatchIsDeliveredAndNeverCommitted()
{
    test::Breakage breakage;
    const TestServer server(test::makeBrokenStore(breakage));
    Panes panes(server);
    ChatClient &alice = panes.add(1);
    ChatClient &bob = panes.add(2, false);
    QVERIFY(panes.connects(alice) && panes.connects(bob));
    breakage.forgetsBatches = true;
    QVERIFY(panes.sends(alice, "uncommitted"));
    QTRY_COMPARE(panes.auditor.numbers().delivered, 1);
    QCOMPARE(panes.auditor.verdict(), Verdict::Good);
    breakage.forgetsBatches = false;
    QVERIFY(panes.sends(alice, "takes its seq"));
    QVERIFY(panes.finds(Rule::SeqGivenTwice, 1));
}

void AuditServerTest::aBatchIsForgottenWhileTheReceiverIsAway()
{
    test::Breakage breakage;
    const TestServer server(test::makeBrokenStore(breakage));
    Panes panes(server);
    ChatClient &alice = panes.add(1);
    ChatClient &bob = panes.add(2);
    QVERIFY(panes.connects(alice));
    breakage.forgetsBatches = true;
    QVERIFY(panes.sends(alice, "uncommitted"));
    QVERIFY(panes.connects(bob));
    QVERIFY(panes.finds(Rule::WentBack, 1));
}

void AuditServerTest::aConfirmTakesAnotherRowAlong()
{
    test::Breakage breakage;
    const TestServer server(test::makeBrokenStore(breakage));
    Panes panes(server);
    ChatClient &alice = panes.add(1);
    ChatClient &bob = panes.add(2, false);
    QVERIFY(panes.connects(alice) && panes.connects(bob));
    for (const char *body : {"dropped", "confirmed", "kept"})
        QVERIFY(panes.sends(alice, body));
    QTRY_COMPARE(bob.lastReceived(), Seq(3));
    breakage.dropsAtConfirm = true;
    bob.confirm({Seq(2)});
    QTRY_COMPARE(panes.auditor.numbers().confirmed, 1);
    QCOMPARE(panes.auditor.verdict(), Verdict::Good);
    QVERIFY(panes.disconnects(bob) && panes.connects(bob));
    QVERIFY(panes.finds(Rule::Lost, 1));
}

void AuditServerTest::anHonestServerStaysGreenWhenItIsBusy()
{
    constexpr int Messages = 600;
    const quint32 seed = QRandomGenerator::global()->generate();
    qInfo() << "seed" << seed;
    QRandomGenerator chance(seed);
    const TestServer server([](app::Settings &settings) { settings.limits.window = 8; });
    Panes panes(server);
    for (const qint64 user : {1, 2, 2, 3})
        panes.add(user, user != 3);
    const auto &clients = panes.clients();
    for (const auto &client : clients)
        QVERIFY(panes.connects(*client));
    int sent = 0;
    int toTheAbsent = 0; // user 4
    while (sent < Messages) {
        ChatClient &client = *clients[size_t(chance.bounded(int(clients.size())))];
        const int what = chance.bounded(100);
        if (what < 80) {
            const int to = 1 + chance.bounded(4);
            if (!client.send(UserId(to), "m" + QByteArray::number(sent)).isNull()) {
                ++sent;
                toTheAbsent += to == 4 ? 1 : 0;
            }
        } else if (what < 84) {
            client.state() == client::State::Online ? client.disconnectFromServer()
                                                    : client.connectToServer();
        } else if (what < 90) {
            client.sendRaw(protocol::encode(protocol::Request{
                protocol::Fetch{Seq(chance.bounded(20)), 1 + chance.bounded(50)}, "\"raw\""}));
        } else if (what < 95) {
            client.confirmUpTo(Seq(chance.bounded(int(client.lastReceived().value()) + 2)));
        } else {
            client.status({UserId(1), UserId(2)});
        }
        QCoreApplication::processEvents();
        if (panes.auditor.verdict() == Verdict::Bad)
            break;
    }
    for (const auto &client : clients)
        client->connectToServer();
    QTRY_VERIFY(std::ranges::all_of(
        clients, [](const auto &client) { return client->pendingMessages() == 0; }));
    // User 3 confirms by hand.
    const auto isRead = [&] {
        clients[3]->confirmUpTo(clients[3]->lastReceived());
        return panes.auditor.numbers().unread == toTheAbsent;
    };
    QTRY_VERIFY2_WITH_TIMEOUT(isRead(), "not all is confirmed", 20'000);
    panes.auditor.conclude();
    panes.tell();
    QCOMPARE(panes.auditor.verdict(), Verdict::Good);
    QCOMPARE(panes.auditor.numbers().accepted, qint64(Messages));
}

QTEST_GUILESS_MAIN(AuditServerTest)
#include "server.moc"
