// SPDX-License-Identifier: MIT
#include "storage/sql/work.h"

namespace parley::storage::sql {

namespace {

UserId userAt(const Row &row, int column)
{
    return UserId(row.integer(column));
}

// What is not known ends all.
AccountChange::Scope scope(qint64 number)
{
    using Scope = AccountChange::Scope;
    for (const Scope scope : {Scope::Session, Scope::LoginSessions}) {
        if (qint64(scope) == number)
            return scope;
    }
    return Scope::All;
}

Seq seqAt(const Row &row, int column)
{
    return Seq(row.integer(column));
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
        using Take = void (Reader::*)(const Row &);
        const std::tuple<Statement, const Parameters *, Take> statements[] = {
            {Statement::FindSent, &m_tracks, &Reader::takeTracked},
            {Statement::ReadMailboxes, &m_mailboxes, &Reader::takeMailbox},
            {Statement::CheckSessions, &m_sessions, &Reader::takeSession},
            {Statement::ReadPresence, &m_presence, &Reader::takePresence},
        };
        for (const auto &[statement, in, take] : statements) {
            const Done did =
                m_work.database.exec(statement, *in, [this, take = take](const Row &row) {
                    (this->*take)(row);
                    return true;
                });
            if (!did)
                return did;
        }
        const Done fetched = m_work.database.exec(
            Statement::Fetch, m_fetches, [this](const Row &row) { return takeMessage(row); });
        if (!fetched)
            return fetched;
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
        m_tracks.add(qint64(index), action.sender.value(), action.clientId,
            m_work.known.keys.find(action.sender, action.clientId));
    }
    void ask(size_t index, const ReadMailbox &action)
    {
        m_work.outcomes[index] = Mailbox();
        m_mailboxes.add(qint64(index), action.user.value());
    }
    void ask(size_t index, const CheckSession &action)
    {
        m_work.outcomes[index] = CheckedSession();
        const QByteArray &hash = m_sessionHashes.emplace_back(action.sessionHash.toHex());
        m_sessions.add(qint64(index), action.user.value(), nullable(hash), toMs(m_work.now));
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

    // Null: the row belongs to nothing that was asked.
    template <class Type> Type *outcome(const Row &row)
    {
        return m_work.outcome<Type>(row.integer(0));
    }

    // Whether another one of this mailbox is wanted.
    bool takeMessage(const Row &row)
    {
        const auto *action = m_work.action<Fetch>(row.integer(0));
        auto *fetched = outcome<Fetched>(row);
        if (!action || !fetched)
            return false;
        fetched->lastSeq = seqAt(row, 1);
        if (row.isNull(2) || fetched->more)
            return false;
        const QByteArrayView body = row.text(5);
        if (m_fetching != action)
            m_fetchedBytes = 0;
        m_fetching = action;
        m_fetchedBytes += body.size();
        const bool fits = fetched->messages.empty() || m_fetchedBytes <= action->maxBytes;
        if (!fits || qint64(fetched->messages.size()) >= action->limit) {
            fetched->more = true;
            return false;
        }
        fetched->messages.push_back(
            {action->user, seqAt(row, 2), userAt(row, 3), row.text(4).toByteArray(),
                body.toByteArray(), fromMs(row.integer(6)), row.integer(7) != 0});
        return true;
    }
    void takeTracked(const Row &row)
    {
        auto *tracked = outcome<Tracked>(row);
        if (!tracked)
            return;
        *tracked = {true, userAt(row, 1), seqAt(row, 2), fromMs(row.integer(3)), {}};
        if (!row.isNull(4))
            tracked->confirmedAt = fromMs(row.integer(4));
    }
    void takeMailbox(const Row &row)
    {
        if (auto *mailbox = outcome<Mailbox>(row))
            *mailbox = {row.integer(1), seqAt(row, 2), seqAt(row, 3), row.integer(4),
                row.text(5).toByteArray()};
    }
    void takeSession(const Row &row)
    {
        if (auto *checked = outcome<CheckedSession>(row))
            *checked = {true, row.integer(1)};
    }
    void takePresence(const Row &row)
    {
        if (size_t(row.integer(0)) >= m_presenceAsked.size())
            return;
        const auto [index, place] = m_presenceAsked[size_t(row.integer(0))];
        PresenceRow &presence = m_work.outcome<FoundPresence>(qint64(index))->rows[place];
        presence.online = row.integer(1) != 0;
        if (!row.isNull(2))
            presence.lastSeen = fromMs(row.integer(2));
    }

    Done readOther(size_t index)
    {
        if (const auto *action = m_work.action<FindUsers>(qint64(index)))
            return findUsers(index, *action);
        return readAccountChanges(index, *m_work.action<ReadAccountChanges>(qint64(index)));
    }
    Done findUsers(size_t index, const FindUsers &action)
    {
        Parameters names(1);
        names.add(action.name);
        const auto found = action.name.isNull()
            ? m_work.database.query(Statement::FindAllUsers)
            : m_work.database.query(Statement::FindUsers, names);
        if (!found)
            return found.failure();
        FoundUsers users;
        for (size_t row = 0; row < found->rows(); ++row)
            users.users.push_back({UserId(found->integer(row, 0)), found->text(row, 1),
                found->text(row, 2), found->integer(row, 3) != 0});
        m_work.outcomes[index] = std::move(users);
        return done();
    }
    Done readAccountChanges(size_t index, const ReadAccountChanges &action)
    {
        // First the newest number: a change that comes between is then told next time. It is asked
        // for again and again, and mostly nobody has written anything.
        auto &newest = m_work.known.newestAccountChange;
        if (!newest) {
            const auto read = m_work.database.number(Statement::NewestAccountChange);
            if (!read)
                return read.failure();
            newest = *read;
        }
        AccountChanges changes{*newest, {}};
        if (action.after >= 0 && action.after < changes.last) {
            Parameters range(2);
            range.add(action.after, changes.last);
            const auto found = m_work.database.query(Statement::ReadAccountChanges, range);
            if (!found)
                return found.failure();
            for (size_t row = 0; row < found->rows(); ++row)
                changes.changes.push_back(
                    {UserId(found->integer(row, 0)), scope(found->integer(row, 1)),
                        QByteArray::fromHex(found->text(row, 2)), found->integer(row, 3)});
        }
        m_work.outcomes[index] = std::move(changes);
        return done();
    }

    Work &m_work;
    Parameters m_fetches{5};
    Parameters m_tracks{4};
    Parameters m_mailboxes{2};
    Parameters m_sessions{4};
    Parameters m_presence{2};
    const Fetch *m_fetching = nullptr; // whose messages come
    qint64 m_fetchedBytes = 0;
    std::vector<QByteArray> m_sessionHashes; // what m_sessions shows
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
