// SPDX-License-Identifier: MIT
#include "support/daemon.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <csignal>
#include <sys/prctl.h>
#include <sys/resource.h>

namespace parley::test {
namespace {

constexpr int Patience = 30'000; // ms

} // namespace

Daemon::Daemon(QString program, QString store, QString dataFolder, const QByteArray &secretKey)
    : m_program(std::move(program))
    , m_store(std::move(store))
    , m_data(std::move(dataFolder))
{
    auto environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("PARLEY_SECRET_KEY"), QString::fromLatin1(secretKey));
    m_process.setProcessEnvironment(environment);
    setOptions({});
}

void Daemon::setOptions(const QStringList &options, int descriptors, qint64 fileBytes)
{
    m_options = options;
    m_process.setChildProcessModifier([descriptors, fileBytes] {
        ::prctl(PR_SET_PDEATHSIG, SIGKILL);
        const rlimit ofDescriptors{rlim_t(descriptors), rlim_t(descriptors)};
        if (descriptors > 0)
            ::setrlimit(RLIMIT_NOFILE, &ofDescriptors);
        const rlimit ofFiles{rlim_t(fileBytes), rlim_t(fileBytes)};
        if (fileBytes > 0)
            ::setrlimit(RLIMIT_FSIZE, &ofFiles);
    });
}

qint64 Daemon::memory(const QByteArray &which) const
{
    QFile status(QStringLiteral("/proc/%1/status").arg(pid()));
    if (!status.open(QIODevice::ReadOnly))
        return -1;
    for (const QByteArray &line : status.readAll().split('\n')) {
        if (line.startsWith(which + ':'))
            return line.mid(which.size() + 1).trimmed().split(' ').first().toLongLong() << 10;
    }
    return -1;
}

void Daemon::forgetPeak()
{
    QFile references(QStringLiteral("/proc/%1/clear_refs").arg(pid()));
    if (references.open(QIODevice::WriteOnly))
        references.write("5");
}

int Daemon::descriptors() const
{
    return int(QDir(QStringLiteral("/proc/%1/fd").arg(pid()))
                   .entryList(QDir::NoDotAndDotDot | QDir::AllEntries | QDir::System)
                   .size());
}

int Daemon::nextDescriptor() const
{
    int next = 0;
    while (QFileInfo(QStringLiteral("/proc/%1/fd/%2").arg(pid()).arg(next)).isSymLink())
        ++next;
    return next;
}

qint64 Daemon::runnableNs() const
{
    QFile schedule(QStringLiteral("/proc/%1/task/%1/schedstat").arg(pid()));
    if (!schedule.open(QIODevice::ReadOnly))
        return -1;
    const QList<QByteArray> fields = schedule.readAll().split(' '); // ran, waited, times
    return fields[0].toLongLong() + fields.value(1).toLongLong();
}

Daemon::~Daemon()
{
    kill();
}

QStringList Daemon::common() const
{
    return {QStringLiteral("--store"), m_store, QStringLiteral("--data"), m_data};
}

bool Daemon::start(quint16 port)
{
    const QString listen = QStringLiteral("127.0.0.1:%1").arg(port);
    m_process.start(m_program,
        QStringList{QStringLiteral("serve"), QStringLiteral("--listen"), listen} + common()
            + m_options);
    m_process.setReadChannel(QProcess::StandardOutput);
    while (!m_process.canReadLine()) {
        if (!m_process.waitForReadyRead(Patience))
            return false;
    }
    const QByteArray line = m_process.readLine().trimmed();
    m_port = line.mid(line.lastIndexOf(':') + 1).replace(" (tls)", "").toUShort();
    return m_port != 0;
}

void Daemon::kill()
{
    if (m_process.state() == QProcess::NotRunning)
        return;
    m_process.kill();
    m_process.waitForFinished(Patience);
}

int Daemon::terminate()
{
    m_process.terminate();
    if (!m_process.waitForFinished(15'000) || m_process.exitStatus() != QProcess::NormalExit)
        return -1;
    return m_process.exitCode();
}

bool Daemon::administer(const QStringList &arguments, const QByteArray &input)
{
    QProcess process;
    process.start(m_program, arguments + common());
    process.write(input);
    process.closeWriteChannel();
    return process.waitForFinished(Patience) && process.exitStatus() == QProcess::NormalExit
        && process.exitCode() == 0;
}

} // namespace parley::test
