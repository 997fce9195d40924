// SPDX-License-Identifier: MIT
// The built parleyd, run as a person or a script runs it, with a home of its own.
#pragma once

#include "support/write.h"

#include <QDir>
#include <QHostAddress>
#include <QProcess>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>

namespace parley::test {

constexpr int Patience = 30'000; // ms; nothing waits that long unless something is broken

struct Ran {
    int status = -1;
    QByteArray out;
    QByteArray err;
};

// Tests of parleyd derive from it; each of their functions begins with an empty home.
class Program : public QObject {
    Q_OBJECT

protected Q_SLOTS: // who has more to do begins with it
    void init()
    {
        m_dir = std::make_unique<QTemporaryDir>();
        QVERIFY(m_dir->isValid());
        m_environment = QProcessEnvironment::systemEnvironment();
        for (const QString &name : m_environment.keys()) {
            if (name.startsWith(QLatin1StringView("PARLEY_")))
                m_environment.remove(name);
        }
        m_environment.insert(QStringLiteral("XDG_DATA_HOME"), m_dir->path());
    }

protected:
    void start(QProcess &process, const QByteArrayList &arguments)
    {
        QStringList list;
        for (const QByteArray &argument : arguments)
            list += QString::fromUtf8(argument);
        process.setProcessEnvironment(m_environment);
        process.start(QStringLiteral(PARLEYD), list);
        QVERIFY(process.waitForStarted(Patience));
    }

    Ran run(const QByteArrayList &arguments, const QByteArray &input = {})
    {
        QProcess process;
        start(process, arguments);
        process.write(input);
        process.closeWriteChannel();
        if (!process.waitForFinished(Patience))
            qFatal("%s does not end", arguments.join(' ').constData());
        const bool isNormal = process.exitStatus() == QProcess::NormalExit;
        return {isNormal ? process.exitCode() : -1, process.readAllStandardOutput(),
            process.readAllStandardError()};
    }

    // What a command that goes well prints.
    QByteArray result(const QByteArrayList &arguments, const QByteArray &input = {})
    {
        const Ran ran = run(arguments, input);
        if (ran.status != 0)
            qCritical("%s: %s", arguments.join(' ').constData(), ran.err.constData());
        return ran.status == 0 ? ran.out : "failed";
    }

    // A server that is ready; its line.
    QByteArray serve(QProcess &server, const QByteArrayList &more)
    {
        start(server, QByteArrayList{"serve", "--listen", "127.0.0.1:0"} + more);
        while (!server.canReadLine() && server.waitForReadyRead(Patience)) { }
        return server.readLine();
    }

    static void send(QProcess &process, int signal)
    {
        QVERIFY(process.processId() > 0); // 0 would reach this test itself
        QCOMPARE(::kill(pid_t(process.processId()), signal), 0);
    }

    static quint16 portOf(const QByteArray &line)
    {
        return line.mid(line.lastIndexOf(':') + 1).trimmed().toUShort();
    }

    // At least the head of what a server answers.
    static QByteArray ask(quint16 port, const QByteArray &request,
        const QHostAddress &to = QHostAddress(QHostAddress::LocalHost),
        const QHostAddress &from = {})
    {
        QTcpSocket socket;
        if (!from.isNull())
            socket.bind(from);
        socket.connectToHost(to, port);
        socket.write(request);
        QByteArray answer;
        while (!answer.contains("\r\n\r\n") && socket.waitForReadyRead(Patience))
            answer += socket.readAll();
        return answer;
    }

    void stop(QProcess &server)
    {
        server.terminate();
        QVERIFY(server.waitForFinished(10'000));
        QCOMPARE(server.exitCode(), 0);
    }

    static bool waitForError(QProcess &process, const QByteArray &text)
    {
        QByteArray all;
        process.setReadChannel(QProcess::StandardError);
        do
            all += process.readAllStandardError();
        while (!all.contains(text) && process.waitForReadyRead(Patience));
        process.setReadChannel(QProcess::StandardOutput);
        return all.contains(text);
    }

    QString write(const char *name, const QByteArray &content)
    {
        return test::write(m_dir->filePath(QString::fromLatin1(name)), content);
    }

    std::unique_ptr<QTemporaryDir> m_dir;
    QProcessEnvironment m_environment;
};

} // namespace parley::test
