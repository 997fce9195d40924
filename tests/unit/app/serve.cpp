// SPDX-License-Identifier: MIT
// What is around the server: when it is ready, signals, the demonstration.
#include "unit/app/program.h"

#include <QRegularExpression>

#include <sys/stat.h>

using parley::test::Patience;
using parley::test::Ran;

static const QByteArray Health = "GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n";
static const QByteArray Well = "HTTP/1.1 200";

class ServeTest : public parley::test::Program {
    Q_OBJECT

private Q_SLOTS:
    void serveSaysWhereAndStopsWhenAsked_data()
    {
        QTest::addColumn<int>("signal");
        QTest::newRow("SIGTERM") << SIGTERM;
        QTest::newRow("SIGINT") << SIGINT;
    }
    void serveSaysWhereAndStopsWhenAsked()
    {
        QFETCH(int, signal);
        m_environment.insert(
            QStringLiteral("PARLEY_SECRET_KEY"), QStringLiteral("hush hush hush hush"));
        QProcess server;
        const QByteArray line = serve(server, {});
        static const QRegularExpression form(
            QStringLiteral("^parleyd: listening on 127\\.0\\.0\\.1:[1-9][0-9]*\n$"));
        QVERIFY2(form.match(QString::fromLatin1(line)).hasMatch(), line.constData());
        send(server, signal);
        QVERIFY(server.waitForFinished(10'000));
        QCOMPARE(server.exitStatus(), QProcess::NormalExit);
        QCOMPARE(server.exitCode(), 0);
        QCOMPARE(server.readAllStandardOutput(), QByteArray());
        const QByteArray log = server.readAllStandardError();
        QVERIFY(log.contains("store sqlite gateways"));
        QVERIFY(!log.contains("hush"));
    }

    void administrationWorksBesideAServer()
    {
        QProcess server;
        serve(server, {});
        QCOMPARE(result({"user", "add", "alice", "--password-stdin"}, "pw\n"), "1\n");
        QVERIFY(result({"session", "alice"}).startsWith("p1_"));
        QCOMPARE(run({"check"}).status, 0);
        stop(server);
    }

    void aStoreHasOneServer()
    {
        QProcess server;
        serve(server, {});
        const Ran second = run({"serve", "--listen", "127.0.0.1:0"});
        QCOMPARE(second.status, 1);
        QVERIFY2(second.err.contains("another server uses this store"), second.err.constData());
        server.kill(); // and leaves it to the next
        QVERIFY(server.waitForFinished(10'000));
        QProcess next;
        serve(next, {});
        stop(next);
    }

    void hangupHasTheLogLevelReadAgain()
    {
        m_environment.remove(QStringLiteral("QT_FATAL_WARNINGS")); // for one is expected
        const QString file = write("parley.toml", "log.level = 'info'\n");
        QProcess server;
        serve(server, {"--config", file.toUtf8()});
        write("parley.toml", "log.level = 'loud'\n");
        send(server, SIGHUP);
        QVERIFY(waitForError(server, "not read again: "));
        write("parley.toml", "log.level = 'error'\n");
        send(server, SIGHUP);
        stop(server);
        QVERIFY(!server.readAllStandardError().contains("stopping"));
    }

    // Others wait while it is read, and nobody may be writing to it.
    void aPipeIsNotReadAgain()
    {
        m_environment.remove(QStringLiteral("QT_FATAL_WARNINGS"));
        const QString file = write("parley.toml", "log.level = 'info'\n");
        QProcess server;
        const QByteArray line = serve(server, {"--config", file.toUtf8()});
        QVERIFY(QFile::remove(file));
        QCOMPARE(::mkfifo(QFile::encodeName(file), 0600), 0);
        send(server, SIGHUP);
        QVERIFY(waitForError(server, "not a regular file"));
        stop(server);
    }

    // What comes before it is ready neither kills it nor is forgotten.
    void signalsMayComeEarly_data()
    {
        QTest::addColumn<int>("signal");
        QTest::addColumn<QByteArray>("mask");
        QTest::newRow("SIGHUP") << SIGHUP << QByteArray("SigBlk:");
        QTest::newRow("SIGTERM") << SIGTERM << QByteArray("SigCgt:");
        QTest::newRow("SIGINT") << SIGINT << QByteArray("SigCgt:");
    }
    void signalsMayComeEarly()
    {
        QFETCH(int, signal);
        QFETCH(QByteArray, mask);
        QProcess server;
        start(server, {"serve", "--listen", "127.0.0.1:0", "--demo"}); // hashes passwords first
        const QString status = QStringLiteral("/proc/%1/status").arg(server.processId());
        const auto isExpected = [&] { // by when it is ready at the latest
            QFile file(status);
            if (!file.open(QIODevice::ReadOnly))
                return false;
            const QByteArray text = file.readAll();
            const qsizetype at = text.indexOf(mask) + mask.size();
            const auto bits = text.mid(at, 18).trimmed().toULongLong(nullptr, 16);
            return bool((bits >> (signal - 1)) & 1);
        };
        QVERIFY(QTest::qWaitFor(isExpected, Patience));
        send(server, signal);
        if (signal == SIGHUP) {
            QVERIFY(waitForError(server, "the log level was read again"));
            send(server, SIGTERM);
        }
        QVERIFY(server.waitForFinished(10'000));
        QCOMPARE(server.exitStatus(), QProcess::NormalExit);
        QCOMPARE(server.exitCode(), 0);
    }

    void demoMakesUsersAndASecret()
    {
        const QString secret = m_dir->filePath(QStringLiteral("parley/secret.key"));
        QByteArray key;
        for (int start = 0; start < 2; ++start) {
            QProcess server;
            serve(server, {"--demo"});
            stop(server);
            QFile file(secret);
            QVERIFY(file.open(QIODevice::ReadOnly));
            QCOMPARE(file.permissions() & ~QFileDevice::Permissions(0x7700),
                QFileDevice::Permissions(0));
            const QByteArray now = file.readAll();
            QCOMPARE(now.size(), 65);
            QVERIFY(start == 0 || now == key);
            key = now;
        }
        QCOMPARE(result({"user", "list"}), "1\talice\tenabled\n2\tbob\tenabled\n");
    }

    void demoKeepsAConfiguredSecret()
    {
        m_environment.insert(
            QStringLiteral("PARLEY_SECRET_KEY"), QStringLiteral("mine and nobody else's"));
        QProcess server;
        serve(server, {"--demo"});
        stop(server);
        QVERIFY(!QFile::exists(m_dir->filePath(QStringLiteral("parley/secret.key"))));
    }

    void demoIsForLoopbackOnly()
    {
        for (const char *listen : {"0.0.0.0:0", "[::]:0"}) {
            const Ran ran = run({"serve", "--demo", "--insecure", "--listen", listen});
            QCOMPARE(ran.status, 2);
            QCOMPARE(ran.out, QByteArray());
            QVERIFY(ran.err.contains("loopback"));
        }
    }

    void traceMakesATokenForItsOwnerAlone()
    {
        const QString path = m_dir->filePath(QStringLiteral("parley/admin.token"));
        QByteArray token;
        for (int start = 0; start < 2; ++start) {
            QProcess server;
            serve(server, {"--trace"});
            stop(server);
            QFile file(path);
            QVERIFY(file.open(QIODevice::ReadOnly));
            QCOMPARE(file.permissions() & ~QFileDevice::Permissions(0x7700),
                QFileDevice::Permissions(0));
            const QByteArray now = file.readAll();
            QCOMPARE(now.size(), 65);
            QVERIFY(start == 0 || now == token);
            token = now;
            const QByteArray log = server.readAllStandardError();
            QVERIFY2(log.contains(path.toUtf8()), log);
            QVERIFY(!log.contains(token.trimmed()));
        }
    }

    void traceKeepsAConfiguredToken()
    {
        m_environment.insert(QStringLiteral("PARLEY_ADMIN_TOKEN"), QStringLiteral("hush hush"));
        QProcess server;
        serve(server, {"--trace"});
        stop(server);
        QVERIFY(!QFile::exists(m_dir->filePath(QStringLiteral("parley/admin.token"))));
        QVERIFY(!server.readAllStandardError().contains("hush"));
    }

    void anEmptyTokenIsRefused()
    {
        m_environment.insert(QStringLiteral("PARLEY_ADMIN_TOKEN"), QString());
        QCOMPARE(run({"serve", "--trace"}).status, 2);
        m_environment.remove(QStringLiteral("PARLEY_ADMIN_TOKEN"));
        QVERIFY(QDir(m_dir->path()).mkpath(QStringLiteral("parley")));
        QVERIFY(QFile::setPermissions(write("parley/admin.token", "\n"), QFile::ReadOwner));
        QCOMPARE(run({"serve", "--trace"}).status, 1);
    }

    void withoutATraceThereIsNoToken()
    {
        QProcess server;
        serve(server, {});
        stop(server);
        QVERIFY(!QFile::exists(m_dir->filePath(QStringLiteral("parley/admin.token"))));
    }

    void everyAddressIsListenedTo()
    {
        QProcess server;
        const QByteArray line = serve(server, {"--listen", "[::1]:0", "--listen=127.0.0.2:0"});
        static const QRegularExpression form(
            QStringLiteral("^parleyd: listening on 127\\.0\\.0\\.1:([0-9]+), \\[::1\\]:([0-9]+), "
                           "127\\.0\\.0\\.2:([0-9]+)\n$"));
        const auto match = form.match(QString::fromLatin1(line));
        QVERIFY2(match.hasMatch(), line.constData());
        const char *addresses[] = {"127.0.0.1", "::1", "127.0.0.2"};
        for (int i = 0; i < 3; ++i) {
            const QHostAddress address(QString::fromLatin1(addresses[i]));
            QVERIFY(ask(match.captured(i + 1).toUShort(), Health, address).startsWith(Well));
        }
        stop(server);
    }

    void anyAddressOfIpv6TakesBothFamilies()
    {
        QProcess server;
        m_environment.insert(QStringLiteral("PARLEY_LISTEN"), QStringLiteral("[::]:0"));
        start(server, {"serve", "--insecure"});
        while (!server.canReadLine() && server.waitForReadyRead(Patience)) { }
        const QByteArray line = server.readLine();
        const quint16 port = portOf(line);
        QCOMPARE(line, "parleyd: listening on [::]:" + QByteArray::number(port) + '\n');
        for (const auto address : {QHostAddress::LocalHost, QHostAddress::LocalHostIPv6}) {
            QVERIFY(ask(port, Health, address).startsWith(Well));
            // Loopback is loopback, whichever family it came by.
            QVERIFY(
                ask(port, "GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n", address).startsWith(Well));
        }
        stop(server);
    }

    void oneAddressThatCannotBeHadFailsTheStart()
    {
        QProcess first;
        const QByteArray taken = "127.0.0.1:" + QByteArray::number(portOf(serve(first, {})));
        const QByteArray store = "sqlite:" + m_dir->filePath(QStringLiteral("other.db")).toUtf8();
        const Ran second =
            run({"serve", "--store", store, "--listen", "[::1]:0", "--listen", taken});
        QCOMPARE(second.status, 1);
        QCOMPARE(second.out, QByteArray());
        QVERIFY2(second.err.contains("cannot listen on " + taken), second.err.constData());
        stop(first);
    }

    void aTakenPortFails()
    {
        QProcess first;
        const QByteArray line = serve(first, {}).trimmed();
        const QByteArray address = line.mid(line.lastIndexOf(' ') + 1);
        const Ran second = run({"serve", "--listen", address});
        QCOMPARE(second.status, 1);
        QCOMPARE(second.out, QByteArray());
        stop(first);
    }
};

QTEST_GUILESS_MAIN(ServeTest)
#include "serve.moc"
