// SPDX-License-Identifier: MIT
#include "support/pgbouncer.h"

#include "support/serveraccount.h"

#include <QDeadlineTimer>
#include <QDir>
#include <QFile>
#include <QLocalSocket>
#include <QUrl>

using namespace std::chrono_literals;

namespace parley::test {

namespace {

constexpr auto Program = "/usr/sbin/pgbouncer";
constexpr int SocketPort = 6432; // no port: a part of the socket's name

} // namespace

PgBouncer::PgBouncer(const Postgres &server)
    : m_port(server.port())
    , m_folder(QDir::tempPath() + QStringLiteral("/parley-pgb-XXXXXX"))
{
    runAsServer(m_process);
    m_process.setProcessChannelMode(QProcess::MergedChannels);
}

PgBouncer::~PgBouncer()
{
    m_process.kill();
    m_process.waitForFinished();
}

Done PgBouncer::start()
{
    if (const Done given = giveToServers(m_folder.path()); !given)
        return given;
    QFile settings(m_folder.filePath(QStringLiteral("pgbouncer.ini")));
    if (!settings.open(QFile::WriteOnly))
        return Failure{settings.errorString()};
    settings.write(QStringLiteral("[databases]\n"
                                  "* = host=127.0.0.1 port=%1 user=parley\n"
                                  "[pgbouncer]\n"
                                  "listen_addr =\n"
                                  "listen_port = %2\n"
                                  "unix_socket_dir = %3\n"
                                  "auth_type = any\n"
                                  "pool_mode = session\n"
                                  "ignore_startup_parameters = options\n")
                       .arg(m_port)
                       .arg(SocketPort)
                       .arg(m_folder.path())
                       .toUtf8());
    settings.setPermissions(settings.permissions() | QFile::ReadOther);
    settings.close();
    m_process.start(QString::fromLatin1(Program), {settings.fileName()});
    const QString socket = m_folder.filePath(QStringLiteral(".s.PGSQL.%1").arg(SocketPort));
    for (const QDeadlineTimer deadline(30s); !deadline.hasExpired();) {
        QLocalSocket probe; // the socket is there before somebody listens to it
        probe.connectToServer(socket);
        if (probe.waitForConnected(100))
            return done();
        if (m_process.waitForFinished(5) || m_process.state() == QProcess::NotRunning)
            break;
    }
    return Failure{QStringLiteral("PgBouncer does not start: ")
        + QString::fromUtf8(m_process.readAll()) + m_process.errorString()};
}

QString PgBouncer::url(const QString &direct) const
{
    return QStringLiteral("postgresql://parley@%1:%2%3")
        .arg(QString::fromLatin1(QUrl::toPercentEncoding(m_folder.path())),
            QString::number(SocketPort), QUrl(direct).path());
}

} // namespace parley::test
