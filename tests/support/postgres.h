// SPDX-License-Identifier: MIT
// A real PostgreSQL server of a test's own.
#pragma once

#include "core/result.h"

#include <QProcess>
#include <QTemporaryDir>

namespace parley::test {

// Lives in a temporary folder, listens on a free port of 127.0.0.1 (and on a socket in its folder),
// trusts everybody, and ends with this object, or with the thread that called start(), however
// that ends. When the test runs as root, the server runs as the user postgres.
class Postgres {
public:
    enum class Disk {
        Fast, // no fsync: survives the death of its processes, not the machine's
        Durable, // fsync, as in production
    };
    // The signal that the server gets.
    enum class Stop {
        Clean = 2, // SIGINT: ends the connections, writes a checkpoint
        Immediate = 3, // SIGQUIT: ends without one, recovers when started again
        Kill = 9, // SIGKILL, to each of its processes: a crash
    };

    explicit Postgres(Disk = Disk::Fast);
    ~Postgres();
    Q_DISABLE_COPY_MOVE(Postgres)

    // Returns when connections are accepted. Again after stop(): same data, same port.
    Done start();
    // Returns when the process is gone.
    void stop(Stop = Stop::Clean);
    bool isRunning() const;

    // Makes an empty database; its URL is "postgresql://parley@127.0.0.1:PORT/NAME".
    Result<QString> createDatabase();
    // Does one statement as superuser; what its first row's first column says.
    Result<QByteArray> query(const QString &url, const QByteArray &sql);

    quint16 port() const { return m_port; }
    qint64 pid() const { return m_server.processId(); }
    // What it logged; for the message of a test that failed.
    QByteArray log() const;

private:
    Done initialize();
    bool launch();
    QString url(const QString &database) const;

    const Disk m_disk;
    QTemporaryDir m_folder;
    QProcess m_server;
    quint16 m_port = 0;
    int m_databases = 0;
};

// An empty database of this server's, which outlives it. What fails here ends the test.
class PostgresDatabase {
public:
    explicit PostgresDatabase(Postgres &);

    const QString &url() const { return m_url; }
    // The same database by another port, where somebody stands between.
    QString urlThrough(quint16 port) const;
    QByteArray query(const QByteArray &sql);

private:
    Postgres &m_server;
    const QString m_url;
};

} // namespace parley::test
