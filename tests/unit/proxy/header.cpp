// SPDX-License-Identifier: MIT
// The PROXY protocol: what of the bytes is its, and what it says.
#include "gateway/proxy/header.h"

#include "core/limits.h"

#include <QtEndian>
#include <QTest>

using namespace parley;
using proxy::Header;
using State = Header::State;

namespace {

const QByteArray Signature("\r\n\r\n\0\r\nQUIT\n", 12);
const QByteArray Request = "GET / HTTP/1.1\r\n";

QByteArray binary(char command, char family, const QByteArray &rest)
{
    QByteArray length(2, '\0');
    qToBigEndian(quint16(rest.size()), length.data());
    return Signature + command + family + length + rest;
}

QByteArray packed(const char *address)
{
    const QHostAddress host(QString::fromLatin1(address));
    if (host.protocol() == QAbstractSocket::IPv6Protocol) {
        const Q_IPV6ADDR bytes = host.toIPv6Address();
        return QByteArray(reinterpret_cast<const char *>(bytes.c), 16);
    }
    QByteArray bytes(4, '\0');
    qToBigEndian(host.toIPv4Address(), bytes.data());
    return bytes;
}

} // namespace

class HeaderTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void saysWhoseTheConnectionIs_data();
    void saysWhoseTheConnectionIs();
    void isRefused_data();
    void isRefused();
    void endsWithinItsBound();
};

void HeaderTest::saysWhoseTheConnectionIs_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("client"); // empty: the proxy itself
    const auto row = [](const char *name, const QByteArray &bytes, const char *client) {
        QTest::newRow(name) << bytes << QString::fromLatin1(client);
    };
    row("v1, IPv4", "PROXY TCP4 192.0.2.1 192.0.2.2 65535 0\r\n", "192.0.2.1");
    row("v1, IPv6", "PROXY TCP6 2001:db8::1 2001:db8::2 1 2\r\n", "2001:db8::1");
    row("v1, unknown", "PROXY UNKNOWN\r\n", "");
    row("v1, unknown, with more", "PROXY UNKNOWN ff:: ff:: 65535 65535\r\n", "");
    const QByteArray v4 = packed("192.0.2.1") + packed("192.0.2.2") + "\1\2\3\4";
    row("v2, IPv4", binary('\x21', '\x11', v4), "192.0.2.1");
    row("v2, with what we do not read",
        binary('\x21', '\x11', v4 + QByteArray("\x05\x00\x02id", 5)), "192.0.2.1");
    const QByteArray v6 = packed("2001:db8::1") + packed("2001:db8::2") + "\1\2\3\4";
    row("v2, IPv6", binary('\x21', '\x21', v6), "2001:db8::1");
    row("v2, mapped", binary('\x21', '\x21', packed("::ffff:192.0.2.1") + v6.sliced(16)),
        "192.0.2.1");
    row("v2, its own", binary('\x20', '\0', {}), "");
    row("v2, its own, with addresses", binary('\x20', '\x11', v4), "");
    row("v2, of a Unix socket", binary('\x21', '\x31', QByteArray(216, 'x')), "");
}

// Whatever pieces it comes in, and never a byte more than it.
void HeaderTest::saysWhoseTheConnectionIs()
{
    QFETCH(const QByteArray, bytes);
    QFETCH(const QString, client);
    for (qsizetype cut = 0; cut <= bytes.size(); ++cut) {
        Header header;
        QCOMPARE(header.take(bytes.first(cut)), cut);
        const QByteArray rest = bytes.sliced(cut) + Request;
        QCOMPARE(header.take(rest), bytes.size() - cut);
        QCOMPARE(header.state(), State::Complete);
        QCOMPARE(header.client().toString(), client);
        QCOMPARE(header.take(Request), 0);
    }
}

void HeaderTest::isRefused_data()
{
    QTest::addColumn<QByteArray>("bytes");
    const auto row = [](const char *name, const QByteArray &bytes) {
        QTest::newRow(name) << bytes;
    };
    row("a request", Request);
    row("TLS", QByteArray("\x16\x03\x01", 3));
    row("another word", "PROXX TCP4 192.0.2.1 192.0.2.2 1 2\r\n");
    row("without CR", "PROXY TCP4 192.0.2.1 192.0.2.2 1 2\n");
    row("no address", "PROXY TCP4 nobody 192.0.2.2 1 2\r\n");
    row("half an address", "PROXY TCP4 192.1 192.0.2.2 1 2\r\n");
    row("another family", "PROXY TCP4 2001:db8::1 2001:db8::2 1 2\r\n");
    row("a scope", "PROXY TCP6 fe80::1%lo fe80::2 1 2\r\n");
    row("a port too large", "PROXY TCP4 192.0.2.1 192.0.2.2 65536 2\r\n");
    row("a sign", "PROXY TCP4 192.0.2.1 192.0.2.2 +1 2\r\n");
    row("too little", "PROXY TCP4 192.0.2.1 192.0.2.2 1\r\n");
    row("too much", "PROXY TCP4 192.0.2.1 192.0.2.2 1 2 3\r\n");
    row("two spaces", "PROXY TCP4  192.0.2.1 192.0.2.2 1 2\r\n");
    row("no protocol", "PROXY \r\n");
    row("another version", binary('\x31', '\x11', QByteArray(12, 'x')));
    row("another command", binary('\x22', '\x11', QByteArray(12, 'x')));
    row("too short for its family", binary('\x21', '\x21', QByteArray(35, 'x')));
    row("another signature", "\r\n\r\nQUIT");
}

void HeaderTest::isRefused()
{
    QFETCH(const QByteArray, bytes);
    Header header;
    header.take(bytes);
    QCOMPARE(header.state(), State::Malformed);
    QCOMPARE(header.take(bytes), 0);
}

void HeaderTest::endsWithinItsBound()
{
    Header text;
    QCOMPARE(text.take("PROXY UNKNOWN " + QByteArray(1000, 'x')), 107);
    QCOMPARE(text.state(), State::Malformed);
    Header longest;
    longest.take(binary('\x21', '\x11', QByteArray(limits::ProxyHeaderBytes - 16, '\1')));
    QCOMPARE(longest.state(), State::Complete);
    Header longer;
    longer.take(binary('\x21', '\x11', QByteArray(limits::ProxyHeaderBytes - 15, '\1')));
    QCOMPARE(longer.state(), State::Malformed);
}

QTEST_GUILESS_MAIN(HeaderTest)
#include "header.moc"
