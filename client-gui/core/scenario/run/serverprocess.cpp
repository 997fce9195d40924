// SPDX-License-Identifier: MIT
#include "scenario/run/serverprocess.h"

#include <QFile>
#include <QRandomGenerator>

#include <array>
#include <csignal>
#include <sys/prctl.h>

namespace parley::scenario {
namespace {

QByteArray secret()
{
    std::array<quint32, 4> random;
    QRandomGenerator::system()->fillRange(random.data(), random.size());
    return QByteArray(reinterpret_cast<const char *>(random.data()), sizeof(random)).toHex();
}

void diesWithUs(QProcess &process)
{
    process.setChildProcessModifier([] {
        ::prctl(PR_SET_PDEATHSIG, SIGKILL);
        // What we keep for our own end is not kept from it.
        sigset_t none;
        sigemptyset(&none);
        ::sigprocmask(SIG_SETMASK, &none, nullptr);
    });
}

} // namespace

ServerProcess::ServerProcess(Setup setup, QObject *parent)
    : QObject(parent)
    , m_setup(std::move(setup))
    , m_secretKey(secret())
    , m_adminToken(secret())
{
    QFile key(m_folder.filePath(QStringLiteral("secret.key")));
    if (key.open(QIODevice::WriteOnly)) {
        key.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner);
        key.write(m_secretKey);
    }
    diesWithUs(m_import);
    diesWithUs(m_server);
    connect(&m_import, &QProcess::finished, this, [this](int code, QProcess::ExitStatus status) {
        m_isImporting = false;
        readLog(m_import);
        m_hasUsers = status == QProcess::NormalExit && code == 0;
        m_hasUsers ? serve() : hasEnded();
    });
    connect(&m_server, &QProcess::finished, this, [this] {
        readLog(m_server);
        hasEnded();
    });
    for (QProcess *process : {&m_import, &m_server}) {
        connect(process, &QProcess::errorOccurred, this, [this, process](QProcess::ProcessError e) {
            if (e != QProcess::FailedToStart)
                return;
            m_isImporting = false;
            m_log += process->errorString().toUtf8() + '\n';
            hasEnded();
        });
    }
    connect(&m_server, &QProcess::readyReadStandardOutput, this, &ServerProcess::readOutput);
    connect(&m_server, &QProcess::readyReadStandardError, this, [this] { readLog(m_server); });
}

ServerProcess::~ServerProcess()
{
    for (QProcess *process : {&m_import, &m_server}) {
        process->disconnect(this);
        process->kill();
        process->waitForFinished();
    }
}

// What is configured for the server of the machine must not change what a scenario finds.
QProcessEnvironment ServerProcess::environment() const
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (const QString &key : environment.keys()) {
        if (key.startsWith(QLatin1String("PARLEY_")))
            environment.remove(key);
    }
    const auto set = [&](const QString &key, const QString &value) {
        QString name = QStringLiteral("PARLEY_") + key.toUpper();
        environment.insert(name.replace(u'.', u'_'), value);
    };
    for (auto setting = m_setup.settings.begin(); setting != m_setup.settings.end(); ++setting)
        set(setting.key(), *setting);
    set(QStringLiteral("session.secret_key_file"), m_folder.filePath(QStringLiteral("secret.key")));
    set(QStringLiteral("admin_token"), QString::fromLatin1(m_adminToken));
    return environment;
}

QStringList ServerProcess::common() const
{
    const QString own = QStringLiteral("sqlite:") + m_folder.filePath(QStringLiteral("parley.db"));
    return {QStringLiteral("--store"), m_setup.store.isEmpty() ? own : m_setup.store,
        QStringLiteral("--data"), m_folder.path()};
}

QString ServerProcess::storeKind() const
{
    return m_setup.store.startsWith(QLatin1String("postgresql:")) ? QStringLiteral("PostgreSQL")
                                                                  : QStringLiteral("SQLite");
}

QUrl ServerProcess::url() const
{
    return QUrl(QStringLiteral("ws://127.0.0.1:%1").arg(m_port));
}

void ServerProcess::start()
{
    if (isRunning())
        return;
    m_failure.clear();
    m_hasUsers ? serve() : importUsers();
}

void ServerProcess::importUsers()
{
    m_isImporting = true;
    m_import.setProcessEnvironment(environment());
    m_import.start(m_setup.program,
        QStringList{QStringLiteral("user"), QStringLiteral("import"), QStringLiteral("-")}
            + common());
    m_import.write(m_setup.users);
    m_import.closeWriteChannel();
}

void ServerProcess::serve()
{
    m_server.setProcessEnvironment(environment());
    QStringList arguments{QStringLiteral("serve"), QStringLiteral("--listen"),
        QStringLiteral("127.0.0.1:%1").arg(m_port)};
    if (m_setup.trace)
        arguments.append(QStringLiteral("--trace"));
    m_server.start(m_setup.program, arguments + common());
}

void ServerProcess::readOutput()
{
    m_server.setReadChannel(QProcess::StandardOutput);
    while (m_server.canReadLine()) {
        const QByteArray line = m_server.readLine().trimmed();
        const quint16 port = line.mid(line.lastIndexOf(':') + 1).toUShort();
        if (port == 0 || m_isReady)
            continue;
        m_port = port;
        m_isReady = true;
        Q_EMIT ready();
    }
}

void ServerProcess::readLog(QProcess &process)
{
    m_log += process.readAllStandardError();
    if (m_log.size() > MostLogBytes)
        m_log = "[...]\n" + m_log.last(MostLogBytes / 2);
}

void ServerProcess::kill()
{
    m_isReady = false;
    m_server.kill();
}

void ServerProcess::stop()
{
    m_isReady = false;
    m_server.terminate();
}

void ServerProcess::hasEnded()
{
    m_isReady = false;
    const QByteArray last = m_log.trimmed().split('\n').last().right(500);
    m_failure = QStringLiteral("the server is not running: %1").arg(QString::fromUtf8(last));
    Q_EMIT ended();
}

} // namespace parley::scenario
