// SPDX-License-Identifier: MIT
#include "support/postgres.h"

#include "support/freeport.h"
#include "support/serveraccount.h"
#include "support/why.h"

#include <QDeadlineTimer>
#include <QDir>
#include <QFile>
#include <QThread>
#include <QUrl>

#include <libpq-fe.h>

#include <csignal>
#include <memory>
#include <unistd.h>

using namespace std::chrono_literals;

namespace parley::test {

namespace {

constexpr auto StartTimeout = 30s;

// The folder of the newest installed server's programs.
QString programs()
{
    const QDir root(QStringLiteral("/usr/lib/postgresql"));
    auto versions = root.entryList(QDir::Dirs | QDir::NoDotAndDotDot);
    std::sort(versions.begin(), versions.end(),
        [](const QString &a, const QString &b) { return a.toInt() > b.toInt(); });
    for (const auto &version : versions) {
        const QString bin = root.filePath(version + QStringLiteral("/bin/"));
        if (QFile::exists(bin + QStringLiteral("postgres")))
            return bin;
    }
    return {};
}

std::vector<pid_t> childrenOf(qint64 pid)
{
    QFile file(QStringLiteral("/proc/%1/task/%1/children").arg(pid));
    std::vector<pid_t> children;
    if (file.open(QIODevice::ReadOnly)) {
        for (const auto &child : file.readAll().simplified().split(' ')) {
            if (child.toInt() > 0)
                children.push_back(child.toInt());
        }
    }
    return children;
}

} // namespace

Postgres::Postgres(Disk disk)
    : m_disk(disk)
    , m_folder(QDir::tempPath() + QStringLiteral("/parley-pg-XXXXXX"))
{
    runAsServer(m_server);
    m_server.setWorkingDirectory(m_folder.path());
    m_server.setStandardOutputFile(QProcess::nullDevice());
    m_server.setStandardErrorFile(m_folder.filePath(QStringLiteral("log")), QIODevice::Append);
}

Postgres::~Postgres()
{
    stop(Stop::Immediate);
}

Done Postgres::start()
{
    if (isRunning())
        return done();
    const bool first = m_port == 0;
    if (first) {
        if (auto made = initialize(); !made)
            return made;
    }
    // Not at the first try when another program takes the port, or when processes of a server
    // that was killed still hold its memory.
    for (const QDeadlineTimer deadline(StartTimeout); !deadline.hasExpired();) {
        if (first)
            m_port = freePort();
        if (launch())
            return done();
        QThread::msleep(20);
    }
    return Failure{QStringLiteral("PostgreSQL does not start: ") + QString::fromUtf8(log())};
}

Done Postgres::initialize()
{
    if (programs().isEmpty())
        return Failure{QStringLiteral("no PostgreSQL server in /usr/lib/postgresql")};
    if (const Done given = giveToServers(m_folder.path()); !given)
        return given;
    QProcess initdb;
    runAsServer(initdb);
    initdb.setWorkingDirectory(m_folder.path());
    initdb.setProcessChannelMode(QProcess::MergedChannels);
    initdb.start(programs() + QStringLiteral("initdb"),
        {QStringLiteral("--no-sync"), QStringLiteral("--no-locale"), QStringLiteral("-Atrust"),
            QStringLiteral("-EUTF8"), QStringLiteral("-Uparley"), QStringLiteral("-Ddata")});
    if (!initdb.waitForFinished() || initdb.exitCode() != 0)
        return Failure{QStringLiteral("initdb: ") + QString::fromUtf8(initdb.readAll())};
    return done();
}

// False when it ended before it was ready.
bool Postgres::launch()
{
    const auto settings = {
        QStringLiteral("listen_addresses=127.0.0.1"),
        QStringLiteral("unix_socket_directories=") + m_folder.path(),
        QStringLiteral("port=%1").arg(m_port),
        m_disk == Disk::Durable ? QStringLiteral("fsync=on") : QStringLiteral("fsync=off"),
        QStringLiteral("dynamic_shared_memory_type=mmap"), // leaves nothing outside its folder
        QStringLiteral("shared_buffers=32MB"),
        QStringLiteral("autovacuum_naptime=10s"),
        QStringLiteral("timezone=UTC"),
    };
    QStringList arguments{QStringLiteral("-D"), QStringLiteral("data")};
    for (const auto &setting : settings)
        arguments << QStringLiteral("-c") << setting;
    m_server.start(programs() + QStringLiteral("postgres"), arguments);
    const auto target = url(QStringLiteral("postgres")).toUtf8();
    const QDeadlineTimer deadline(StartTimeout);
    while (!m_server.waitForFinished(5) && m_server.state() != QProcess::NotRunning) {
        if (PQping(target.constData()) == PQPING_OK)
            return true;
        if (deadline.hasExpired())
            stop(Stop::Kill);
    }
    return false;
}

void Postgres::stop(Stop how)
{
    if (!isRunning())
        return;
    const auto children = how == Stop::Kill ? childrenOf(pid()) : std::vector<pid_t>();
    ::kill(pid_t(pid()), int(how));
    for (const pid_t child : children)
        ::kill(child, SIGKILL);
    if (!m_server.waitForFinished(30'000)) {
        m_server.kill();
        m_server.waitForFinished();
    }
}

bool Postgres::isRunning() const
{
    return m_server.state() != QProcess::NotRunning;
}

Result<QString> Postgres::createDatabase()
{
    const auto name = QStringLiteral("test%1").arg(++m_databases);
    auto made = query(url(QStringLiteral("postgres")), "CREATE DATABASE " + name.toUtf8());
    if (!made)
        return made.failure();
    return url(name);
}

Result<QByteArray> Postgres::query(const QString &url, const QByteArray &sql)
{
    const std::unique_ptr<PGconn, void (*)(PGconn *)> connection(
        PQconnectdb(url.toUtf8().constData()), PQfinish);
    const std::unique_ptr<PGresult, void (*)(PGresult *)> result(
        PQexec(connection.get(), sql.constData()), PQclear);
    const auto status = PQresultStatus(result.get());
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK)
        return Failure{QString::fromUtf8(PQerrorMessage(connection.get()))};
    if (PQntuples(result.get()) == 0)
        return QByteArray();
    return QByteArray(PQgetvalue(result.get(), 0, 0));
}

QByteArray Postgres::log() const
{
    QFile file(m_folder.filePath(QStringLiteral("log")));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QString Postgres::url(const QString &database) const
{
    return QStringLiteral("postgresql://parley@127.0.0.1:%1/%2").arg(m_port).arg(database);
}

PostgresDatabase::PostgresDatabase(Postgres &server)
    : m_server(server)
    , m_url(valueOf(server.createDatabase()))
{
}

QString PostgresDatabase::urlThrough(quint16 port) const
{
    QUrl url(m_url);
    url.setPort(port);
    return url.toString();
}

QByteArray PostgresDatabase::query(const QByteArray &sql)
{
    return valueOf(m_server.query(m_url, sql));
}

} // namespace parley::test
