// SPDX-License-Identifier: MIT
// The log never holds up the server, whoever reads it or does not.
#include "unit/app/program.h"

#include <QCryptographicHash>
#include <QDateTime>
#include <QRegularExpression>

#include <fcntl.h>
#include <unistd.h>

namespace {

// A pipe with no room left and nobody who reads.
class FullPipe {
public:
    FullPipe()
    {
        if (::pipe2(m_ends, O_CLOEXEC) != 0)
            qFatal("there is no pipe");
        ::fcntl(m_ends[1], F_SETFL, O_NONBLOCK);
        const QByteArray page(4096, '.');
        while (::write(m_ends[1], page.constData(), size_t(page.size())) > 0) { }
        ::fcntl(m_ends[1], F_SETFL, 0);
    }
    ~FullPipe()
    {
        ::close(m_ends[0]);
        ::close(m_ends[1]);
    }
    Q_DISABLE_COPY_MOVE(FullPipe)

    int writer() const { return m_ends[1]; }

private:
    int m_ends[2] = {-1, -1};
};

} // namespace

class SilenceTest : public parley::test::Program {
    Q_OBJECT

private Q_SLOTS:
    void anUnreadLogHoldsUpNeitherAnswersNorTheEnd()
    {
        const FullPipe pipe;
        QProcess server;
        server.setChildProcessModifier([&] { ::dup2(pipe.writer(), STDERR_FILENO); });
        const quint16 port = portOf(serve(server, {}));
        QVERIFY(port != 0);
        for (int i = 0; i < 3; ++i)
            QVERIFY(
                ask(port, "GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n").startsWith("HTTP/1.1 200"));
        send(server, SIGHUP); // has it log something
        stop(server);
    }

    void anUnreadReadyLineHoldsUpNothing()
    {
        m_environment.remove(QStringLiteral("QT_FATAL_WARNINGS")); // for one is expected
        const FullPipe pipe;
        QProcess server;
        server.setChildProcessModifier([&] { ::dup2(pipe.writer(), STDOUT_FILENO); });
        start(server, {"serve", "--listen", "127.0.0.1:0"});
        QVERIFY(waitForError(server, "cannot print the addresses that it listens on"));
        stop(server);
    }

    void oneKindOfLineHasARate()
    {
        constexpr int Tries = 120; // fewer than the throttle counts
        m_environment.insert(
            QStringLiteral("PARLEY_SECRET_KEY"), QStringLiteral("a key of some length"));
        result({"user", "import", "-"}, "1,alice\n");
        QProcess server;
        const quint16 port = portOf(serve(server, {}));
        const QByteArray session = timeSession();
        const QByteArray upgrade = "GET /chat/private?userId=1&session=" + session
            + " HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
              "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
        const QHostAddress home(QHostAddress::LocalHost);
        const QHostAddress elsewhere(QStringLiteral("127.0.0.2"));
        QVERIFY(ask(port, upgrade).startsWith("HTTP/1.1 101"));
        for (int i = 0; i < Tries; ++i)
            QVERIFY(ask(port, upgrade, home, elsewhere).startsWith("HTTP/1.1 403"));
        stop(server);
        // Each is there, or counted.
        static const QRegularExpression counts(
            QStringLiteral("([0-9]+) more (?:like it|lines of parley\\.session) were left out"));
        const QString log = QString::fromUtf8(server.readAllStandardError());
        const int lines = int(log.count(QStringLiteral("security: a time session")));
        int leftOut = 0;
        for (auto match = counts.globalMatch(log); match.hasNext();)
            leftOut += match.next().captured(1).toInt();
        QVERIFY2(lines >= 10 && lines < Tries, qPrintable(log));
        QCOMPARE(lines + leftOut, Tries);
    }

private:
    static QByteArray timeSession()
    {
        const QByteArray minute =
            QDateTime::currentDateTimeUtc().toString(QStringLiteral("yyMMddhhmm")).toLatin1();
        return QCryptographicHash::hash("a key of some length1" + minute, QCryptographicHash::Md5)
            .toHex();
    }
};

QTEST_GUILESS_MAIN(SilenceTest)
#include "silence.moc"
