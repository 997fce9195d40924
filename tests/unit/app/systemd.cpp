// SPDX-License-Identifier: MIT
// What systemd is told: when it is ready, reloads, stops, and that it is well.
#include "unit/app/program.h"

#include <QSocketNotifier>

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

class SystemdTest : public parley::test::Program {
    Q_OBJECT

private Q_SLOTS:
    void cleanup() { ::close(m_socket); }

    void isToldWhatHappens()
    {
        listen();
        QProcess server;
        serve(server, {});
        QCOMPARE(next(), "READY=1");
        send(server, SIGHUP);
        QVERIFY(next().startsWith("RELOADING=1\nMONOTONIC_USEC="));
        QCOMPARE(next(), "READY=1");
        send(server, SIGTERM);
        QCOMPARE(next(), "STOPPING=1");
        QVERIFY(server.waitForFinished(parley::test::Patience));
        QCOMPARE(next(100), QByteArray()); // without WatchdogSec= there is nothing to feed
    }

    void isToldThatAllIsWell()
    {
        listen();
        m_environment.insert(QStringLiteral("WATCHDOG_USEC"), QStringLiteral("4000000"));
        QProcess server;
        serve(server, {});
        QCOMPARE(next(), "READY=1");
        QCOMPARE(next(), "WATCHDOG=1");
        QCOMPARE(next(), "WATCHDOG=1");
        stop(server);
    }

private:
    void listen()
    {
        const QByteArray path = QFile::encodeName(m_dir->filePath(QStringLiteral("notify")));
        m_socket = ::socket(AF_UNIX, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        QVERIFY(size_t(path.size()) < sizeof address.sun_path);
        memcpy(address.sun_path, path.constData(), size_t(path.size()));
        QCOMPARE(::bind(m_socket, reinterpret_cast<const sockaddr *>(&address), sizeof address), 0);
        m_environment.insert(QStringLiteral("NOTIFY_SOCKET"), QString::fromUtf8(path));
        m_environment.remove(QStringLiteral("QT_FATAL_WARNINGS"));
    }
    QByteArray next(int patience = parley::test::Patience)
    {
        QByteArray text(1000, '\0');
        ssize_t size = -1;
        (void)QTest::qWaitFor(
            [&] { return (size = ::recv(m_socket, text.data(), size_t(text.size()), 0)) > 0; },
            patience);
        return text.first(std::max<ssize_t>(size, 0));
    }

    int m_socket = -1;
};

QTEST_GUILESS_MAIN(SystemdTest)
#include "systemd.moc"
