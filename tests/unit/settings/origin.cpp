// SPDX-License-Identifier: MIT
#include "app/settings/origin.h"

#include "support/why.h"

#include <QTest>

using namespace parley::app;
using parley::test::why;

class OriginTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void becomesWhatABrowserSends_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("origin");
        const auto row = [](const char *text, const char *origin) {
            QTest::newRow(text) << QString::fromUtf8(text) << QString::fromLatin1(origin);
        };
        row("https://chat.example.org", "https://chat.example.org");
        row("https://chat.example.org/", "https://chat.example.org");
        row("HTTPS://Chat.Example.ORG", "https://chat.example.org");
        row("https://chat.example.org:443", "https://chat.example.org");
        row("http://localhost:80/", "http://localhost");
        row("http://localhost:8080", "http://localhost:8080");
        row("http://[::1]:3000", "http://[::1]:3000");
        row("https://bücher.example", "https://xn--bcher-kva.example");
        row("tauri://localhost", "tauri://localhost");
    }
    void becomesWhatABrowserSends()
    {
        QFETCH(QString, text);
        QFETCH(QString, origin);
        const auto got = toOrigin(text);
        QVERIFY2(got, why(got));
        QCOMPARE(*got, origin);
    }

    void whatMatchesNothingIsRefusedWithItsReason_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("words");
        const auto row = [](const char *text, const char *words) {
            QTest::newRow(text) << QString::fromUtf8(text) << QString::fromLatin1(words);
        };
        row("*", "an empty list");
        row("", "must begin with a scheme");
        row("null", "must begin with a scheme");
        row("chat.example.org", "must begin with a scheme");
        row("chat.example.org:443", "must begin with a scheme");
        row("//chat.example.org", "must begin with a scheme");
        row("https://", "not a valid address");
        row("https://chat.example.org:0", "not a valid address");
        row("https://chat.example.org:65536", "not a valid address");
        row("https://chat example.org", "not a valid address");
        row("https://*.example.org", "");
        row("https://chat.example.org/chat", "must not have a path");
        row("https://chat.example.org/?a", "must end with the host");
        row("https://chat.example.org#a", "must end with the host");
        row("https://me@chat.example.org", "must not name a user");
    }
    void whatMatchesNothingIsRefusedWithItsReason()
    {
        QFETCH(QString, text);
        QFETCH(QString, words);
        const auto got = toOrigin(text);
        QVERIFY(!got);
        QVERIFY2(got.failure().text.contains(words), why(got));
        QVERIFY2(got.failure().text.contains(text), why(got));
    }
};

QTEST_GUILESS_MAIN(OriginTest)
#include "origin.moc"
