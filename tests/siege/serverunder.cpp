// SPDX-License-Identifier: MIT
#include "siege/serverunder.h"

#include "siege/words.h"

#include <QDir>
#include <QFile>

#include <csignal>
#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

namespace parley::siege {

namespace {

constexpr int UnreadPipeBytes = 4096; // the least: full at once
constexpr qsizetype LastBytes = 6000;

qint64 statusKib(qint64 pid, const QByteArray &field)
{
    QFile file(QStringLiteral("/proc/%1/status").arg(pid));
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    for (const QByteArray &line : file.readAll().split('\n')) {
        if (line.startsWith(field))
            return line.mid(field.size()).trimmed().split(' ').first().toLongLong();
    }
    return 0;
}

} // namespace

ServerUnder::ServerUnder(QString program, QString folder, const Footing &footing)
    : m_folder(std::move(folder))
    , m_isTls(footing.isTls)
    , m_certificates(m_folder)
    , m_daemon(std::move(program), QStringLiteral("sqlite:") + databaseFile(),
          m_folder + QStringLiteral("/data"), SecretKey)
{
    prepare(footing);
}

ServerUnder::~ServerUnder()
{
    m_daemon.kill();
    for (const int end : m_unread) {
        if (end >= 0)
            ::close(end);
    }
}

std::string ServerUnder::url() const
{
    return (m_isTls ? "wss://127.0.0.1:" : "ws://127.0.0.1:") + std::to_string(port());
}

QString ServerUnder::databaseFile() const
{
    return m_folder + QStringLiteral("/parley.db");
}
QString ServerUnder::logFile() const
{
    return m_folder + QStringLiteral("/log");
}

void ServerUnder::prepare(const Footing &footing)
{
    QProcess &process = m_daemon.process();
    QProcessEnvironment environment = process.processEnvironment();
    environment.insert(QStringLiteral("PARLEY_TRACE_ENABLED"), QStringLiteral("true"));
    environment.insert(QStringLiteral("PARLEY_ADMIN_TOKEN"), QLatin1String(words::AdminToken));
    environment.insert(QStringLiteral("PARLEY_PRESENCE_INTERVAL_MS"),
        QString::number(footing.heartbeatIntervalMs));
    environment.insert(
        QStringLiteral("PARLEY_PRESENCE_TIMEOUT_MS"), QString::number(footing.heartbeatTimeoutMs));
    // Reports go to files, for stderr may be read by nobody.
    for (const auto *name : {"ASAN_OPTIONS", "TSAN_OPTIONS", "UBSAN_OPTIONS"}) {
        const QString key = QLatin1String(name);
        QString value = environment.value(key);
        if (!value.isEmpty())
            value += QLatin1Char(' ');
        value += QStringLiteral("log_path=%1/sanitizer").arg(m_folder);
        environment.insert(key, value);
    }
    if (m_isTls) {
        const QString host = QStringLiteral("127.0.0.1");
        m_certificates.add(host);
        environment.insert(
            QStringLiteral("PARLEY_TLS_CERTIFICATE_FILE"), m_certificates.certificate(host));
        environment.insert(QStringLiteral("PARLEY_TLS_KEY_FILE"), m_certificates.key(host));
    }
    process.setProcessEnvironment(environment);

    if (footing.isErrorUnread) {
        if (::pipe2(m_unread, O_CLOEXEC) != 0)
            qFatal("no pipe");
        ::fcntl(m_unread[1], F_SETPIPE_SZ, UnreadPipeBytes);
    } else {
        process.setStandardErrorFile(logFile());
    }
    const int error = m_unread[1];
    const rlim_t descriptors = rlim_t(footing.descriptors);
    process.setChildProcessModifier([error, descriptors] {
        ::prctl(PR_SET_PDEATHSIG, SIGKILL);
        if (error >= 0)
            ::dup2(error, STDERR_FILENO);
        if (descriptors > 0) {
            const rlimit limit{descriptors, descriptors};
            ::setrlimit(RLIMIT_NOFILE, &limit);
        }
    });
}

bool ServerUnder::importUsers(const std::string &lines)
{
    return m_daemon.administer(
        {QStringLiteral("user"), QStringLiteral("import"), QStringLiteral("-")},
        QByteArray::fromStdString(lines));
}

bool ServerUnder::start()
{
    return m_daemon.start();
}

int ServerUnder::terminate()
{
    return m_daemon.terminate();
}

bool ServerUnder::hasEnded()
{
    QProcess &process = m_daemon.process();
    return process.state() == QProcess::NotRunning || process.waitForFinished(0);
}

QString ServerUnder::howItEnded() const
{
    const QProcess &process = m_daemon.process();
    return process.exitStatus() == QProcess::CrashExit
        ? QStringLiteral("by signal %1").arg(process.exitCode())
        : QStringLiteral("with status %1").arg(process.exitCode());
}

int ServerUnder::descriptors() const
{
    return int(QDir(QStringLiteral("/proc/%1/fd").arg(pid()))
                   .entryList(QDir::AllEntries | QDir::System | QDir::NoDotAndDotDot)
                   .size());
}

qint64 ServerUnder::peakKib() const
{
    return statusKib(pid(), "VmHWM:");
}

qint64 ServerUnder::residentKib() const
{
    return statusKib(pid(), "VmRSS:");
}

void ServerUnder::pause()
{
    ::kill(pid(), SIGSTOP);
}
void ServerUnder::goOn()
{
    ::kill(pid(), SIGCONT);
}

bool ServerUnder::moveDatabaseAway()
{
    return QFile::rename(databaseFile(), databaseFile() + QStringLiteral(".away"));
}

bool ServerUnder::moveDatabaseBack()
{
    // Over whatever stands there by now; rename(2) replaces it.
    return ::rename(
               qPrintable(databaseFile() + QStringLiteral(".away")), qPrintable(databaseFile()))
        == 0;
}

std::string ServerUnder::reports() const
{
    std::string text;
    const QDir folder(m_folder);
    for (const QString &name : folder.entryList({QStringLiteral("sanitizer*")}, QDir::Files)) {
        QFile file(folder.filePath(name));
        if (file.open(QIODevice::ReadOnly))
            text += file.readAll().toStdString();
    }
    return text;
}

std::string ServerUnder::lastWords() const
{
    QFile file(logFile());
    if (!file.open(QIODevice::ReadOnly))
        return {};
    file.seek(std::max(qint64(0), file.size() - LastBytes));
    return file.readAll().toStdString();
}

} // namespace parley::siege
