// SPDX-License-Identifier: MIT
#include "core/printable.h"

#include <QTest>

using namespace parley;

class PrintableTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void nothingRawReachesATerminal()
    {
        // C0, DEL, C1, line ends elsewhere, marks that turn writing round, blanks without width.
        for (char16_t code = 1; code < 0x2070; ++code) {
            const QString shown = printable(QString(QChar(code)));
            for (const QChar c : shown)
                QVERIFY2(c.isPrint() || c.category() == QChar::Other_NotAssigned,
                    qPrintable(QString::number(code, 16)));
        }
        QCOMPARE(printable(QStringLiteral("a\x1b[31m\u009b\u202e\u200b")),
            QStringLiteral("a\\u001b[31m\\u009b\\u202e\\u200b"));
    }

    void whatCanBeSeenStays()
    {
        const QString text = QStringLiteral("a \"b\" \\ ä 山田 \U0001F600");
        QCOMPARE(printable(text), text);
    }

    void anEventIsOneLine()
    {
        QCOMPARE(printable(QStringLiteral("a\nb\r\u2028")), QStringLiteral("a\\nb\\u000d\\u2028"));
    }

    void jsonQuotesAreEscaped()
    {
        QCOMPARE(printable(QStringLiteral("\"\\"), Quoting::Json), QStringLiteral("\\\"\\\\"));
    }
};

QTEST_GUILESS_MAIN(PrintableTest)
#include "printable.moc"
