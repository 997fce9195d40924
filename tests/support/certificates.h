// SPDX-License-Identifier: MIT
// Certificates for tests, made anew by the openssl program. When it cannot, the process ends.
#pragma once

#include <QString>
#include <QStringList>

namespace parley::test {

// In a folder: ca.pem, which is made when it is not there, and for each host HOST.pem (its
// certificate) and HOST.key. A host may also be an IP address.
class Certificates {
public:
    explicit Certificates(const QString &folder);

    void add(const QString &host, int days = 30);
    QString ca() const { return file(QStringLiteral("ca.pem")); }
    QString certificate(const QString &host) const { return file(host + QStringLiteral(".pem")); }
    QString key(const QString &host) const { return file(host + QStringLiteral(".key")); }

private:
    QString file(const QString &name) const;
    void openssl(const QStringList &arguments) const;

    const QString m_folder;
};

} // namespace parley::test
