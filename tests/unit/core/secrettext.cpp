// SPDX-License-Identifier: MIT
#include "core/secrettext.h"

#include "core/limits.h"
#include "support/why.h"

#include <QTest>

using namespace parley;
using parley::test::why;

class SecretTextTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void lineEndsAndMarksAreNoPartOfASecret_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("bare") << QByteArray("s3cret key");
        QTest::newRow("line") << QByteArray("s3cret key\n");
        QTest::newRow("CRLF") << QByteArray("s3cret key\r\n");
        QTest::newRow("CR") << QByteArray("s3cret key\r");
        QTest::newRow("two line ends") << QByteArray("s3cret key\n\n");
        QTest::newRow("two CRLF") << QByteArray("s3cret key\r\n\r\n");
        QTest::newRow("byte order mark") << QByteArray("\xef\xbb\xbfs3cret key\r\n");
    }
    void lineEndsAndMarksAreNoPartOfASecret()
    {
        QFETCH(QByteArray, text);
        const auto secret = secretOf(text);
        QVERIFY2(secret, why(secret));
        QCOMPARE(*secret, "s3cret key");
    }

    void whatIsNoSecretIsRefusedWithItsReason_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("words");
        const auto row = [](const char *name, const QByteArray &text, const char *words) {
            QTest::newRow(name) << text << QString::fromLatin1(words);
        };
        row("nothing", "", "must not be empty");
        row("a line end alone", "\r\n", "must not be empty");
        row("a mark alone", "\xef\xbb\xbf\n", "must not be empty");
        row("an empty first line", "\nkey\n", "must not be empty");
        row("another line", "key\nother\n", "line 2: ");
        row("another line behind CR", "key\rother", "line 2: ");
        row("blank behind", "key \n", "white space");
        row("blank before", " key", "white space");
        row("control character",
            "k\x1b"
            "ey",
            "control character");
        row("U+0000", QByteArray("k\0ey", 4), "control character");
        row("DEL", "key\x7f", "control character");
        row("UTF-16", QByteArray("\xff\xfek\0e\0y\0", 8), "UTF-16");
        row("UTF-16, the other way round", QByteArray("\xfe\xff\0k", 4), "UTF-16");
        row("too long", QByteArray(limits::SecretBytes + 1, 'x'), "at most 4096 bytes");
    }
    void whatIsNoSecretIsRefusedWithItsReason()
    {
        QFETCH(QByteArray, text);
        QFETCH(QString, words);
        const auto secret = secretOf(text);
        QVERIFY(!secret);
        QVERIFY2(secret.failure().text.contains(words), why(secret));
    }
};

QTEST_GUILESS_MAIN(SecretTextTest)
#include "secrettext.moc"
