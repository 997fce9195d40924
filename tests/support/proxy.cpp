// SPDX-License-Identifier: MIT
#include "support/proxy.h"

#include "support/freeport.h"

#include <QDeadlineTimer>
#include <QFile>
#include <QLocalSocket>
#include <QTcpSocket>

using namespace std::chrono_literals;

namespace parley::test {
namespace {

struct Place {
    QByteArrayView language;
    int number; // of the document's examples in it
};
constexpr Place Places[]{{"haproxy", 0}, {"haproxy", 1}, {"nginx", 0}};

} // namespace

Proxy::Proxy(Example example, quint16 server, const QString &certificate,
    const QMap<QByteArray, QByteArray> &changes)
    : m_example(example)
    , m_server(server)
    , m_certificate(certificate)
    , m_changes(changes)
    , m_port(freePort())
    , m_tlsPort(freePort())
{
    m_process.setProcessChannelMode(QProcess::MergedChannels);
}

Proxy::~Proxy()
{
    end();
}

QByteArray Proxy::example() const
{
    QFile document(QStringLiteral(PARLEY_DOCS "/operations.md"));
    if (!document.open(QFile::ReadOnly))
        qFatal("%s", qPrintable(document.errorString()));
    const QByteArray text = document.readAll();
    const auto [language, number] = Places[size_t(m_example)];
    const QByteArray fence = "\n```" + language.toByteArray() + '\n';
    qsizetype begin = -1;
    for (int i = 0; i <= number; ++i) {
        begin = text.indexOf(fence, begin + 1);
        if (begin < 0)
            qFatal("docs/operations.md has no example %d of %s", i, language.data());
    }
    begin += fence.size();
    return text.sliced(begin, text.indexOf("\n```", begin) + 1 - begin);
}

// A change that changes nothing is a mistake: the example is not what the test takes it for.
Done Proxy::configure()
{
    const QByteArray port = "127.0.0.1:" + QByteArray::number(m_port);
    const QByteArray tlsPort = "127.0.0.1:" + QByteArray::number(m_tlsPort);
    const QByteArray certificate = m_certificate.toUtf8();
    const QByteArray folder = m_folder.path().toUtf8();
    auto changes = m_changes;
    changes["127.0.0.1:2345"] = "127.0.0.1:" + QByteArray::number(m_server);
    if (m_example == Example::Nginx) {
        changes["listen 443 ssl;"] = "listen " + port + "; listen " + tlsPort + " ssl;";
        changes["/etc/nginx/chat.pem"] = certificate;
        changes["/etc/nginx/chat.key"] = certificate;
        changes["/var/log/nginx"] = folder;
    } else {
        changes["bind :443 ssl crt /etc/haproxy/chat.pem"] =
            "bind " + port + "\n    bind " + tlsPort + " ssl crt " + certificate;
        changes["log /dev/log local0"] = "log stderr format raw local0\n    stats socket " + folder
            + "/haproxy.sock\n    stats timeout 10s";
    }
    QByteArray text = example();
    for (const auto &[from, to] : changes.asKeyValueRange()) {
        if (!text.contains(from))
            return Failure{QStringLiteral("the example has no ") + QString::fromUtf8(from)};
        text.replace(from, to);
    }
    if (m_example == Example::Nginx) {
        QByteArray temporary;
        for (const char *kind : {"client_body", "proxy", "fastcgi", "uwsgi", "scgi"})
            ((temporary += kind) += "_temp_path ") += folder + "/" + kind + ";\n";
        text = "daemon off; master_process off; pid " + folder + "/pid;\nevents {}\nhttp {\n"
            + temporary + text + "}\n";
    }
    QFile file(this->file("configuration"));
    if (!file.open(QFile::WriteOnly) || file.write(text) != text.size())
        return Failure{file.errorString()};
    return done();
}

Done Proxy::start()
{
    if (const Done configured = configure(); !configured)
        return configured;
    if (m_example == Example::Nginx)
        m_process.start(QStringLiteral("/usr/sbin/nginx"),
            {QStringLiteral("-p"), m_folder.path(), QStringLiteral("-c"), file("configuration"),
                QStringLiteral("-e"), file("start.log")});
    else
        m_process.start(QStringLiteral("/usr/sbin/haproxy"),
            {QStringLiteral("-db"), QStringLiteral("-f"), file("configuration")});
    for (const QDeadlineTimer deadline(30s); !deadline.hasExpired();) {
        QTcpSocket probe;
        probe.connectToHost(QStringLiteral("127.0.0.1"), m_tlsPort);
        if (probe.waitForConnected(100))
            return done();
        if (m_process.waitForFinished(5) || m_process.state() == QProcess::NotRunning)
            break;
    }
    return Failure{QStringLiteral("the proxy does not start: ") + QString::fromUtf8(end())
        + m_process.errorString()};
}

QByteArray Proxy::health() const
{
    QLocalSocket socket;
    socket.connectToServer(file("haproxy.sock"));
    if (!socket.waitForConnected())
        return socket.errorString().toUtf8();
    socket.write("show stat\n");
    QByteArray table;
    while (socket.waitForReadyRead())
        table += socket.readAll();
    const QByteArrayList lines = table.split('\n');
    const qsizetype column = lines.front().split(',').indexOf("check_status");
    for (const QByteArray &line : lines) {
        const QByteArray status = line.split(',').value(column);
        if (!status.isEmpty() && line.startsWith("parley,") && !line.contains(",BACKEND,"))
            return status;
    }
    return {};
}

QByteArray Proxy::end()
{
    m_process.terminate();
    if (!m_process.waitForFinished())
        m_process.kill();
    m_process.waitForFinished();
    QByteArray log = m_process.readAll();
    for (const char *name : {"start.log", "chat.log", "chat-error.log"}) {
        QFile written(file(name));
        if (written.open(QFile::ReadOnly))
            log += written.readAll();
    }
    return log;
}

} // namespace parley::test
