// SPDX-License-Identifier: MIT
#include "app/logging/log.h"

#include "core/log.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include <csignal>
#include <fcntl.h>
#include <sys/ioctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace parley;
using namespace parley::app;

namespace {

struct Pipe {
    Pipe()
    {
        int ends[2];
        if (::pipe2(ends, O_CLOEXEC) != 0)
            qFatal("there is no pipe");
        reader = ends[0];
        writer = ends[1]; // which a Log may need to the end of the process
    }
    ~Pipe() { ::close(reader); }
    Q_DISABLE_COPY_MOVE(Pipe)

    QByteArray readAll() const
    {
        int size = 0;
        ::ioctl(reader, FIONREAD, &size);
        QByteArray all(size, 0);
        return all.first(qMax<ssize_t>(::read(reader, all.data(), size_t(size)), 0));
    }

    int reader = -1;
    int writer = -1;
};

} // namespace

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

    void aCategoryCanHaveALevelOfItsOwn()
    {
        setLogLevel(LogLevel::Error, {{{QStringLiteral("chat"), LogLevel::Debug}}});
        QVERIFY(lcChat().isDebugEnabled());
        QVERIFY(!lcApp().isWarningEnabled());
        setLogLevel(LogLevel::Debug, {{{QStringLiteral("chat"), LogLevel::Error}}});
        QVERIFY(!lcChat().isWarningEnabled());
        QVERIFY(lcApp().isDebugEnabled());
    }

    void theJournalIsToldThePriority()
    {
        const Pipe pipe;
        const Pipe other;
        struct stat file { };
        QCOMPARE(::fstat(pipe.writer, &file), 0);
        const QByteArray stream =
            QByteArray::number(file.st_dev) + ':' + QByteArray::number(file.st_ino);
        QVERIFY(!isJournal(pipe.writer, {}));
        QVERIFY(!isJournal(other.writer, stream));
        qputenv("JOURNAL_STREAM", stream);
        {
            const Log log(LogFormat::Text, pipe.writer);
            qCInfo(lcApp) << "a line";
        }
        qunsetenv("JOURNAL_STREAM");
        QVERIFY(pipe.readAll().startsWith("<6>2"));
        {
            const Log log(LogFormat::Text, pipe.writer);
            qCInfo(lcApp) << "a line";
        }
        QVERIFY(pipe.readAll().startsWith('2'));
    }

    void eachKindHasARateAndWhatIsLeftOutIsTold()
    {
        const Pipe pipe;
        {
            const Log log(LogFormat::Text, pipe.writer);
            for (int i = 0; i < 1000; ++i)
                qCInfo(lcApp) << "flood" << i;
            qCInfo(lcApp) << "another kind";
            QCOMPARE(Log::current(), &log);
            QVERIFY(log.leftOut() > 900 && log.leftOut() < 1000);
            QCOMPARE(log.dropped(), 0u);
        }
        QCOMPARE(Log::current(), nullptr);
        const QByteArray all = pipe.readAll();
        QVERIFY(all.contains("another kind\n"));
        const int lines = int(all.count("flood"));
        QVERIFY(lines >= limits::LogBurst && lines < 100);
        QVERIFY(!all.contains("were dropped"));
        QVERIFY2(all.contains(" more lines of parley.app were left out\n"), all.constData());
    }

    void whatNobodyReadsIsDroppedAndHoldsUpNobody()
    {
        const Pipe pipe;
        Log log(LogFormat::Text, pipe.writer);
        const QByteArray line(1000, 'x');
        for (qint64 bytes = 0; bytes < 2 * limits::LogQueueBytes; bytes += line.size())
            log.addLine(line);
        QVERIFY(log.dropped() > 0);
        QByteArray all;
        QTRY_VERIFY((all += pipe.readAll()).contains(" lines were dropped"));
    }

    void theLastWordsOfAProcessAreWritten()
    {
        const Pipe pipe;
        const pid_t child = ::fork();
        if (child == 0) {
            const rlimit noCore{0, 0};
            ::setrlimit(RLIMIT_CORE, &noCore);
            std::signal(SIGABRT, SIG_DFL); // no stack from the test itself
            const Log log(LogFormat::Text, pipe.writer);
            qFatal("the last words");
        }
        int status = 0;
        QCOMPARE(::waitpid(child, &status, 0), child);
        QVERIFY(WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT);
        QVERIFY(pipe.readAll().endsWith(" fatal default: the last words\n"));
    }

private:
    static QByteArray line(LogFormat format, const QString &message)
    {
        return logLine(format, fromMs(1795457100123), QtWarningMsg, "parley.app", message);
    }
};

QTEST_GUILESS_MAIN(LogTest)
#include "log.moc"
