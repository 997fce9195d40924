// SPDX-License-Identifier: MIT
#include "storage/sql/store.h"

#include "storage/sql/migrations.h"
#include "storage/sql/planner.h"
#include "storage/sql/work.h"

#include <QStringList>

#include <algorithm>

namespace parley::storage::sql {

namespace {

// Two nodes collide when they write the same clientId or add the same user at once, and then one of
// them wins: each attempt is one more that was won by somebody.
constexpr int Attempts = 10;

Done doGroup(Work &work, const Group &group)
{
    for (const size_t index : group.single) {
        if (const Done did = doSingle(work, index); !did)
            return did;
    }
    if (const Done did = writeMessages(work, group.messages); !did)
        return did;
    if (const Done did = writePresence(work, group.presence); !did)
        return did;
    return readAll(work, group.reads);
}

// A statement that finds rows where something is damaged, and what that means to people.
struct Look {
    Statement statement;
    const char *damage;
    const char *remedy;
};

constexpr Look Looks[] = {
    {Statement::CheckPages, "the database is damaged",
        "stop the server and restore a backup (`parleyd restore FILE --replace`)"},
    {Statement::CheckMailboxes,
        "mailboxes whose counters disagree with their messages, of the users",
        "the messages are there, but new ones may be refused: stop the server and restore a backup"
        " (`parleyd restore FILE --replace`)"},
    {Statement::CheckKeys, "an index of keys that disagrees with the messages sent by the users",
        "what they send again may be stored twice: stop the server and restore a backup"
        " (`parleyd restore FILE --replace`)"},
    {Statement::CheckAccountChanges, "the number of the last account change is wrong",
        "a server may not notice who is disabled: restart it after each change, and restore a"
        " backup (`parleyd restore FILE --replace`)"},
    {Statement::CheckEpoch, "the store has not one epoch, but",
        "clients cannot see that it was restored: stop the server and restore a backup"
        " (`parleyd restore FILE --replace`)"},
};

bool isWell(const Look &look, const Table &found)
{
    if (look.statement == Statement::CheckPages)
        return found.rows() == 1 && found.text(0, 0) == "ok";
    return found.rows() == 0;
}

// The first rows as a list for people.
QString listed(const Table &table)
{
    QStringList list;
    for (size_t row = 0; row < table.rows(); ++row)
        list += table.isNull(row, 0) || table.text(row, 0).isNull()
            ? QString::number(table.integer(row, 0))
            : QString::fromUtf8(table.text(row, 0));
    return list.join(QStringLiteral(", "));
}

} // namespace

SqlStore::SqlStore(std::unique_ptr<Database> database, const Limits &limits, Schema schema)
    : m_database(std::move(database))
    , m_limits(limits)
    , m_schema(schema)
{
}

Done SqlStore::open()
{
    m_ready = false;
    m_known = {};
    if (const Done opened = m_database->open(); !opened)
        return opened;
    Done ready = migrate(*m_database, m_schema);
    if (ready)
        ready = checkEpoch();
    if (!ready) {
        m_database->close();
        return ready;
    }
    m_ready = true;
    m_schema = Schema::Keep;
    return done();
}

// Who is connected knows seqs of the store of before: they must not confirm others by them.
Done SqlStore::checkEpoch()
{
    const auto read = m_database->query(Statement::ReadEpoch);
    if (!read)
        return read.failure();
    const QByteArray epoch = read->rows() > 0 ? read->text(0, 0) : QByteArray();
    if (!m_epoch.isEmpty() && m_epoch != epoch)
        return Failure{QStringLiteral("the store was restored from a backup while this server ran;"
                                      " restart the server, so that its clients learn of it")};
    m_epoch = epoch;
    return done();
}

void SqlStore::close()
{
    m_ready = false;
    m_database->close();
}

Result<std::vector<Outcome>> SqlStore::apply(std::span<const Operation> operations, Time now)
{
    if (!isOpen())
        return Failure{QStringLiteral("the database is not open"), true};
    if (operations.empty())
        return std::vector<Outcome>();
    for (int attempts = 1;; ++attempts) {
        auto outcomes = attempt(operations, now);
        if (outcomes || !m_database->collided() || attempts == Attempts)
            return outcomes;
    }
}

Result<std::vector<Outcome>> SqlStore::attempt(std::span<const Operation> operations, Time now)
{
    const bool reads = std::ranges::all_of(operations, isRead, &Operation::action);
    Transaction transaction(*m_database);
    if (const Done begun = transaction.begin(reads ? Mode::Read : Mode::Write); !begun)
        return begun.failure();
    // Until the commit it is of no use to anybody else: a failure forgets it.
    Known known;
    if (Known last = std::exchange(m_known, {}); !m_database->othersWrote())
        known = std::move(last);
    if (const Done loaded = known.keys.load(*m_database); !loaded)
        return loaded.failure();
    if (!reads && known.keys.isFull()) {
        if (const Done moved = known.keys.moveToIndex(*m_database); !moved)
            return moved.failure();
    }
    Work work{*m_database, known, m_limits, operations, now, m_database->lastCommit().writer,
        std::vector<Outcome>(operations.size())};
    if (const Done locked = reads ? done() : lockAll(work); !locked)
        return locked.failure();
    for (const Group &group : plan(operations)) {
        if (const Done did = doGroup(work, group); !did)
            return did.failure();
    }
    if (const Done committed = transaction.commit(); !committed) {
        if (isInDoubt())
            m_doubtful = std::move(work.outcomes);
        return committed.failure();
    }
    m_known = std::move(known);
    return std::move(work.outcomes);
}

Result<std::vector<Outcome>> SqlStore::resolveDoubt()
{
    const auto wasDone = m_database->resolveDoubt();
    if (!wasDone)
        return wasDone.failure();
    auto outcomes = std::exchange(m_doubtful, {});
    if (*wasDone)
        return outcomes;
    return Failure{
        QStringLiteral("the connection broke during a commit, and nothing was committed"), true};
}

Result<std::vector<NodeFacts>> SqlStore::nodes()
{
    if (m_database->lastCommit().writer.isNull())
        return std::vector<NodeFacts>();
    const auto found = m_database->query(Statement::ReadNodes);
    if (!found)
        return found.failure();
    std::vector<NodeFacts> nodes;
    for (size_t row = 0; row < found->rows(); ++row)
        nodes.push_back({found->text(row, 0), found->text(row, 1), found->text(row, 2),
            fromMs(found->integer(row, 3)), fromMs(found->integer(row, 4)),
            fromMs(found->integer(row, 5)), found->integer(row, 6)});
    return nodes;
}

Done SqlStore::check()
{
    if (!isOpen())
        return Failure{QStringLiteral("the database is not open"), true};
    Transaction transaction(*m_database);
    if (const Done begun = transaction.begin(Mode::Check); !begun)
        return begun;
    QStringList damages;
    for (const Look &look : Looks) {
        if (look.statement == Statement::CheckKeys && !m_database->indexesKeysLate)
            continue;
        const auto found = m_database->query(look.statement);
        if (!found)
            return found.failure();
        if (isWell(look, *found))
            continue;
        damages += QStringLiteral("%1: %2; %3")
                       .arg(QString::fromLatin1(look.damage), listed(*found),
                           QString::fromLatin1(look.remedy));
        if (look.statement == Statement::CheckPages)
            break; // nothing can be told from what is in damaged pages
    }
    if (!damages.isEmpty())
        return Failure{damages.join(u'\n')};
    return transaction.commit();
}

} // namespace parley::storage::sql
