// SPDX-License-Identifier: MIT
// A whole server over TLS, with the library's own client.
#include "client/chatclient.h"
#include "client/trust.h"

#include "support/certificates.h"
#include "support/rawclient.h"
#include "support/testserver.h"
#include "support/why.h"

#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QSignalSpy>
#include <QSslSocket>
#include <QTest>

#include <sys/stat.h>

using namespace parley;
using namespace parley::test;
using client::ChatClient;
using client::State;

namespace {

const QString Host = QStringLiteral("127.0.0.1");

QUrl secureUrl(quint16 port)
{
    return QUrl(QStringLiteral("wss://127.0.0.1:%1").arg(port));
}

client::Options optionsFor(const QUrl &server, int user)
{
    client::Options options;
    options.server = server;
    options.identity = protocol::Credentials{"user" + QByteArray::number(user), "secret"};
    options.backoff = {1ms, 10ms, 10s};
    return options;
}

// The serial number of the certificate that a new connection meets; empty: it was not let in. The
// server accepts on this thread.
QByteArray serialAt(quint16 port)
{
    QSslSocket socket;
    socket.connectToHostEncrypted(Host, port);
    const bool isEncrypted = QTest::qWaitFor([&] { return socket.isEncrypted(); });
    return isEncrypted ? socket.peerCertificate().serialNumber() : QByteArray();
}

} // namespace

class Tls : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init() { m_certificates->add(Host); }
    void aMessageGoesThere();
    void whomNobodyVouchesForIsNotTalkedTo();
    void plainAndTlsHaveAddressesOfTheirOwn();
    void plainTextIsAnsweredThatThisIsTls();
    void aNewCertificateIsTakenWithoutEndingAnybody();
    void whatCannotServeIsNotTaken();
    void aHandshakeThatIsLeftEnds();
    void theEndOfACertificateIsTold();
    void handshakesAreCounted();

private:
    app::Settings &withCertificate(app::Settings &settings) const
    {
        settings.certificateFiles = QStringList{m_certificates->certificate(Host)};
        settings.keyFiles = QStringList{m_certificates->key(Host)};
        return settings;
    }
    TestServer::Adjust secure() const
    {
        return [this](app::Settings &settings) { withCertificate(settings); };
    }

    QTemporaryDir m_folder;
    std::optional<Certificates> m_certificates;
};

void Tls::initTestCase()
{
    QVERIFY(QSslSocket::supportsSsl());
    m_certificates.emplace(m_folder.path());
    const auto trusted = client::trust(m_certificates->ca());
    QVERIFY2(trusted, why(trusted));
}

void Tls::aMessageGoesThere()
{
    TestServer server(secure());
    ChatClient alice(optionsFor(secureUrl(server.port()), 1));
    ChatClient bob(optionsFor(secureUrl(server.port()), 2));
    QSignalSpy received(&bob, &ChatClient::messageReceived);
    alice.connectToServer();
    bob.connectToServer();
    QTRY_COMPARE(bob.state(), State::Online);
    const QByteArray body(30'000, 'x'); // more than one record of TLS
    QVERIFY(!alice.send(UserId(2), body).isNull());
    QTRY_COMPARE(received.size(), 1);
    QCOMPARE(received.front().front().value<protocol::Message>().body, body);
}

void Tls::whomNobodyVouchesForIsNotTalkedTo()
{
    QTemporaryDir folder;
    Certificates strange(folder.path());
    strange.add(Host);
    TestServer server([&](app::Settings &settings) {
        settings.certificateFiles = QStringList{strange.certificate(Host)};
        settings.keyFiles = QStringList{strange.key(Host)};
    });
    ChatClient alice(optionsFor(secureUrl(server.port()), 1));
    QSignalSpy failed(&alice, &ChatClient::attemptFailed);
    alice.connectToServer();
    QTRY_VERIFY(failed.size() > 0);
    QVERIFY(failed.front().front().value<client::End>().reason.contains(
        QLatin1StringView("certificate")));
}

void Tls::plainAndTlsHaveAddressesOfTheirOwn()
{
    TestServer server([this](app::Settings &settings) {
        withCertificate(settings).tlsListen = {{QHostAddress(QHostAddress::LocalHost), 0}};
    });
    const auto &listening = server.server().listening();
    QCOMPARE(listening.size(), size_t(2));
    QVERIFY(!listening[0].isTls && listening[1].isTls);
    ChatClient alice(optionsFor(server.url(), 1));
    ChatClient bob(optionsFor(secureUrl(listening[1].port), 2));
    alice.connectToServer();
    bob.connectToServer();
    QTRY_COMPARE(alice.state(), State::Online);
    QTRY_COMPARE(bob.state(), State::Online);
}

void Tls::plainTextIsAnsweredThatThisIsTls()
{
    TestServer server(secure());
    QNetworkAccessManager network;
    const QUrl url(QStringLiteral("http://127.0.0.1:%1/health").arg(server.port()));
    QNetworkReply *reply = network.get(QNetworkRequest(url));
    QTRY_VERIFY(reply->isFinished());
    QCOMPARE(reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt(), 400);
    QVERIFY(reply->readAll().contains("This port speaks TLS"));
}

void Tls::aNewCertificateIsTakenWithoutEndingAnybody()
{
    TestServer server(secure());
    ChatClient alice(optionsFor(secureUrl(server.port()), 1));
    QSignalSpy states(&alice, &ChatClient::stateChanged);
    alice.connectToServer();
    QTRY_COMPARE(alice.state(), State::Online);
    const QByteArray before = serialAt(server.port());
    m_certificates->add(Host); // anew
    app::Settings settings;
    const auto loaded = server.server().reloadCertificates(withCertificate(settings));
    QVERIFY2(loaded, why(loaded));
    const QByteArray after = serialAt(server.port());
    QVERIFY(!before.isEmpty() && !after.isEmpty() && before != after);
    QCOMPARE(alice.state(), State::Online);
    QSignalSpy stored(&alice, &ChatClient::stored);
    QVERIFY(!alice.send(UserId(2), "still here").isNull());
    QTRY_COMPARE(stored.size(), 1);
}

void Tls::whatCannotServeIsNotTaken()
{
    TestServer server(secure());
    const QByteArray before = serialAt(server.port());
    app::Settings settings;
    withCertificate(settings).keyFiles = QStringList{m_certificates->ca()};
    const auto loaded = server.server().reloadCertificates(settings);
    QVERIFY(!loaded && loaded.failure().text.startsWith(m_certificates->ca()));
    const QString pipe = m_folder.filePath(QStringLiteral("pipe"));
    QCOMPARE(::mkfifo(QFile::encodeName(pipe).constData(), 0600), 0);
    withCertificate(settings).certificateFiles = QStringList{pipe};
    const auto waited = server.server().reloadCertificates(settings); // for a writer: for ever
    QVERIFY(!waited && waited.failure().text.startsWith(pipe));
    QCOMPARE(serialAt(server.port()), before);
}

void Tls::aHandshakeThatIsLeftEnds()
{
    TestServer server([this](app::Settings &settings) {
        withCertificate(settings).gateways = 1; // so that who came first was met first
    });
    for (const QByteArray &begun : {QByteArray(), QByteArray("\x16\x03\x01\x02\x00\x01", 6)}) {
        QTcpSocket socket;
        socket.connectToHost(Host, server.port());
        QVERIFY(socket.waitForConnected());
        socket.write(begun);
        QVERIFY(begun.isEmpty() || socket.waitForBytesWritten());
        QVERIFY(serialAt(server.port()).size() > 0); // and by then it has come
        server.advance(limits::RequestTimeout);
        QTRY_COMPARE(socket.state(), QAbstractSocket::UnconnectedState);
        QVERIFY(socket.readAll().isEmpty());
    }
}

void Tls::theEndOfACertificateIsTold()
{
    m_certificates->add(Host, 10);
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("ends soon")));
    TestServer server(secure());
    QNetworkAccessManager network;
    const QUrl url(QStringLiteral("https://127.0.0.1:%1/metrics").arg(server.port()));
    QNetworkReply *reply = network.get(QNetworkRequest(url));
    QTRY_VERIFY(reply->isFinished());
    QVERIFY(reply->readAll().contains("parley_certificate_end_timestamp_seconds{file="));
}

void Tls::handshakesAreCounted()
{
    TestServer server([this](app::Settings &settings) {
        withCertificate(settings).tlsListen = {{QHostAddress(QHostAddress::LocalHost), 0}};
    });
    const quint16 port = server.server().listening()[1].port;
    const auto ended = [&server](const QByteArray &how) {
        const QByteArray page =
            ask(server.port(), "GET /metrics HTTP/1.1\r\nHost: test\r\n\r\n").body;
        const QByteArray line = "parley_tls_handshakes_ended_total{end=\"" + how + "\"} ";
        return page.mid(page.indexOf(line) + line.size()).split('\n').front().toInt();
    };
    QSslSocket socket;
    socket.connectToHostEncrypted(Host, port);
    QTRY_VERIFY(socket.isEncrypted());
    QTRY_COMPARE(ended("made"), 1);
    RawClient broken(port);
    broken.send(QByteArray("\x16\x03\x01\x00\x05nonsense", 13));
    QTRY_COMPARE(ended("failed"), 1);
    QCOMPARE(ended("made"), 1);
    QCOMPARE(ended("resumed"), 0);
}

QTEST_GUILESS_MAIN(Tls)
#include "tls.moc"
