// SPDX-License-Identifier: MIT
// TLS between a pair of sockets, with OpenSSL's own client at the other end.
#include "gateway/transport/tlstransport.h"

#include "support/certificates.h"

#include <QTemporaryDir>
#include <QTest>

#include <array>
#include <fcntl.h>
#include <malloc.h>
#include <openssl/ssl.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace parley;
using namespace parley::transport;
using test::Certificates;
using Stage = Transport::Stage;
using Peer = Transport::Peer;

namespace {

template <auto Free> struct Freed {
    template <class T> void operator()(T *thing) const { Free(thing); }
};
using ContextPtr = std::unique_ptr<SSL_CTX, Freed<SSL_CTX_free>>;
using ConnectionPtr = std::unique_ptr<SSL, Freed<SSL_free>>;
using SessionPtr = std::unique_ptr<SSL_SESSION, Freed<SSL_SESSION_free>>;

constexpr qsizetype KiB = 1024;

// Reads whenever there is something, into as much room as it is given.
struct Server final : Transport::Owner {
    explicit Server(int descriptor, std::shared_ptr<const TlsContext> context)
        : transport(std::make_unique<TlsTransport>(descriptor, std::move(context), *this))
    {
    }
    void onReadable() override
    {
        const auto input = transport->read(std::span(room).first(size_t(most)));
        got.append(input.bytes.data(), qsizetype(input.bytes.size()));
        peer = input.peer;
        if (peer != Peer::There)
            transport->setReading(false);
        transport->flush();
    }
    void onWritable() override { isAlive = transport->flush(); }

    std::array<char, 64 * KiB> room;
    qsizetype most = room.size();
    QByteArray got;
    Peer peer = Peer::There;
    bool isAlive = true;
    std::unique_ptr<TlsTransport> transport;
};

struct Client {
    Client(int descriptor, SSL_CTX *context)
        : descriptor(descriptor)
        , ssl(SSL_new(context))
    {
        SSL_set_fd(ssl.get(), descriptor);
        SSL_set_connect_state(ssl.get());
    }
    ~Client()
    {
        SSL_shutdown(ssl.get()); // else OpenSSL does not resume the session
        ssl.reset();
        ::close(descriptor);
    }

    bool isDone() { return SSL_do_handshake(ssl.get()) == 1; }
    // What has come until now.
    QByteArray take()
    {
        QByteArray all;
        std::array<char, 4 * KiB> room;
        size_t got = 0;
        while (SSL_read_ex(ssl.get(), room.data(), room.size(), &got) == 1)
            all.append(room.data(), qsizetype(got));
        return all;
    }

    const int descriptor;
    ConnectionPtr ssl;
};

// In use of the allocator.
qint64 held()
{
    const auto info = mallinfo2();
    return qint64(info.uordblks) + qint64(info.hblkhd);
}

} // namespace

class TlsTransportTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void bytesArriveBothWays();
    void whatFillsTheRoomIsReadOn();
    void anEndBehindBytesIsTold();
    void nothingComesWhileItIsNotRead();
    void theEndIsSaid();
    void whoSpeaksPlainTextIsAnswered();
    void aHandshakeThatIsNoneFails();
    void theCertificateIsTheHosts();
    void aTicketSparesTheHandshake();
    void oldProtocolsAreRefused();
    void whoOffersOnlyOtherProtocolsIsRefused();
    void anIdleConnectionHoldsLittle();
    void filesThatCannotServeAreNamed();

private:
    struct Pair {
        std::unique_ptr<Server> server;
        std::unique_ptr<Client> client;
    };
    Pair pair(SSL_CTX *client);
    Pair open() { return open(m_client.get()); }
    Pair open(SSL_CTX *client);
    static PemFile pem(const QString &name)
    {
        QFile file(name);
        return file.open(QIODevice::ReadOnly) ? PemFile{name, file.readAll()} : PemFile{name, {}};
    }
    CertificateFiles files(const char *host) const
    {
        const QString name = QString::fromLatin1(host);
        return {pem(m_certificates->certificate(name)), pem(m_certificates->key(name))};
    }

    QTemporaryDir m_folder;
    std::optional<Certificates> m_certificates;
    std::shared_ptr<const TlsContext> m_context;
    ContextPtr m_client;
};

void TlsTransportTest::initTestCase()
{
    m_certificates.emplace(m_folder.path());
    m_certificates->add(QStringLiteral("first.test"));
    m_certificates->add(QStringLiteral("second.test"));
    const auto context = TlsContext::load({files("first.test"), files("second.test")});
    QVERIFY2(context, qPrintable(context ? QString() : context.failure().text));
    m_context = *context;
    m_client.reset(SSL_CTX_new(TLS_client_method()));
    QCOMPARE(SSL_CTX_load_verify_file(
                 m_client.get(), QFile::encodeName(m_certificates->ca()).constData()),
        1);
    SSL_CTX_set_verify(m_client.get(), SSL_VERIFY_PEER, nullptr);
}

TlsTransportTest::Pair TlsTransportTest::pair(SSL_CTX *client)
{
    std::array<int, 2> ends{};
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, ends.data()) != 0)
        qFatal("no sockets");
    return {
        std::make_unique<Server>(ends[0], m_context), std::make_unique<Client>(ends[1], client)};
}

// Behind the handshake.
TlsTransportTest::Pair TlsTransportTest::open(SSL_CTX *client)
{
    Pair made = pair(client);
    if (!QTest::qWaitFor([&] {
            return made.client->isDone() && made.server->transport->stage() == Stage::Ready;
        }))
        qFatal("no handshake");
    return made;
}

void TlsTransportTest::bytesArriveBothWays()
{
    const auto [server, client] = open();
    const QByteArray asked(300'000, 'a');
    const QByteArray answered(3'000'000, 'b');
    server->transport->write(answered.first(10), QByteArrayView(answered).sliced(10));
    QVERIFY(server->transport->flush());
    QByteArray came;
    qsizetype sent = 0;
    const auto arrived = [&, server = server.get(), client = client.get()] {
        size_t written = 0;
        if (sent < asked.size()
            && SSL_write_ex(client->ssl.get(), asked.constData() + sent,
                   size_t(std::min(asked.size() - sent, 16 * KiB)), &written)
                == 1)
            sent += qsizetype(written);
        came += client->take();
        return server->got == asked && came == answered;
    };
    QTRY_VERIFY(arrived());
    QCOMPARE(server->transport->waiting(), 0);
}

void TlsTransportTest::whatFillsTheRoomIsReadOn()
{
    const auto [server, client] = open();
    server->most = 10; // and the rest is with OpenSSL, where no socket wakes anybody
    QCOMPARE(SSL_write(client->ssl.get(), QByteArray(1000, 'a').constData(), 1000), 1000);
    QTRY_COMPARE(server->got, QByteArray(1000, 'a'));
}

void TlsTransportTest::anEndBehindBytesIsTold()
{
    const auto [server, client] = open();
    SSL_write(client->ssl.get(), "last", 4);
    SSL_shutdown(client->ssl.get()); // and the socket stays open
    QTRY_COMPARE(server->peer, Peer::Ended);
    QCOMPARE(server->got, QByteArray("last"));
}

void TlsTransportTest::nothingComesWhileItIsNotRead()
{
    const auto [server, client] = open();
    server->most = 10;
    SSL_write(client->ssl.get(), QByteArray(100, 'a').constData(), 100);
    QTRY_VERIFY(!server->got.isEmpty());
    server->transport->setReading(false);
    const QByteArray before = server->got;
    QCoreApplication::processEvents();
    QCoreApplication::processEvents();
    QCOMPARE(server->got, before);
    server->transport->setReading(true);
    QTRY_COMPARE(server->got, QByteArray(100, 'a'));
}

void TlsTransportTest::theEndIsSaid()
{
    const auto [server, client] = open();
    server->transport->write("bye", {});
    QVERIFY(server->transport->flush());
    server->transport->endWriting();
    QCOMPARE(client->take(), QByteArray("bye"));
    QCOMPARE(SSL_get_shutdown(client->ssl.get()), SSL_RECEIVED_SHUTDOWN);
    SSL_write(client->ssl.get(), "late", 4); // it still listens
    QTRY_COMPARE(server->got, QByteArray("late"));
}

void TlsTransportTest::whoSpeaksPlainTextIsAnswered()
{
    const auto [server, client] = pair(m_client.get());
    QCOMPARE(::write(client->descriptor, "GET / HTTP/1.1\r\n\r\n", 18), 18);
    QTRY_COMPARE(server->transport->stage(), Stage::NotTls);
    QVERIFY(server->got.isEmpty());
    server->transport->write("TLS, please", {});
    QVERIFY(server->transport->flush());
    std::array<char, 20> room{};
    QCOMPARE(::read(client->descriptor, room.data(), room.size()), 11);
    QCOMPARE(QByteArray(room.data()), QByteArray("TLS, please"));
}

void TlsTransportTest::aHandshakeThatIsNoneFails()
{
    const auto [server, client] = pair(m_client.get());
    QCOMPARE(::write(client->descriptor, "\x16\x03\x01\x00\x04nope", 9), 9);
    QTRY_COMPARE(server->peer, Peer::Gone);
}

void TlsTransportTest::theCertificateIsTheHosts()
{
    for (const char *host : {"first.test", "second.test", "unknown.test"}) {
        const auto [server, client] = pair(m_client.get());
        SSL_set_tlsext_host_name(client->ssl.get(), host);
        QTRY_VERIFY(client->isDone());
        X509 *certificate = SSL_get0_peer_certificate(client->ssl.get());
        char name[100] = "";
        X509_NAME_get_text_by_NID(
            X509_get_subject_name(certificate), NID_commonName, name, sizeof name);
        const QByteArray wanted = qstrcmp(host, "unknown.test") == 0 ? "first.test" : host;
        QCOMPARE(QByteArray(name), wanted);
    }
}

// Also that of a context which was there before a reload, and with TLS 1.2.
void TlsTransportTest::aTicketSparesTheHandshake()
{
    for (const int version : {TLS1_2_VERSION, TLS1_3_VERSION}) {
        SSL_CTX_set_max_proto_version(m_client.get(), version);
        const auto guard = qScopeGuard([&] { SSL_CTX_set_max_proto_version(m_client.get(), 0); });
        SessionPtr session;
        {
            const auto [server, client] = open();
            QVERIFY(!SSL_session_reused(client->ssl.get()));
            QVERIFY(!server->transport->isResumed());
            client->take(); // TLS 1.3's ticket comes behind the handshake
            session.reset(SSL_get1_session(client->ssl.get()));
        }
        const auto again = TlsContext::load({files("first.test")}, m_context.get());
        QVERIFY(again);
        m_context = *again;
        const auto [server, client] = pair(m_client.get());
        SSL_set_session(client->ssl.get(), session.get());
        QTRY_VERIFY(client->isDone());
        QVERIFY(SSL_session_reused(client->ssl.get()));
        QVERIFY(server->transport->isResumed());
    }
}

void TlsTransportTest::oldProtocolsAreRefused()
{
    ContextPtr old(SSL_CTX_new(TLS_client_method()));
    SSL_CTX_set_security_level(old.get(), 0);
    SSL_CTX_set_max_proto_version(old.get(), TLS1_1_VERSION);
    SSL_CTX_set_min_proto_version(old.get(), TLS1_VERSION);
    const auto [server, client] = pair(old.get());
    QTRY_VERIFY(!client->isDone() && server->peer == Peer::Gone);
}

void TlsTransportTest::whoOffersOnlyOtherProtocolsIsRefused()
{
    {
        const auto [server, client] = pair(m_client.get());
        const QByteArray http2("\x02h2");
        SSL_set_alpn_protos(client->ssl.get(),
            reinterpret_cast<const unsigned char *>(http2.constData()), unsigned(http2.size()));
        QTRY_VERIFY(!client->isDone() && server->peer == Peer::Gone);
    }
    const auto [server, client] = pair(m_client.get());
    const QByteArray both("\x02h2\x08http/1.1");
    SSL_set_alpn_protos(client->ssl.get(),
        reinterpret_cast<const unsigned char *>(both.constData()), unsigned(both.size()));
    QTRY_VERIFY(client->isDone());
    const unsigned char *chosen = nullptr;
    unsigned length = 0;
    SSL_get0_alpn_selected(client->ssl.get(), &chosen, &length);
    QCOMPARE(
        QByteArray(reinterpret_cast<const char *>(chosen), int(length)), QByteArray("http/1.1"));
}

// 24 KiB at most, of which the server's side is a half here.
void TlsTransportTest::anIdleConnectionHoldsLittle()
{
    constexpr int Count = 50;
    open(); // what is made once
    std::vector<std::unique_ptr<TlsTransport>> held;
    std::vector<Pair> pairs;
    for (int i = 0; i < Count; ++i)
        pairs.push_back(open());
    for (Pair &one : pairs)
        one.client.reset();
    const qint64 busy = ::held();
    TlsTransport::releaseIdle();
    QVERIFY(busy - ::held() < Count * KiB); // who was busy keeps what they need
    TlsTransport::releaseIdle();
    const qint64 before = ::held();
    QVERIFY(busy - before > Count * 16 * KiB);
    for (Pair &one : pairs)
        one.server->transport.reset();
    const qint64 each = (before - ::held()) / Count;
    qInfo("%lld bytes", each);
    QVERIFY2(each <= 20 * KiB, qPrintable(QString::number(each)));
}

void TlsTransportTest::filesThatCannotServeAreNamed()
{
    const auto failure = [&](const PemFile &certificate, const PemFile &key) {
        const auto context = TlsContext::load({{certificate, key}});
        return context ? QString() : context.failure().text;
    };
    const CertificateFiles first = files("first.test");
    const CertificateFiles second = files("second.test");
    const PemFile empty{QStringLiteral("empty"), {}};
    PemFile cut = first.certificate; // what vouches for it is not whole
    cut.text += first.certificate.text.chopped(100);
    QVERIFY(failure(empty, first.key).startsWith(QStringLiteral("empty:")));
    QVERIFY(failure(first.certificate, empty).startsWith(QStringLiteral("empty:")));
    QVERIFY(failure(cut, first.key).startsWith(cut.name + u':'));
    QVERIFY(failure(first.key, first.key).startsWith(first.key.name + u':'));
    QVERIFY(failure(first.certificate, second.key)
                .startsWith(second.key.name + QStringLiteral(" is not the key of")));
}

QTEST_GUILESS_MAIN(TlsTransportTest)
#include "tlstransport.moc"
