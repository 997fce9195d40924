// SPDX-License-Identifier: MIT
#include "support/certificates.h"

#include <QFile>
#include <QHostAddress>
#include <QProcess>

namespace parley::test {

Certificates::Certificates(const QString &folder)
    : m_folder(folder)
{
    if (QFile::exists(ca()))
        return;
    openssl({QStringLiteral("req"), QStringLiteral("-x509"), QStringLiteral("-newkey"),
        QStringLiteral("ec"), QStringLiteral("-pkeyopt"), QStringLiteral("ec_paramgen_curve:P-256"),
        QStringLiteral("-nodes"), QStringLiteral("-days"), QStringLiteral("30"),
        QStringLiteral("-subj"), QStringLiteral("/CN=tests"), QStringLiteral("-keyout"),
        file(QStringLiteral("ca.key")), QStringLiteral("-out"), ca()});
}

void Certificates::add(const QString &host, int days)
{
    const bool isAddress = !QHostAddress(host).isNull();
    const QString name = (isAddress ? QStringLiteral("IP:") : QStringLiteral("DNS:")) + host;
    openssl({QStringLiteral("req"), QStringLiteral("-x509"), QStringLiteral("-newkey"),
        QStringLiteral("ec"), QStringLiteral("-pkeyopt"), QStringLiteral("ec_paramgen_curve:P-256"),
        QStringLiteral("-nodes"), QStringLiteral("-days"), QString::number(days),
        QStringLiteral("-subj"), QStringLiteral("/CN=") + host, QStringLiteral("-addext"),
        QStringLiteral("subjectAltName=") + name, QStringLiteral("-addext"),
        QStringLiteral("basicConstraints=critical,CA:FALSE"), QStringLiteral("-CA"), ca(),
        QStringLiteral("-CAkey"), file(QStringLiteral("ca.key")), QStringLiteral("-keyout"),
        key(host), QStringLiteral("-out"), certificate(host)});
}

QString Certificates::file(const QString &name) const
{
    return m_folder + u'/' + name;
}

void Certificates::openssl(const QStringList &arguments) const
{
    QProcess program;
    program.start(QStringLiteral("openssl"), arguments);
    const bool isDone = program.waitForFinished() && program.exitStatus() == QProcess::NormalExit
        && program.exitCode() == 0;
    if (!isDone)
        qFatal("openssl: %s", program.readAllStandardError().constData());
}

} // namespace parley::test
