// SPDX-License-Identifier: MIT
// A real HAProxy or nginx of a test's own, set up as docs/operations.md says, between clients and a
// server.
#pragma once

#include "core/result.h"

#include <QMap>
#include <QProcess>
#include <QTemporaryDir>

namespace parley::test {

class Proxy {
public:
    // By the examples in docs/operations.md.
    enum class Example { HaproxyConnections, HaproxyRequests, Nginx };
    // `changes`: what stands in the example, and what takes its place. `certificate`: with its key,
    // in PEM. It ends with this object.
    Proxy(Example, quint16 server, const QString &certificate,
        const QMap<QByteArray, QByteArray> &changes = {});
    ~Proxy();
    Q_DISABLE_COPY_MOVE(Proxy)

    // Returns when connections are accepted.
    Done start();
    quint16 port() const { return m_port; } // plain text, to the same end
    quint16 tlsPort() const { return m_tlsPort; }
    // What HAProxy says of its checks of the server's health: "L7OK".
    QByteArray health() const;
    // All that it has logged; when it has ended.
    QByteArray end();

private:
    Done configure();
    QByteArray example() const;
    QString file(const char *name) const { return m_folder.filePath(QLatin1StringView(name)); }

    const Example m_example;
    const quint16 m_server;
    const QString m_certificate;
    const QMap<QByteArray, QByteArray> m_changes;
    const quint16 m_port;
    const quint16 m_tlsPort;
    QTemporaryDir m_folder;
    QProcess m_process;
};

} // namespace parley::test
