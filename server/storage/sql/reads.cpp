// SPDX-License-Identifier: MIT
#include "storage/sql/work.h"

namespace parley::storage::sql {

namespace {

UserId userAt(const Table &table, size_t row, size_t column)
{
    return UserId(table.integer(row, column));
}

Seq seqAt(const Table &table, size_t row, size_t column)
{
    return Seq(table.integer(row, column));
}

// Sorts the reads by their statement; each parameter row begins with the operation's index, and so
// does each result row.
class Reader {
public:
    explicit Reader(Work &work)
        : m_work(work)
    {
    }

    void add(size_t index)
    {
        std::visit(
            [&](const auto &action) { ask(index, action); }, m_work.operations[index].action);
    }

    Done read()
    {
        using Take = void (Reader::*)(const Table &);
        const std::tuple<Statement, const Table *, Take> statements[] = {
            {Statement::Fetch, &m_fetches, &Reader::takeMessages},
            {Statement::FindSent, &m_tracks, &Reader::takeTracked},
            {Statement::ReadMailboxes, &m_mailboxes, &Reader::takeMailboxes},
            {Statement::CheckSessions, &m_sessions, &Reader::takeSessions},
            {Statement::ReadPresence, &m_presence, &Reader::takePresence},
        };
        for (const auto &[statement, in, take] : statements) {
            if (in->rows() == 0)
                continue;
            const auto found = m_work.database.exec(statement, *in);
            if (!found)
                return found.failure();
            (this->*take)(*found);
        }
        for (const size_t index : m_others) {
            if (const Done did = readOther(index); !did)
                return did;
        }
        return done();
    }

private:
    void ask(size_t index, const Fetch &action)
    {
        m_work.outcomes[index] = Fetched();
        m_fetches.add(qint64(index), action.user.value(), action.after.value(),
            qint64(action.limit) + 1, action.maxBytes);
    }
    void ask(size_t index, const Track &action)
    {
        m_work.outcomes[index] = Tracked();
        m_tracks.add(qint64(index), action.sender.value(), action.clientId);
    }
    void ask(size_t index, const ReadMailbox &action)
    {
        m_work.outcomes[index] = Mailbox();
        m_mailboxes.add(qint64(index), action.user.value());
    }
    void ask(size_t index, const CheckSession &action)
    {
        m_work.outcomes[index] = CheckedSession();
        m_sessions.add(qint64(index), action.user.value(), nullable(action.sessionHash.toHex()),
            toMs(m_work.now));
    }
    void ask(size_t index, const ReadPresence &action)
    {
        FoundPresence unknown;
        for (const UserId user : action.users) {
            // Not the operation's index: one operation asks for many.
            m_presence.add(qint64(m_presenceAsked.size()), user.value());
            m_presenceAsked.emplace_back(index, unknown.rows.size());
            unknown.rows.push_back({user, false, {}});
        }
        m_work.outcomes[index] = std::move(unknown);
    }
    // Those that are rare are not done together.
    template <class Other> void ask(size_t index, const Other &) { m_others.push_back(index); }

    template <class Type> Type &outcome(const Table &found, size_t row)
    {
        return std::get<Type>(m_work.outcomes[size_t(found.integer(row, 0))]);
    }

    void takeMessages(const Table &found)
    {
        const Fetch *fetch = nullptr;
        qint64 bytes = 0;
        for (size_t row = 0; row < found.rows(); ++row) {
            const auto &action = m_work.action<Fetch>(size_t(found.integer(row, 0)));
            if (fetch != &action)
                bytes = 0;
            fetch = &action;
            auto &fetched = outcome<Fetched>(found, row);
            fetched.lastSeq = seqAt(found, row, 1);
            if (found.isNull(row, 2))
                continue;
            const QByteArray body = found.text(row, 5);
            bytes += body.size();
            const bool fits = fetched.messages.empty() || bytes <= action.maxBytes;
            if (!fits || qint64(fetched.messages.size()) >= action.limit)
                fetched.more = true;
            else
                fetched.messages.push_back(
                    {action.user, seqAt(found, row, 2), userAt(found, row, 3), found.text(row, 4),
                        body, fromMs(found.integer(row, 6)), found.integer(row, 7) != 0});
        }
    }
    void takeTracked(const Table &found)
    {
        for (size_t row = 0; row < found.rows(); ++row) {
            auto &tracked = outcome<Tracked>(found, row);
            tracked = {true, userAt(found, row, 1), seqAt(found, row, 2),
                fromMs(found.integer(row, 3)), {}};
            if (!found.isNull(row, 4))
                tracked.confirmedAt = fromMs(found.integer(row, 4));
        }
    }
    void takeMailboxes(const Table &found)
    {
        for (size_t row = 0; row < found.rows(); ++row)
            outcome<Mailbox>(found, row) = {
                found.integer(row, 1), seqAt(found, row, 2), seqAt(found, row, 3)};
    }
    void takeSessions(const Table &found)
    {
        for (size_t row = 0; row < found.rows(); ++row)
            outcome<CheckedSession>(found, row).valid = true;
    }
    void takePresence(const Table &found)
    {
        for (size_t row = 0; row < found.rows(); ++row) {
            const auto [index, place] = m_presenceAsked[size_t(found.integer(row, 0))];
            PresenceRow &presence = std::get<FoundPresence>(m_work.outcomes[index]).rows[place];
            presence.online = found.integer(row, 1) != 0;
            if (!found.isNull(row, 2))
                presence.lastSeen = fromMs(found.integer(row, 2));
        }
    }

    Done readOther(size_t index)
    {
        if (std::holds_alternative<FindUsers>(m_work.operations[index].action))
            return findUsers(index, m_work.action<FindUsers>(index));
        return readAccountChanges(index, m_work.action<ReadAccountChanges>(index));
    }
    Done findUsers(size_t index, const FindUsers &action)
    {
        Table names(1);
        names.add(action.name);
        const auto found = action.name.isNull() ? m_work.database.exec(Statement::FindAllUsers)
                                                : m_work.database.exec(Statement::FindUsers, names);
        if (!found)
            return found.failure();
        FoundUsers users;
        for (size_t row = 0; row < found->rows(); ++row)
            users.users.push_back({userAt(*found, row, 0), found->text(row, 1), found->text(row, 2),
                found->integer(row, 3) != 0});
        m_work.outcomes[index] = std::move(users);
        return done();
    }
    Done readAccountChanges(size_t index, const ReadAccountChanges &action)
    {
        // First the newest number: a change that comes between is then told next time.
        const auto newest = m_work.database.exec(Statement::NewestAccountChange);
        if (!newest)
            return newest.failure();
        AccountChanges changes{newest->integer(0, 0), {}};
        if (action.after >= 0 && action.after < changes.last) {
            Table range(2);
            range.add(action.after, changes.last);
            const auto found = m_work.database.exec(Statement::ReadAccountChanges, range);
            if (!found)
                return found.failure();
            for (size_t row = 0; row < found->rows(); ++row)
                changes.changes.push_back(
                    {userAt(*found, row, 0), AccountChange::Scope(found->integer(row, 1)),
                        QByteArray::fromHex(found->text(row, 2))});
        }
        m_work.outcomes[index] = std::move(changes);
        return done();
    }

    Work &m_work;
    Table m_fetches{5};
    Table m_tracks{3};
    Table m_mailboxes{2};
    Table m_sessions{4};
    Table m_presence{2};
    std::vector<std::pair<size_t, size_t>> m_presenceAsked; // operation, row of its outcome
    std::vector<size_t> m_others;
};

} // namespace

Done readAll(Work &work, const std::vector<size_t> &indexes)
{
    Reader reader(work);
    for (const size_t index : indexes)
        reader.add(index);
    return reader.read();
}

} // namespace parley::storage::sql
