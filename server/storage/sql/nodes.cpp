// SPDX-License-Identifier: MIT
// Which servers share the store, and which connections each of them has: who is online follows from
// that. A server writes only what is its own, but for one that has forgotten to say that it is
// alive.
#include "storage/sql/work.h"

#include <set>

namespace parley::storage::sql {

namespace {

// Who has a connection at this node.
Result<std::vector<UserId>> linkedUsers(Work &work, const QByteArray &node)
{
    Parameters in(1);
    in.add(node);
    const auto found = work.database.query(Statement::FindLinked, in);
    if (!found)
        return found.failure();
    std::vector<UserId> users;
    for (size_t row = 0; row < found->rows(); ++row)
        users.emplace_back(found->integer(row, 0));
    return users;
}

// All connections of this node end; who of their users is offline by that.
Result<std::vector<UserId>> removeLinks(
    Work &work, const QByteArray &node, std::optional<qint64> lastSeen)
{
    const auto users = linkedUsers(work, node);
    if (!users)
        return users;
    Parameters locks(1, users->size());
    Parameters none(3, users->size());
    Parameters presence(4, users->size());
    for (const UserId user : *users) {
        locks.add(user.value());
        none.add(user.value(), node, ValueView());
        presence.add(user.value(), false, lastSeen, ValueView());
    }
    const auto nothing = [](const Row &) { return true; };
    if (const Done locked = work.database.exec(Statement::LockPresence, locks, nothing); !locked)
        return locked.failure();
    if (const Done removed = work.run(Statement::RemoveLinks, none); !removed)
        return removed.failure();
    return updatePresence(work, presence);
}

Done forgetNode(Work &work, const QByteArray &node)
{
    Parameters in(1);
    in.add(node);
    return work.run(Statement::ForgetNode, in);
}

Done joinNode(Work &work, const QByteArray &name, const QByteArray &version)
{
    Parameters in(3);
    in.add(work.node, name, version);
    return work.run(Statement::JoinNode, in);
}

// One at a time, and never one that another node is just forgetting.
Result<std::vector<UserId>> forgetDead(Work &work)
{
    Parameters silence(1);
    silence.add(qint64(NodeTimeout.count()));
    const auto dead = work.database.query(Statement::FindDeadNode, silence);
    if (!dead)
        return dead.failure();
    if (dead->rows() == 0)
        return std::vector<UserId>();
    const QByteArray node = dead->text(0, 0);
    auto gone = removeLinks(work, node, dead->integer(0, 1));
    if (!gone)
        return gone;
    if (const Done forgotten = forgetNode(work, node); !forgotten)
        return forgotten.failure();
    return gone;
}

} // namespace

Done lockAll(Work &work)
{
    if (work.node.isNull())
        return done();
    std::set<UserId> mailboxes;
    std::set<UserId> present;
    for (const Operation &operation : work.operations) {
        if (const auto *message = std::get_if<StoreMessage>(&operation.action))
            mailboxes.insert(message->receiver);
        else if (const auto *confirm = std::get_if<Confirm>(&operation.action))
            mailboxes.insert(confirm->user);
        else if (const auto *write = std::get_if<WritePresence>(&operation.action)) {
            for (const PresenceChange &change : write->changes)
                present.insert(change.user);
        }
    }
    const std::vector<UserId> ascending(mailboxes.begin(), mailboxes.end());
    if (const Done locked = work.known.mailboxes.lock(work.database, ascending); !locked)
        return locked;
    Parameters users(1, present.size());
    for (const UserId user : present)
        users.add(user.value());
    if (const Done inserted = work.run(Statement::InsertPresence, users); !inserted)
        return inserted;
    const auto nothing = [](const Row &) { return true; };
    return work.database.exec(Statement::LockPresence, users, nothing);
}

Result<std::vector<UserId>> updatePresence(Work &work, const Parameters &in)
{
    std::vector<UserId> changed;
    const Done updated =
        work.database.exec(Statement::UpdatePresence, in, [&changed](const Row &row) {
            if (row.integer(1) != 0)
                changed.emplace_back(row.integer(0));
            return true;
        });
    return updated ? Result<std::vector<UserId>>(std::move(changed)) : updated.failure();
}

Result<WrittenPresence> perform(Work &work, const ResetPresence &action)
{
    if (work.node.isNull()) {
        const auto reset = work.database.query(Statement::ResetPresence);
        return reset ? Result<WrittenPresence>(WrittenPresence()) : reset.failure();
    }
    if (const Done joined = joinNode(work, action.nodeName, action.version); !joined)
        return joined.failure();
    auto gone = removeLinks(work, work.node, {});
    if (!gone)
        return gone.failure();
    return WrittenPresence{std::move(*gone), {}};
}

Result<Beaten> perform(Work &work, const Beat &action)
{
    if (work.node.isNull())
        return Beaten();
    Parameters in(1);
    in.add(work.node);
    const auto beat = work.database.query(Statement::BeatNode, in);
    if (!beat)
        return beat.failure();
    Beaten beaten;
    beaten.wasForgotten = beat->rows() == 0;
    if (beaten.wasForgotten) {
        const Done joined = joinNode(work, action.nodeName, action.version);
        return joined ? Result<Beaten>(std::move(beaten)) : joined.failure();
    }
    if (!action.mayForgetOthers)
        return beaten;
    auto gone = forgetDead(work);
    if (!gone)
        return gone.failure();
    beaten.changed = std::move(*gone);
    return beaten;
}

Result<WrittenPresence> perform(Work &work, const LeaveNode &)
{
    if (work.node.isNull())
        return WrittenPresence();
    auto gone = removeLinks(work, work.node, toMs(work.now));
    if (!gone)
        return gone.failure();
    if (const Done forgotten = forgetNode(work, work.node); !forgotten)
        return forgotten.failure();
    return WrittenPresence{std::move(*gone), {}};
}

} // namespace parley::storage::sql
