// SPDX-License-Identifier: MIT
#include "app/log.h"

#include "core/log.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace parley;
using namespace parley::app;

class LogTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void cleanup() { setLogLevel(LogLevel::Info); }

    void hasTimeLevelAndCategoryInEveryFormat()
    {
        QCOMPARE(line(LogFormat::Text, QStringLiteral("a \"b\"")),
            "2026-11-23T18:05:00.123Z warning parley.app: a \"b\"");
        QCOMPARE(line(LogFormat::Logfmt, QStringLiteral("a \"b\"")),
            "time=2026-11-23T18:05:00.123Z level=warning category=parley.app message=\"a "
            "\\\"b\\\"\"");
        QCOMPARE(line(LogFormat::Json, QStringLiteral("a \"b\"")),
            "{\"time\":\"2026-11-23T18:05:00.123Z\",\"level\":\"warning\","
            "\"category\":\"parley.app\",\"message\":\"a \\\"b\\\"\"}");
    }

    void namesEachLevel()
    {
        const auto level = [](QtMsgType type) {
            return logLine(LogFormat::Text, fromMs(0), type, "c", {}).split(' ').at(1);
        };
        QCOMPARE(level(QtDebugMsg), "debug");
        QCOMPARE(level(QtInfoMsg), "info");
        QCOMPARE(level(QtWarningMsg), "warning");
        QCOMPARE(level(QtCriticalMsg), "error");
        QCOMPARE(level(QtFatalMsg), "fatal");
    }

    void keepsAnEventOnOneLine_data()
    {
        QTest::addColumn<int>("format");
        QTest::newRow("text") << int(LogFormat::Text);
        QTest::newRow("logfmt") << int(LogFormat::Logfmt);
        QTest::newRow("json") << int(LogFormat::Json);
    }
    void keepsAnEventOnOneLine()
    {
        QFETCH(int, format);
        // Also what moves a terminal's cursor or ends a line elsewhere.
        const QString nasty = QStringLiteral("a\nb\r\tc\x1b[31m\u0085\u2028\u2029\u007f \\ ä");
        const QString text = QString::fromUtf8(line(LogFormat(format), nasty));
        for (const QChar c : text)
            QVERIFY2(c.isPrint(), qPrintable(QString::number(c.unicode(), 16)));
        QVERIFY(text.contains(QStringLiteral("a\\nb")));
        QVERIFY(text.contains(QStringLiteral("ä")));
    }

    void jsonReadsBackAsItWas()
    {
        const QString nasty = QStringLiteral("a\nb\r\tc\x1b\u2028 \\ \" \\n ä \U0001F600");
        const auto json = QJsonDocument::fromJson(line(LogFormat::Json, nasty)).object();
        QCOMPARE(json.value(QLatin1StringView("message")).toString(), nasty);
    }

    void levelDecidesWhatIsLogged()
    {
        setLogLevel(LogLevel::Debug);
        QVERIFY(lcApp().isDebugEnabled());
        setLogLevel(LogLevel::Info);
        QVERIFY(!lcApp().isDebugEnabled());
        QVERIFY(lcApp().isInfoEnabled());
        setLogLevel(LogLevel::Warning);
        QVERIFY(!lcApp().isInfoEnabled());
        QVERIFY(lcApp().isWarningEnabled());
        setLogLevel(LogLevel::Error);
        QVERIFY(!lcApp().isWarningEnabled());
        QVERIFY(lcApp().isCriticalEnabled());
    }

private:
    static QByteArray line(LogFormat format, const QString &message)
    {
        return logLine(format, fromMs(1795457100123), QtWarningMsg, "parley.app", message);
    }
};

QTEST_GUILESS_MAIN(LogTest)
#include "app_log.moc"
