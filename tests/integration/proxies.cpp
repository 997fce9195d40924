// SPDX-License-Identifier: MIT
// docs/operations.md, "Behind a proxy": what a real HAProxy and nginx say of their clients counts,
// and what anybody else says does not.
#include "client/chatclient.h"
#include "client/trust.h"
#include "support/certificates.h"
#include "support/proxy.h"
#include "support/rawclient.h"
#include "support/testserver.h"
#include "support/why.h"

#include <QSignalSpy>
#include <QTest>

using namespace parley;
using namespace parley::test;
using client::ChatClient;

namespace {

const QString Host = QStringLiteral("127.0.0.1");
const QByteArray Alice = "127.0.0.2"; // addresses of clients
const QByteArray Bob = "127.0.0.3";

using Changes = QMap<QByteArray, QByteArray>;

app::ProxyProtocol protocolOf(Proxy::Example example)
{
    return example == Proxy::Example::HaproxyConnections ? app::ProxyProtocol::V1V2
                                                         : app::ProxyProtocol::Forwarded;
}

TestServer::Adjust trusting(app::ProxyProtocol protocol)
{
    return [protocol](app::Settings &settings) {
        settings.trustedProxies = {QHostAddress::parseSubnet(Host)};
        settings.proxyProtocol = protocol;
    };
}

client::Options optionsFor(quint16 port, int user)
{
    client::Options options;
    options.server = QUrl(QStringLiteral("wss://127.0.0.1:%1").arg(port));
    options.identity = protocol::Credentials{"user" + QByteArray::number(user), "secret"};
    return options;
}

QByteArray get(const QByteArray &path, const QByteArray &fields = {})
{
    return "GET " + path + " HTTP/1.1\r\nHost: test\r\n" + fields + "\r\n";
}

} // namespace

class Proxies : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void aClientIsKnownThroughIt_data();
    void aClientIsKnownThroughIt();
    void tlsCanEndInTheServer();
    void itFindsTheServerWell_data();
    void itFindsTheServerWell();
    void othersAreNotBelieved();
    void aConnectionMustSayWhoseItIs();
    void whatEachSaysOfItsClientCounts();

private:
    QTemporaryDir m_folder;
    QString m_certificate; // with its key
};

void Proxies::initTestCase()
{
    Certificates certificates(m_folder.path());
    certificates.add(Host);
    const auto trusted = client::trust(certificates.ca());
    QVERIFY2(trusted, why(trusted));
    m_certificate = m_folder.filePath(QStringLiteral("both.pem"));
    QFile both(m_certificate);
    QVERIFY(both.open(QFile::WriteOnly));
    for (const QString &name : {certificates.certificate(Host), certificates.key(Host)}) {
        QFile part(name);
        QVERIFY(part.open(QFile::ReadOnly) && both.write(part.readAll()) > 0);
    }
}

void Proxies::aClientIsKnownThroughIt_data()
{
    using Example = Proxy::Example;
    QTest::addColumn<Example>("example");
    QTest::addColumn<Changes>("changes");
    QTest::newRow("HAProxy, PROXY v2") << Example::HaproxyConnections << Changes();
    QTest::newRow("HAProxy, PROXY v1")
        << Example::HaproxyConnections << Changes{{"send-proxy-v2", "send-proxy"}};
    QTest::newRow("HAProxy, X-Forwarded-For") << Example::HaproxyRequests << Changes();
    QTest::newRow("HAProxy, Forwarded")
        << Example::HaproxyRequests
        << Changes{{"del-header Forwarded", "del-header X-Forwarded-For"},
               {"set-header X-Forwarded-For %[src]",
                   "set-header Forwarded for=%[src];proto=https"}};
    QTest::newRow("nginx") << Example::Nginx << Changes();
}

void Proxies::aClientIsKnownThroughIt()
{
    QFETCH(const Proxy::Example, example);
    QFETCH(const Changes, changes);
    const TestServer server([&](app::Settings &settings) {
        trusting(protocolOf(example))(settings);
        settings.limits.connectionsPerAddress = 2;
    });
    Proxy proxy(example, server.port(), m_certificate, changes);
    const Done started = proxy.start();
    QVERIFY2(started, why(started));

    // A message goes through, over TLS.
    ChatClient alice(optionsFor(proxy.tlsPort(), 1));
    ChatClient bob(optionsFor(proxy.tlsPort(), 2));
    QSignalSpy received(&bob, &ChatClient::messageReceived);
    alice.connectToServer();
    bob.connectToServer();
    QTRY_COMPARE(bob.state(), client::State::Online);
    QVERIFY(!alice.send(UserId(2), "hello").isNull());
    QTRY_COMPARE(received.size(), 1);

    // A proxy may keep its connection behind an answer.
    const auto statusOf = [&](const QByteArray &request, const QByteArray &client) {
        return RawClient(proxy.port(), client).status(request);
    };

    // A time session belongs to the first address; each has its own limit of connections.
    const QUrl chat = server.chatUrl(3);
    RawClient first(proxy.port(), Alice);
    QCOMPARE(first.upgrade(chatRequest(chat)).status, 101);
    QCOMPARE(statusOf(chatRequest(chat), Bob), 403);
    RawClient second(proxy.port(), Alice);
    QCOMPARE(second.upgrade(chatRequest(chat)).status, 101);
    QCOMPARE(statusOf(chatRequest(server.chatUrl(4)), Alice), 503);
    RawClient other(proxy.port(), Bob);
    QCOMPARE(other.upgrade(chatRequest(server.chatUrl(5))).status, 101);

    // Guesses block who makes them, whatever they say of themselves.
    const auto guess = [&](int i) {
        const QByteArray lie = "Host: test\r\nX-Forwarded-For: 192.0.2." + QByteArray::number(i);
        QByteArray request = loginRequest("user1", "wrong");
        return statusOf(request.replace("Host: test", lie), Alice);
    };
    for (int i = 0; i < limits::FailedLoginsPerAddress; ++i)
        QCOMPARE(guess(i), 401);
    QCOMPARE(guess(0), 429);
    QCOMPARE(statusOf(loginRequest("user1", "secret"), Alice), 429);
    QCOMPARE(statusOf(loginRequest("user1", "secret"), Bob), 200);

    const QByteArray session = chat.query().section(u'=', -1).toLatin1();
    const QByteArray log = proxy.end();
    QVERIFY2(log.contains("127.0.0.2") && !log.contains(session), log.constData());
}

// Then the header is before it.
void Proxies::tlsCanEndInTheServer()
{
    const TestServer server([&](app::Settings &settings) {
        trusting(app::ProxyProtocol::V1V2)(settings);
        settings.certificateFiles = settings.keyFiles = QStringList{m_certificate};
    });
    Proxy proxy(Proxy::Example::HaproxyConnections, server.port(), m_certificate,
        {{"check inter 2s", "check inter 20ms check-ssl verify none"}});
    const Done started = proxy.start();
    QVERIFY2(started, why(started));
    QVERIFY2(waitUntil([&] { return proxy.health() == "L7OK"; }), proxy.health().constData());
    ChatClient alice(optionsFor(proxy.port(), 1)); // what it passes on as it is
    alice.connectToServer();
    QTRY_COMPARE(alice.state(), client::State::Online);
}

void Proxies::itFindsTheServerWell_data()
{
    QTest::addColumn<QByteArray>("check");
    QTest::newRow("as in the example") << QByteArray("option httpchk GET /readyz");
    QTest::newRow("HAProxy's default") << QByteArray("option httpchk");
    QTest::newRow("HEAD") << QByteArray("option httpchk HEAD /healthz");
    QTest::newRow("HTTP/1.1") << QByteArray(
        "option httpchk\n    http-check send meth OPTIONS uri /readyz ver HTTP/1.1"
        " hdr Host test");
}

void Proxies::itFindsTheServerWell()
{
    QFETCH(const QByteArray, check);
    for (const auto example :
        {Proxy::Example::HaproxyConnections, Proxy::Example::HaproxyRequests}) {
        const TestServer server(trusting(protocolOf(example)));
        Proxy proxy(example, server.port(), m_certificate,
            {{"option httpchk GET /readyz", check}, {"inter 2s", "inter 20ms"}});
        const Done started = proxy.start();
        QVERIFY2(started, why(started));
        // "* INI", until it has asked for the first time.
        QVERIFY2(waitUntil([&] { return proxy.health() == "L7OK"; }), proxy.health().constData());
    }
}

void Proxies::othersAreNotBelieved()
{
    const QByteArray lie = "X-Forwarded-For: 192.0.2.7\r\n";
    const TestServer server(trusting(app::ProxyProtocol::Forwarded));
    QCOMPARE(ask(server.port(), get("/metrics", lie), Alice).status, 200); // it is on this machine
    QCOMPARE(ask(server.port(), get("/metrics", lie)).status, 404);
    const TestServer other(trusting(app::ProxyProtocol::V1V2));
    const QByteArray header = "PROXY TCP4 192.0.2.7 192.0.2.8 1 2\r\n";
    QCOMPARE(ask(other.port(), header + HealthRequest, Alice).status, 400);
    QCOMPARE(ask(other.port(), get("/metrics"), Alice).status, 200);
    QCOMPARE(ask(other.port(), header + get("/metrics")).status, 404);
}

void Proxies::aConnectionMustSayWhoseItIs()
{
    TestServer server([](app::Settings &settings) {
        trusting(app::ProxyProtocol::V1V2)(settings);
        settings.gateways = 1; // so that who came first was met first
    });
    QTest::ignoreMessage(
        QtWarningMsg, QRegularExpression(QStringLiteral("does not begin with a PROXY header")));
    QCOMPARE(ask(server.port(), HealthRequest).errorCode(), "bad_request");
    // In pieces, and with the request behind it.
    RawClient slow(server.port());
    for (const char byte : QByteArray("PROXY UNKNOWN\r\n") + HealthRequest)
        slow.send(QByteArray(1, byte));
    QCOMPARE(slow.reply().status, 200);
    // One that is left ends as a request does.
    RawClient left(server.port());
    left.send("PROXY TCP4");
    QCOMPARE(ask(server.port(), "PROXY UNKNOWN\r\n" + HealthRequest).status, 200);
    server.advance(limits::RequestTimeout);
    QCOMPARE(left.reply().status, 0);
}

void Proxies::whatEachSaysOfItsClientCounts()
{
    const TestServer server(trusting(app::ProxyProtocol::Forwarded));
    const auto status = [&](const QByteArray &fields) {
        return ask(server.port(), get("/metrics", fields)).status;
    };
    QCOMPARE(status({}), 200); // the proxy's own
    QCOMPARE(status("Forwarded: for=192.0.2.7\r\n"), 404);
    QCOMPARE(status("Forwarded: for=192.0.2.7\r\nForwarded: for=127.0.0.9\r\n"), 200);
    QCOMPARE(status("Forwarded: for=127.0.0.9\r\nX-Forwarded-For: 127.0.0.9\r\n"), 400);
}

QTEST_GUILESS_MAIN(Proxies)
#include "proxies.moc"
