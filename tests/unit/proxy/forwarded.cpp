// SPDX-License-Identifier: MIT
// Forwarded and X-Forwarded-For: who the client is, and who only says so.
#include "gateway/proxy/forwarded.h"

#include <QTest>

using namespace parley;
using namespace parley::proxy;

namespace {

const Networks Trusted{QHostAddress::parseSubnet(QStringLiteral("10.0.0.0/8")),
    QHostAddress::parseSubnet(QStringLiteral("2001:db8:1::/48"))};
const QHostAddress Nearest(QStringLiteral("10.0.0.1"));

} // namespace

class ForwardedTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void namesTheClient_data();
    void namesTheClient();
    void whatNamesNobodyIsRefused_data();
    void whatNamesNobodyIsRefused();
    void bothFieldsAreRefused();
};

void ForwardedTest::namesTheClient_data()
{
    QTest::addColumn<QByteArray>("forwarded");
    QTest::addColumn<QByteArray>("xForwardedFor");
    QTest::addColumn<QString>("client");
    const auto standard = [](const char *text, const char *client) {
        QTest::newRow(text) << QByteArray(text) << QByteArray() << QString::fromLatin1(client);
    };
    const auto usual = [](const char *text, const char *client) {
        QTest::newRow(text) << QByteArray() << QByteArray(text) << QString::fromLatin1(client);
    };
    usual("192.0.2.1", "192.0.2.1");
    usual("192.0.2.1:8080", "192.0.2.1");
    usual("2001:db8::1", "2001:db8::1");
    usual("[2001:db8::1]:8080", "2001:db8::1");
    usual("::ffff:192.0.2.1", "192.0.2.1");
    usual("198.51.100.9, 192.0.2.1", "192.0.2.1"); // the first is what the client says
    usual("198.51.100.9, 192.0.2.1 ,10.0.0.2, 2001:db8:1::7", "192.0.2.1");
    usual("10.0.0.3, 10.0.0.2", "10.0.0.3"); // one of ours
    standard("for=192.0.2.1", "192.0.2.1");
    standard("For=\"[2001:db8::1]:8080\";proto=https", "2001:db8::1");
    standard("proto=https; for=192.0.2.1", "192.0.2.1");
    standard("for=198.51.100.9, for=192.0.2.1;by=10.0.0.2", "192.0.2.1");
    standard("for=\"192.0.2\\.1\"", "192.0.2.1");
    usual("[198.51.100.7]:\", 192.0.2.1", "192.0.2.1"); // quotes mean nothing there
    usual("198.51.100.7:\", 192.0.2.1", "192.0.2.1");
    standard("for=192.0.2.1;host=\"a\\\",for=10.9.9.9\"", "192.0.2.1");
}

void ForwardedTest::namesTheClient()
{
    QFETCH(const QByteArray, forwarded);
    QFETCH(const QByteArray, xForwardedFor);
    QFETCH(const QString, client);
    const auto found = clientOf({forwarded, xForwardedFor}, Nearest, Trusted);
    QVERIFY(found);
    QCOMPARE(found->toString(), client);
}

void ForwardedTest::whatNamesNobodyIsRefused_data()
{
    QTest::addColumn<QByteArray>("forwarded");
    QTest::addColumn<QByteArray>("xForwardedFor");
    for (const char *text : {"", ",", "nobody", "192.0.2.1, nobody", "192.0.2.1, nobody, 10.0.0.2",
             "192.1", "fe80::1%lo", "[192.0.2.1", "[2001:db8::1]x", "192.0.2.1:", "192.0.2.1:x",
             "192.0.2.1,", "[198.51.100.7]:\"", "1.2.3.4:\""})
        QTest::addRow("X-Forwarded-For: %s", text) << QByteArray() << QByteArray(text);
    for (const char *text : {"", "for=unknown", "for=_hidden", "by=192.0.2.1", "for=\"", "for=\"\\",
             "for=\"192.0.2.1,10.0.0.2\"", "for=\"192.0.2.1\"x",
             // quotes that a client leaves open, before what the proxy adds
             "for=198.51.100.7;x=\", for=192.0.2.1", "for=198.51.100.7;x=\"\\, for=192.0.2.1",
             "for=198.51.100.7;x=\", for=\"[2001:db8::1]\""})
        QTest::addRow("Forwarded: %s", text) << QByteArray(text) << QByteArray();
}

void ForwardedTest::whatNamesNobodyIsRefused()
{
    QFETCH(const QByteArray, forwarded);
    QFETCH(const QByteArray, xForwardedFor);
    const auto found = clientOf({forwarded, xForwardedFor}, Nearest, Trusted);
    QVERIFY2(!found, found ? qPrintable(found->toString()) : "");
}

void ForwardedTest::bothFieldsAreRefused()
{
    QVERIFY(!clientOf({"for=192.0.2.1", "192.0.2.1"}, Nearest, Trusted));
    QVERIFY(!clientOf({"", ""}, Nearest, Trusted));
    const auto neither = clientOf({}, Nearest, Trusted);
    QVERIFY(neither && *neither == Nearest);
}

QTEST_GUILESS_MAIN(ForwardedTest)
#include "forwarded.moc"
