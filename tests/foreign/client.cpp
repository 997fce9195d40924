// SPDX-License-Identifier: MIT
#include "foreign/client.h"

#include <QJsonDocument>
#include <QTest>

#include <csignal>
#include <sys/prctl.h>

namespace parley::test {
namespace {

constexpr int Patience = 30'000; // ms; only a failure takes that long

void fail(const QByteArray &why)
{
    QTest::qFail(why.constData(), __FILE__, __LINE__);
}

QByteArray compact(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

} // namespace

ForeignClient::ForeignClient(const QString &name, quint16 port)
{
    const bool isNode = name == QLatin1String("ws");
    const QString script = QStringLiteral(PARLEY_FOREIGN "/with_%1.%2")
                               .arg(name, isNode ? QStringLiteral("js") : QStringLiteral("py"));
    QStringList arguments{script, QStringLiteral("127.0.0.1:%1").arg(port)};
    if (!isNode)
        arguments.prepend(QStringLiteral("-B"));
    auto environment = QProcessEnvironment::systemEnvironment();
    // Where Debian's modules are; a Node that is not Debian's does not look there.
    environment.insert(QStringLiteral("NODE_PATH"), QStringLiteral("/usr/share/nodejs"));
    m_process.setProcessEnvironment(environment);
    m_process.setChildProcessModifier([] { ::prctl(PR_SET_PDEATHSIG, SIGKILL); });
    m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    m_process.start(
        isNode ? QStringLiteral("node") : QStringLiteral("/usr/bin/python3"), arguments);
    if (!m_process.waitForStarted(Patience))
        fail("cannot start: " + m_process.errorString().toUtf8());
}

ForeignClient::~ForeignClient()
{
    m_process.closeWriteChannel();
    if (!m_process.waitForFinished(Patience) || m_process.exitCode() != 0)
        fail("the client failed with " + QByteArray::number(m_process.exitCode()));
}

QJsonObject ForeignClient::Answer::json() const
{
    return QJsonDocument::fromJson(body).object();
}

ForeignClient::Answer ForeignClient::http(
    const char *method, const QByteArray &path, const QByteArray &body, const QByteArray &bearer)
{
    QJsonObject request{{QStringLiteral("do"), QStringLiteral("http")},
        {QStringLiteral("method"), QString::fromLatin1(method)},
        {QStringLiteral("path"), QString::fromLatin1(path)}};
    if (!body.isEmpty())
        request.insert(QStringLiteral("body"), QString::fromUtf8(body));
    if (!bearer.isEmpty())
        request.insert(QStringLiteral("bearer"), QString::fromLatin1(bearer));
    tell(request);
    const QJsonObject answer = next("http");
    return {answer[QStringLiteral("status")].toInt(),
        answer[QStringLiteral("body")].toString().toUtf8()};
}

int ForeignClient::connect(const QByteArray &path)
{
    tell({{QStringLiteral("do"), QStringLiteral("connect")},
        {QStringLiteral("path"), QString::fromLatin1(path)}});
    return next("connect")[QStringLiteral("status")].toInt();
}

void ForeignClient::say(const QByteArray &command)
{
    tell({{QStringLiteral("do"), QStringLiteral("say")},
        {QStringLiteral("text"), QString::fromUtf8(command)}});
}

QJsonObject ForeignClient::expect(const QByteArray &fields)
{
    const QJsonObject expected = QJsonDocument::fromJson(fields).object();
    const QByteArray text = next("frame")[QStringLiteral("text")].toString().toUtf8();
    const QJsonObject got = QJsonDocument::fromJson(text).object();
    for (auto field = expected.begin(); field != expected.end(); ++field) {
        if (got.value(field.key()) == field.value())
            continue;
        fail("expected " + fields + ", got " + text);
        break;
    }
    return got;
}

int ForeignClient::closed()
{
    QJsonObject got = next("");
    while (got[QStringLiteral("did")].toString() == QLatin1String("frame"))
        got = next("");
    return got[QStringLiteral("code")].toInt();
}

int ForeignClient::close()
{
    tell({{QStringLiteral("do"), QStringLiteral("close")}});
    return closed();
}

void ForeignClient::tell(const QJsonObject &what)
{
    m_process.write(compact(what) + '\n');
    m_process.waitForBytesWritten(Patience);
}

// The next line, which tells of this; of anything: "".
QJsonObject ForeignClient::next(const char *did)
{
    while (!m_process.canReadLine()) {
        if (!m_process.waitForReadyRead(Patience)) {
            fail(QByteArray("nothing came: ") + did);
            return {};
        }
    }
    const QByteArray line = m_process.readLine().trimmed();
    const QJsonObject told = QJsonDocument::fromJson(line).object();
    if (*did && told[QStringLiteral("did")].toString() != QLatin1String(did))
        fail(QByteArray("expected ") + did + ", got " + line);
    return told;
}

} // namespace parley::test
