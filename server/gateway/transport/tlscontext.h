// SPDX-License-Identifier: MIT
// What all TLS connections share: certificates with their keys, and the keys of tickets.
#pragma once

#include "core/clock.h"
#include "core/result.h"

#include <QByteArray>
#include <QString>

#include <memory>
#include <vector>

typedef struct ssl_st SSL;

namespace parley::transport {

// A file that somebody else has read.
struct PemFile {
    QString name;
    QByteArray text;
};
// The server's own certificate first, then those that vouch for it; and its key.
struct CertificateFiles {
    PemFile certificate;
    PemFile key;
};

// TLS 1.2 and later, with resumption by tickets, which this process alone can read; without
// renegotiation and compression. Never changes; a reload makes another. Any thread.
class TlsContext {
public:
    // The first certificate is for whoever names no host, or one that none is for. `before`: whose
    // tickets are taken, too. A Failure names the file.
    static Result<std::shared_ptr<const TlsContext>> load(
        const std::vector<CertificateFiles> &, const TlsContext *before = nullptr);
    ~TlsContext();
    Q_DISABLE_COPY_MOVE(TlsContext)

    // Of a connection whose server this is; the caller's. Null: there is no memory.
    SSL *newConnection() const;

    struct Certificate {
        QString file;
        Time end; // it is not valid after that
    };
    const std::vector<Certificate> &certificates() const { return m_certificates; }

private:
    struct Private;
    TlsContext();

    const std::unique_ptr<Private> d;
    std::vector<Certificate> m_certificates;
};

} // namespace parley::transport
