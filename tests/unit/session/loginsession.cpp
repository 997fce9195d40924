// SPDX-License-Identifier: MIT
#include "session/loginsession.h"

#include <QSet>
#include <QTest>

using namespace parley::session;

class LoginSessionTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void isThirtyTwoRandomBytesInBase64Url();
    void storeGetsItsSha256();
    void formsAreStrict_data();
    void formsAreStrict();
};

void LoginSessionTest::isThirtyTwoRandomBytesInBase64Url()
{
    QSet<QByteArray> seen;
    for (int i = 0; i < 200; ++i) {
        const QByteArray session = mintLoginSession().session;
        QCOMPARE(session.size(), 46);
        QVERIFY(session.startsWith("p1_"));
        QCOMPARE(formOf(session), SessionForm::Login);
        const auto decoded = QByteArray::fromBase64Encoding(session.sliced(3),
            QByteArray::Base64UrlEncoding | QByteArray::AbortOnBase64DecodingErrors);
        QVERIFY(bool(decoded));
        QCOMPARE(decoded.decoded.size(), 32);
        seen.insert(session);
    }
    QCOMPARE(seen.size(), 200);
}

void LoginSessionTest::storeGetsItsSha256()
{
    const MintedSession minted = mintLoginSession();
    QCOMPARE(minted.hash.size(), 32);
    QCOMPARE(hashLoginSession(minted.session), minted.hash);
    QVERIFY(hashLoginSession(mintLoginSession().session) != minted.hash);
    // FIPS 180-2, appendix B.1
    QCOMPARE(hashLoginSession("abc").toHex(),
        QByteArrayLiteral("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
}

void LoginSessionTest::formsAreStrict_data()
{
    QTest::addColumn<QByteArray>("session");
    QTest::addColumn<SessionForm>("form");

    const QByteArray hex = QByteArrayLiteral("0123456789abcdef0123456789abcdef");
    QTest::newRow("time") << hex << SessionForm::Time;
    QTest::newRow("time, capital") << hex.toUpper() << SessionForm::Neither;
    QTest::newRow("time, short") << hex.chopped(1) << SessionForm::Neither;
    QTest::newRow("time, long") << hex + '0' << SessionForm::Neither;
    QTest::newRow("time, no digit") << hex.chopped(1) + 'g' << SessionForm::Neither;
    QTest::newRow("time, zero byte") << hex.chopped(1) + '\0' << SessionForm::Neither;
    QTest::newRow("time, blank") << ' ' + hex.chopped(1) << SessionForm::Neither;

    const QByteArray random = QByteArrayLiteral("AZaz09-_AZaz09-_AZaz09-_AZaz09-_AZaz09-_AZa");
    QTest::newRow("login") << "p1_" + random << SessionForm::Login;
    QTest::newRow("login, short") << "p1_" + random.chopped(1) << SessionForm::Neither;
    QTest::newRow("login, long") << "p1_" + random + 'A' << SessionForm::Neither;
    QTest::newRow("login, padded") << "p1_" + random.chopped(1) + '=' << SessionForm::Neither;
    QTest::newRow("login, plain base64") << "p1_" + random.chopped(1) + '+' << SessionForm::Neither;
    QTest::newRow("login, capital prefix") << "P1_" + random << SessionForm::Neither;
    QTest::newRow("login, next version") << "p2_" + random << SessionForm::Neither;
    QTest::newRow("login, beyond ASCII")
        << "p1_" + random.chopped(2) + "\u00e9" << SessionForm::Neither;
    QTest::newRow("empty") << QByteArray() << SessionForm::Neither;
}

void LoginSessionTest::formsAreStrict()
{
    QFETCH(QByteArray, session);
    QTEST(formOf(session), "form");
}

QTEST_GUILESS_MAIN(LoginSessionTest)
#include "loginsession.moc"
