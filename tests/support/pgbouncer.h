// SPDX-License-Identifier: MIT
// A real PgBouncer of a test's own, between a store and a test's PostgreSQL server.
#pragma once

#include "support/postgres.h"

namespace parley::test {

// Listens on a socket in a temporary folder, trusts everybody, ignores the start-up parameter
// `options`, and ends with this object.
class PgBouncer {
public:
    explicit PgBouncer(const Postgres &);
    ~PgBouncer();
    Q_DISABLE_COPY_MOVE(PgBouncer)

    // Returns when connections are accepted.
    Done start();
    // The database's URL through it, from its URL without it.
    QString url(const QString &direct) const;

private:
    const quint16 m_port;
    QTemporaryDir m_folder;
    QProcess m_process;
};

} // namespace parley::test
