// SPDX-License-Identifier: MIT
// The log never holds up the server, whoever reads it or does not.
#include "unit/app/program.h"

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
        constexpr int Tries = 120;
        QProcess server;
        const quint16 port = portOf(serve(server, {"--log.level", "debug"}));
        for (int i = 0; i < Tries; ++i)
            QVERIFY(
                ask(port, "GET /nowhere HTTP/1.1\r\nHost: x\r\n\r\n").startsWith("HTTP/1.1 404"));
        stop(server);
        // Each is there, or counted.
        static const QRegularExpression counts(
            QStringLiteral("([0-9]+) more (?:like it|lines of parley\\.gateway) were left out"));
        const QString log = QString::fromUtf8(server.readAllStandardError());
        const int lines = int(log.count(QStringLiteral("refused: address=127.0.0.1")));
        int leftOut = 0;
        for (auto match = counts.globalMatch(log); match.hasNext();)
            leftOut += match.next().captured(1).toInt();
        QVERIFY2(lines >= 10 && lines < Tries, qPrintable(log));
        QCOMPARE(lines + leftOut, Tries);
    }
};

QTEST_GUILESS_MAIN(SilenceTest)
#include "silence.moc"
