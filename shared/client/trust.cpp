// SPDX-License-Identifier: MIT
#include "client/trust.h"

#include <QFile>
#include <QSslCertificate>
#include <QSslConfiguration>

namespace parley::client {

Done trust(const QString &file)
{
    QFile source(file);
    if (!source.open(QIODevice::ReadOnly))
        return Failure{QStringLiteral("%1: %2").arg(file, source.errorString())};
    const QList<QSslCertificate> certificates = QSslCertificate::fromDevice(&source);
    if (certificates.isEmpty())
        return Failure{QStringLiteral("%1: there is no certificate in PEM in it").arg(file)};
    QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
    configuration.addCaCertificates(certificates);
    QSslConfiguration::setDefaultConfiguration(configuration);
    return done();
}

} // namespace parley::client
