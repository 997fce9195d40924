// SPDX-License-Identifier: MIT
// The narrow part in which SQLite and PostgreSQL differ: how a statement is done for many rows, and
// what a transaction is made of. It decides nothing.
#pragma once

#include "core/result.h"
#include "storage/sql/statements.h"
#include "storage/sql/table.h"
#include "storage/upkeep.h"

namespace parley::storage::sql {

// What a transaction is for.
enum class Mode {
    Read, // writes nothing: works while another writes, and on a full disk
    Write,
    Migrate, // alone of its kind among all processes
    Check, // reads all there is, however long it takes
};

// One connection. All calls on the thread that called open().
class Database {
public:
    Database(const QString &dialect, bool indexesKeysLate)
        : dialect(dialect)
        , indexesKeysLate(indexesKeysLate)
    {
    }
    virtual ~Database() = default;
    Q_DISABLE_COPY_MOVE(Database)

    // Connects, again if it was connected; looks at no schema.
    virtual Done open() = 0;
    virtual void close() = 0;

    virtual Done begin(Mode) = 0;
    // A Failure leaves the transaction to rollback(), unless isInDoubt().
    virtual Done commit() = 0;
    virtual void rollback() = 0;

    // While isInDoubt(): tries once to find out whether the commit came through, on a new
    // connection, which stays open when it is known.
    virtual Result<bool> resolveDoubt() { return false; }

    // Does the statement for every row of parameters, and gives all result rows to the sink, in no
    // particular order between parameter rows. Without a sink there must be none.
    virtual Done exec(Statement, const Parameters &in, const Sink & = {}) = 0;
    // Likewise; keeps the result rows.
    Result<Table> query(Statement statement, const Parameters &in = Parameters(0))
    {
        Table rows;
        const Done did = exec(statement, in, [&](const Row &row) {
            rows.add(row);
            return true;
        });
        return did ? Result<Table>(std::move(rows)) : did.failure();
    }
    // Of a statement that tells one number.
    Result<qint64> number(Statement, const Parameters &in = Parameters(0));
    // Of a database that has one.
    virtual std::optional<LogFigures> log() const { return {}; }
    // Does a text of several statements without parameters or results.
    virtual Done script(const QByteArray &text) = 0;

    bool isOpen() const { return m_open; }
    // The last failure was a collision with another process; the same transaction may be begun
    // again at once.
    bool collided() const { return m_collided; }

    // See Store.
    virtual CommitMark lastCommit() const { return {}; }

    // Somebody else may have written between the transaction before this one, which reads or
    // writes, and this one.
    bool othersWrote() const { return m_othersWrote; }

    // The connection broke at the last commit(), and what became of that is unknown.
    bool isInDoubt() const { return m_inDoubt; }

    const QString dialect; // the folder of its statements
    const bool indexesKeysLate; // and that is the business of RecentKeys

protected:
    bool m_open = false;
    bool m_collided = false;
    bool m_inDoubt = false;
    bool m_othersWrote = true;
};

// Rolls back unless it was committed.
class Transaction {
public:
    explicit Transaction(Database &database)
        : m_database(database)
    {
    }
    ~Transaction()
    {
        if (m_begun)
            m_database.rollback();
    }
    Q_DISABLE_COPY_MOVE(Transaction)

    Done begin(Mode mode)
    {
        Done begun = m_database.begin(mode);
        m_begun = bool(begun);
        return begun;
    }
    Done commit()
    {
        Done committed = m_database.commit();
        m_begun = !committed;
        return committed;
    }

private:
    Database &m_database;
    bool m_begun = false;
};

} // namespace parley::storage::sql
