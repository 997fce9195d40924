// SPDX-License-Identifier: MIT
// Operations that have a step of their own: they are rare, and may do what they like.
#include "storage/sql/work.h"

namespace parley::storage::sql {

namespace {

// Its number. What is done first in it keeps the others from doing it until the commit.
Result<qint64> logChange(Work &work, const AccountChange &change)
{
    const auto number = work.database.number(Statement::NextAccountChange);
    if (!number)
        return number;
    Parameters in(5);
    const QByteArray hash = change.sessionHash.toHex();
    in.add(*number, change.user.value(), qint64(change.scope), nullable(hash), toMs(work.now));
    if (const Done logged = work.run(Statement::InsertAccountChange, in); !logged)
        return logged.failure();
    work.known.newestAccountChange = *number;
    return number;
}

Done endLoginSessions(Work &work, UserId user)
{
    Parameters in(1);
    in.add(user.value());
    return work.run(Statement::EndSessionsOf, in);
}

Result<AddedUser> perform(Work &work, const AddUser &action)
{
    qint64 id = action.user.id.value();
    if (id == 0) {
        const auto newest = work.database.number(Statement::NewestUser);
        if (!newest)
            return newest.failure();
        id = *newest + 1;
    }
    if (id > MaxInteger)
        return AddedUser{{}, true};
    Parameters in(4);
    in.add(id, action.user.name, action.user.passwordHash, action.user.enabled);
    const auto inserted = work.database.query(Statement::InsertUsers, in);
    if (!inserted)
        return inserted.failure();
    if (inserted->rows() == 0)
        return AddedUser{{}, true};
    Parameters mailbox(1);
    mailbox.add(id);
    if (const Done added = work.run(Statement::InsertMailboxes, mailbox); !added)
        return added.failure();
    return AddedUser{UserId(id), false};
}

Result<ChangedUser> perform(Work &work, const ChangeUser &action)
{
    Parameters in(3);
    in.add(action.name, action.passwordHash, action.enabled);
    const auto updated = work.database.query(Statement::UpdateUser, in);
    if (!updated)
        return updated.failure();
    if (updated->rows() == 0)
        return ChangedUser{false};
    const UserId user(updated->integer(0, 0));
    work.known.mailboxes.forget(user);
    const bool endsAll = action.kick || (action.enabled && !*action.enabled);
    if (action.passwordHash || endsAll) {
        if (const Done ended = endLoginSessions(work, user); !ended)
            return ended.failure();
    }
    using Scope = AccountChange::Scope;
    for (const auto &[applies, scope] :
        {std::pair(action.passwordHash.has_value(), Scope::LoginSessions),
            std::pair(endsAll, Scope::All)}) {
        if (!applies)
            continue;
        if (const auto logged = logChange(work, {user, scope, {}}); !logged)
            return logged.failure();
    }
    return ChangedUser{true};
}

Done endExcessSessions(Work &work, const AddSession &added, const QByteArray &hash)
{
    Parameters in(4);
    in.add(added.user.value(), hash, toMs(work.now), qint64(work.limits.sessionsPerUser) - 1);
    const auto ended = work.database.query(Statement::EndExcessSessions, in);
    if (!ended)
        return ended.failure();
    for (size_t row = 0; row < ended->rows(); ++row) {
        const AccountChange change{
            added.user, AccountChange::Scope::Session, QByteArray::fromHex(ended->text(row, 0))};
        if (const auto logged = logChange(work, change); !logged)
            return logged.failure();
    }
    return done();
}

Result<AddedSession> perform(Work &work, const AddSession &action)
{
    Parameters in(5);
    const QByteArray hash = action.sessionHash.toHex();
    in.add(hash, action.user.value(), toMs(action.expiresAt), toMs(work.now), action.passwordHash);
    const auto added = work.database.query(Statement::InsertSession, in);
    if (!added)
        return added.failure();
    if (added->rows() == 0)
        return AddedSession{false};
    if (const Done ended = endExcessSessions(work, action, hash); !ended)
        return ended.failure();
    return AddedSession{true};
}

Result<EndedSession> perform(Work &work, const EndSession &action)
{
    Parameters in(2);
    const QByteArray hash = action.sessionHash.toHex();
    in.add(hash, toMs(work.now));
    const auto ended = work.database.query(Statement::EndSession, in);
    if (!ended)
        return ended.failure();
    if (ended->rows() == 0)
        return EndedSession();
    const UserId user(ended->integer(0, 0));
    const AccountChange change{user, AccountChange::Scope::Session, action.sessionHash};
    const auto logged = logChange(work, change);
    if (!logged)
        return logged.failure();
    return EndedSession{user};
}

// Whether Prune may believe the time, which is then the newest confirmed one.
Result<bool> confirmTime(Work &work, bool isConfirmed)
{
    Parameters in(3);
    in.add(toMs(work.now), qint64(limits::ClockTolerance.count()), isConfirmed);
    const auto confirmed = work.database.query(Statement::ConfirmTime, in);
    return confirmed ? Result<bool>(confirmed->rows() > 0) : confirmed.failure();
}

// What is dated ahead. Of the oldest it would keep what is behind it from being looked at.
Done correctTimes(Work &work, const Prune &action)
{
    const qint64 latest = toMs(work.now + limits::ClockTolerance);
    for (const Statement statement : {Statement::CorrectSent, Statement::CorrectAccountChanges}) {
        Parameters in(3);
        in.add(qint64(action.limit), latest, toMs(work.now));
        if (const Done corrected = work.run(statement, in); !corrected)
            return corrected;
    }
    if (!action.correctsAll)
        return done();
    for (const Statement statement : {Statement::CorrectPresence, Statement::CorrectSessions}) {
        Parameters in(2);
        in.add(latest, toMs(work.now));
        if (const Done corrected = work.run(statement, in); !corrected)
            return corrected;
    }
    return done();
}

Result<qint64> pruneRows(Work &work, Statement statement, int limit, Time before)
{
    Parameters in(2);
    in.add(qint64(limit), toMs(before));
    const auto removed = work.database.query(statement, in);
    return removed ? Result<qint64>(qint64(removed->rows())) : removed.failure();
}

// Of clientIds that are in the index; the recent ones are put there when those are not enough, and
// not with each slice, for moving them costs more than pruning.
Result<qint64> pruneSent(Work &work, int limit, Time before)
{
    const auto rows = pruneRows(work, Statement::PruneSent, limit, before);
    if (!rows || *rows == limit || !work.database.indexesKeysLate)
        return rows;
    if (const Done moved = work.known.keys.moveToIndex(work.database); !moved)
        return moved.failure();
    const auto more = pruneRows(work, Statement::PruneSent, limit - int(*rows), before);
    return more ? Result<qint64>(*rows + *more) : more;
}

Result<Pruned> perform(Work &work, const Prune &action)
{
    const auto confirmed = confirmTime(work, action.timeIsConfirmed);
    if (!confirmed)
        return confirmed.failure();
    if (!*confirmed)
        return Pruned{0, true};
    if (const Done corrected = correctTimes(work, action); !corrected)
        return corrected.failure();
    const Time certain = work.now - limits::ClockTolerance;
    Pruned pruned;
    for (const auto &rows :
        {pruneSent(work, action.limit, certain - work.limits.idempotency),
            pruneRows(work, Statement::PruneSessions, action.limit, certain),
            pruneRows(work, Statement::PruneAccountChanges, action.limit, certain - ChangesKept)}) {
        if (!rows)
            return rows.failure();
        pruned.rows += *rows;
    }
    return pruned;
}

// It reads: but what was written before it in the batch counts, and what comes behind it does not.
Result<Surveyed> perform(Work &work, const Survey &action)
{
    Parameters in(2);
    in.add(action.after.value(), qint64(action.limit));
    const auto found = work.database.query(Statement::Survey, in);
    if (!found)
        return found.failure();
    Surveyed surveyed{found->integer(0, 1), found->integer(0, 2), {}, UserId(found->integer(0, 3)),
        found->integer(0, 0) >= action.limit, work.database.log()};
    if (!found->isNull(0, 4))
        surveyed.oldest = fromMs(found->integer(0, 4));
    return surveyed;
}

// The others are never planned as single ones.
template <class Other> Result<Refused> perform(Work &, const Other &)
{
    Q_UNREACHABLE();
}

} // namespace

Done doSingle(Work &work, size_t index)
{
    const auto run = [&](const auto &action) -> Done {
        auto outcome = perform(work, action);
        if (!outcome)
            return outcome.failure();
        work.outcomes[index] = std::move(*outcome);
        return done();
    };
    return std::visit(run, work.operations[index].action);
}

} // namespace parley::storage::sql
