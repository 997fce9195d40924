// SPDX-License-Identifier: MIT
#pragma once

#include "storage/sql/database.h"
#include "storage/sql/place.h"
#include "storage/sql/postgreslink.h"

#include <array>
#include <optional>

namespace parley::storage::sql {

// A database of a PostgreSQL server. Each statement is prepared once and then sent once for all its
// rows, which are arrays in its parameters.
class PostgresDatabase final : public Database {
public:
    // What is unsafe about the database is said once for each store.
    enum class Purpose { Store, Bus };
    explicit PostgresDatabase(const PostgresAddress &, Purpose = Purpose::Store);
    ~PostgresDatabase() override;

    Done open() override;
    // SQL that fails unless nobody has a database open in this way, and lets nobody open one until
    // the transaction ends.
    static QByteArray refuseUsers();
    void close() override;
    Done begin(Mode) override;
    Done commit() override;
    Result<bool> resolveDoubt() override;
    void rollback() override;
    CommitMark lastCommit() const override { return {m_writer, m_lastDone}; }
    // What was told to who listens on this connection; waits for it until `wake` is readable, but
    // not longer than that.
    Result<std::vector<QByteArray>> notifications(milliseconds patience, int wake);
    Done exec(Statement, const Parameters &in, const Sink &) override;
    Done script(const QByteArray &text) override;

private:
    // Which parameters of a prepared statement are arrays of texts.
    using TextArrays = std::vector<bool>;

    Done connectNow();
    Result<const TextArrays *> prepared(Statement);
    Failure failure(const Answer *, const QString &otherwise);

    const PostgresAddress m_address;
    const QString m_connection; // its name in QtSql
    const QByteArray m_writer; // who we are in commit_mark
    qint64 m_number = 0; // of our last writing transaction, there
    qint64 m_lastDone = 0; // the last one of these that was committed, as far as it is known
    bool m_marked = false; // this transaction is
    bool m_saidUnsafe;
    PostgresLink m_link;
    std::array<std::optional<TextArrays>, size_t(Statement::Count)> m_prepared;
};

} // namespace parley::storage::sql
