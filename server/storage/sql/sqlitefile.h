// SPDX-License-Identifier: MIT
// The file of an SQLite database: the thing, whatever it is called. Names can lead to the same
// file, and the same name to another one.
#pragma once

#include "core/result.h"
#include "storage/sql/open.h"

#include <vector>

#include <sys/types.h>

namespace parley::storage::sql {

class SqliteFile {
public:
    SqliteFile(const QString &path, Use use)
        : m_path(path)
        , m_use(use)
    {
    }
    // Lets go of the file. The connection must be closed.
    ~SqliteFile();
    Q_DISABLE_COPY_MOVE(SqliteFile)

    // Before each opening of the database. The first time it makes the file if there is none, and
    // for a server keeps all others from it. Later it wants that same file: messages that were
    // SENT are in it, and in no other one.
    Done prepare();
    // Watches the files that SQLite keeps next to it, too, now that the database is open.
    void watch(const QList<QByteArray> &besides);
    // Whether all of it is still what these names lead to.
    Done isThere() const;

private:
    struct Identity {
        dev_t device = 0;
        ino_t number = 0;
        bool operator==(const Identity &) const = default;
    };
    struct Watched {
        QByteArray path;
        Identity identity;
    };
    Done make() const;
    Done take();
    Failure failure(const QString &why, bool transient) const;

    const QString m_path;
    const Use m_use;
    int m_held = -1; // of a server, to hold the lock
    std::vector<Watched> m_watched; // first the file itself; empty before it was opened
};

} // namespace parley::storage::sql
